/** `npm run icons`: draws icon.png from icon.svg, after a change to the drawing. */
import { join } from 'node:path'
import sharp from 'sharp'

const here = import.meta.dirname

/** The largest that any system asks for; electron-builder makes the smaller ones. */
const SIZE = 1024

await sharp(join(here, 'icon.svg')).resize(SIZE, SIZE).png({ palette: true }).toFile(join(here, 'icon.png'))
