/** The demo's one picture, drawn here so that no one else owns it: a lighthouse at dusk. */
import sharp from 'sharp'

const WIDTH = 1600
const HEIGHT = 1067

/** Returns the drawing: a rock in the sea, a lighthouse on it, and its beam over the water. */
function drawing(): string {
  const stars = [
    [180, 120],
    [420, 70],
    [610, 190],
    [860, 90],
    [1080, 60],
    [1290, 170],
    [1450, 80],
    [300, 260],
    [980, 230],
    [1520, 290],
  ].map(
    ([x, y], index) => `<circle cx="${x}" cy="${y}" r="${index % 3 === 0 ? 2.4 : 1.6}" fill="#f7ead6" opacity=".8"/>`,
  )
  const waves = Array.from({ length: 16 }, (_, index) => {
    const y = 742 + index * 21
    const shift = (index * 137) % 260
    return `<path d="M${shift - 300} ${y} q 130 ${8 + index / 2} 260 0 t 260 0 t 260 0 t 260 0 t 260 0 t 260 0 t 260 0 t 260 0" fill="none" stroke="#f4c99a" stroke-opacity="${(0.26 - index * 0.013).toFixed(3)}" stroke-width="${(1.5 + index * 0.22).toFixed(2)}"/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<defs>
  <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
    <stop offset="0" stop-color="#1b2a49"/><stop offset=".45" stop-color="#5a4a72"/><stop offset=".75" stop-color="#c9776a"/><stop offset="1" stop-color="#f3b27a"/>
  </linearGradient>
  <linearGradient id="sea" x1="0" y1="0" x2="0" y2="1">
    <stop offset="0" stop-color="#8d5f6c"/><stop offset=".3" stop-color="#3d4663"/><stop offset="1" stop-color="#121b30"/>
  </linearGradient>
  <linearGradient id="tower" x1="0" y1="0" x2="1" y2="0">
    <stop offset="0" stop-color="#fbf1e2"/><stop offset=".55" stop-color="#e4d3c4"/><stop offset="1" stop-color="#7f7383"/>
  </linearGradient>
  <linearGradient id="beam" x1="1" y1="0" x2="0" y2="0">
    <stop offset="0" stop-color="#fff3cf" stop-opacity=".85"/><stop offset="1" stop-color="#fff3cf" stop-opacity="0"/>
  </linearGradient>
  <radialGradient id="glow"><stop offset="0" stop-color="#fff6dc"/><stop offset=".25" stop-color="#ffe6a8" stop-opacity=".75"/><stop offset="1" stop-color="#ffe6a8" stop-opacity="0"/></radialGradient>
  <filter id="soft"><feGaussianBlur stdDeviation="7"/></filter>
</defs>
<rect width="${WIDTH}" height="730" fill="url(#sky)"/>
${stars.join('')}
<path d="M0 640 q 180 -46 360 -18 t 330 6 t 300 -14 t 330 18 t 280 -8 V730 H0Z" fill="#4c3c5c" opacity=".55"/>
<rect y="720" width="${WIDTH}" height="${HEIGHT - 720}" fill="url(#sea)"/>
${waves.join('')}
<path d="M1068 318 L-40 150 V470 Z" fill="url(#beam)" filter="url(#soft)"/>
<path d="M760 800 q 40 -90 130 -104 q 60 -50 150 -44 q 60 -34 130 6 q 110 4 150 66 q 70 22 100 82 q -160 46 -330 44 q -220 4 -330 -50Z" fill="#1c1a2b"/>
<path d="M880 716 q 60 -40 150 -36 q 66 -24 120 8 q 60 6 90 34 q -60 -8 -110 4 q -70 -26 -120 2 q -66 -20 -130 -12Z" fill="#3a3047"/>
<path d="M1042 672 L1056 372 H1124 L1138 672Z" fill="url(#tower)"/>
<path d="M1053 470 l75 0 l4 62 l-82 0Z" fill="#a63b3b"/><path d="M1047.500 590 l85 0 l4 62 l-92 0Z" fill="#a63b3b"/>
<rect x="1044" y="358" width="92" height="14" rx="3" fill="#2a2438"/>
<rect x="1064" y="296" width="52" height="62" fill="#ffe9b8"/>
<path d="M1064 296 v62 M1081 296 v62 M1099 296 v62 M1116 296 v62" stroke="#2a2438" stroke-width="3"/>
<path d="M1056 296 q 34 -52 68 0Z" fill="#2a2438"/><rect x="1087" y="252" width="6" height="18" fill="#2a2438"/>
<circle cx="1090" cy="324" r="150" fill="url(#glow)"/>
<path d="M1150 672 v-44 l34 -22 l34 22 v44Z" fill="#d9c6b6"/><path d="M1142 632 l42 -30 l42 30 l-8 4 l-34 -22 l-34 22Z" fill="#5d2f37"/><rect x="1176" y="640" width="16" height="20" fill="#ffd98a"/>
<path d="M330 812 h150 q -14 34 -44 36 h-70 q -30 -4 -36 -36Z" fill="#17172a"/><path d="M398 812 v-74 l46 66 h-46Z" fill="#e9d8c8" opacity=".85"/><rect x="394" y="730" width="4" height="84" fill="#17172a"/>
</svg>`
}

/** Resolves to a JPEG of 1600 by 1067 pixels. */
export function drawPicture(): Promise<Buffer> {
  return sharp(Buffer.from(drawing())).jpeg({ quality: 86, mozjpeg: true }).toBuffer()
}
