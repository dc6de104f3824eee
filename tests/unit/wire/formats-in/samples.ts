/** What the newsroom has lying beside the repository: real wire copy, and the examples of IPTC. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const SHARED = resolve(import.meta.dirname, '../../../../../shared')

/** Why a test cannot run here; null when it can. On a build machine everything has to be there. */
export function samplesMissing(): string | null {
  if (existsSync(join(SHARED, 'samples')) && existsSync(join(SHARED, 'iptc/examples'))) return null
  const reason = `The samples are not at ${SHARED}`
  if (process.env['CI']) throw new Error(reason)
  return reason
}

export function wireCopy(): string {
  return readFileSync(join(SHARED, 'samples/wire-copy-belarus.txt'), 'utf8')
}

/** An example of IPTC, e.g. `ninjs/3.0_dpa_text.json`. */
export function iptcExample(name: string): string {
  return readFileSync(join(SHARED, 'iptc/examples', name), 'utf8')
}

/** Every example of a format's folder, `ninjs` or `newsml-g2`. */
export function iptcExamples(folder: string): { name: string; text: string }[] {
  const names = readdirSync(join(SHARED, 'iptc/examples', folder))
  return names.sort().map((name) => ({ name, text: iptcExample(`${folder}/${name}`) }))
}
