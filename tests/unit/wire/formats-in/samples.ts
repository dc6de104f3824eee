/** Samples beside the repository: real wire copy, and IPTC's examples. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const SHARED = resolve(import.meta.dirname, '../../../../../shared')

/** Returns why a test cannot run here; null if it can. On a build machine all samples must be there. */
export function samplesMissing(): string | null {
  if (existsSync(join(SHARED, 'samples')) && existsSync(join(SHARED, 'iptc/examples'))) return null
  const reason = `The samples are not at ${SHARED}`
  if (process.env['CI']) throw new Error(reason)
  return reason
}

export function wireCopy(): string {
  return readFileSync(join(SHARED, 'samples/wire-copy-belarus.txt'), 'utf8')
}

/** Returns one of IPTC's examples, e.g. `ninjs/3.0_dpa_text.json`. */
export function iptcExample(name: string): string {
  return readFileSync(join(SHARED, 'iptc/examples', name), 'utf8')
}

/** Returns all examples of a format: `ninjs` or `newsml-g2`. */
export function iptcExamples(folder: string): { name: string; text: string }[] {
  const names = readdirSync(join(SHARED, 'iptc/examples', folder))
  return names.sort().map((name) => ({ name, text: iptcExample(`${folder}/${name}`) }))
}
