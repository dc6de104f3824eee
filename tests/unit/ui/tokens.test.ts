import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

type Colour = readonly [red: number, green: number, blue: number]
type Theme = 'light' | 'dark'

const css = readFileSync(new URL('../../../renderer/ui/tokens.css', import.meta.url), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(([, name, light, dark]) => [
    name,
    { light, dark },
  ]),
)

function colour(name: string, theme: Theme): Colour {
  const hex = tokens.get(name)?.[theme]
  if (hex === undefined) throw new Error(`tokens.css has no colour --${name}`)
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour
}

const linear = (channel: number) =>
  channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4

/** WCAG 2 contrast, 1 to 21. */
function contrast(a: Colour, b: Colour): number {
  const [light, dark] = [a, b]
    .map(([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue))
    .sort((x, y) => y - x)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

/** What an eye of each kind makes of linear light (Machado, Oliveira and Fernandes 2009, full severity). */
const EYES = {
  trichromat: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanope: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranope: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanope: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}

const times = (matrix: readonly number[], [x, y, z]: Colour): Colour => {
  const row = (at: number) => (matrix[at] ?? 0) * x + (matrix[at + 1] ?? 0) * y + (matrix[at + 2] ?? 0) * z
  return [row(0), row(3), row(6)]
}

/** Distance in OKLab, where 0.02 is just noticeable. */
function distance(a: Colour, b: Colour, eye: keyof typeof EYES): number {
  const [p, q] = [a, b].map((each) => {
    const seen = times(EYES[eye], each.map(linear) as unknown as Colour)
    const lms = times(
      [
        0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619, 0.2817188376,
        0.6299787005,
      ],
      seen,
    )
    return times(
      [
        0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205, 0.4505937099, 0.0259040371, 0.7827717662,
        -0.808675766,
      ],
      lms.map(Math.cbrt) as unknown as Colour,
    )
  })
  return Math.hypot(...(p ?? []).map((value, at) => value - (q?.[at] ?? 0)))
}

const SURFACES = ['paper', 'chrome', 'raised', 'hover', 'selected']
const PRESENCE = [1, 2, 3, 4, 5, 6].map((number) => `presence-${number}`)

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  const of = (name: string) => colour(name, theme)

  test.each(['ink', 'ink-2', 'ink-3', 'accent', 'danger', 'warn', 'good'])('%s can be read on every surface', (ink) => {
    for (const surface of SURFACES) expect(contrast(of(ink), of(surface)), surface).toBeGreaterThanOrEqual(4.5)
  })

  test.each([
    ['accent-ink', 'accent'],
    ['accent-ink', 'accent-strong'],
    ['danger-ink', 'danger'],
    ['ink', 'accent-wash'],
    ['accent', 'accent-wash'],
    ['ink', 'warn-wash'],
    ['warn', 'warn-wash'],
    ['ink', 'danger-wash'],
    ['danger', 'danger-wash'],
    ['ink', 'text-selection'],
    ['paper', 'ink'],
  ])('%s can be read on %s', (ink, surface) => {
    expect(contrast(of(ink), of(surface))).toBeGreaterThanOrEqual(4.5)
  })

  test.each(PRESENCE)('%s can be read, and read on', (presence) => {
    for (const surface of ['paper', 'chrome', 'raised', 'hover']) {
      expect(contrast(of(presence), of(surface)), surface).toBeGreaterThanOrEqual(4.5)
    }
    expect(contrast(of('presence-ink'), of(presence))).toBeGreaterThanOrEqual(4.5)
  })

  test('the edge of what can be typed in or pressed can be seen', () => {
    for (const surface of ['paper', 'chrome', 'raised']) {
      expect(contrast(of('rule-strong'), of(surface)), surface).toBeGreaterThanOrEqual(3)
    }
  })

  test.each(Object.keys(EYES) as (keyof typeof EYES)[])('a %s tells people apart', (eye) => {
    for (const one of PRESENCE) {
      for (const other of PRESENCE) {
        if (one < other) expect(distance(of(one), of(other), eye), `${one}, ${other}`).toBeGreaterThan(0.08)
      }
    }
  })
})

describe('spacing', () => {
  const RENDERER = new URL('../../../renderer/', import.meta.url).pathname
  const SPACING =
    /^\s*((?:scroll-)?(?:padding|margin)[a-z-]*|(?:row-|column-)?gap|inset[a-z-]*|top|right|bottom|left):([^;]*);/gm
  /** A hairline, or a length that grows with the text, is not a step. */
  const RAW = /(?<![\w.-])-?(?!(?:0|1)px\b)\d*\.?\d+(?:rem|px)\b/

  test.each(globSync('**/*.css', { cwd: RENDERER }))('of %s uses the steps of tokens.css', (file) => {
    const declarations = [...readFileSync(join(RENDERER, file), 'utf8').matchAll(SPACING)]
    const raw = declarations.filter(([, , value = '']) => RAW.test(value.replaceAll('-1px', '1px')))
    expect(raw.map(([declaration]) => declaration.trim())).toEqual([])
  })
})
