/** Every format that Galley sends stories in, by name. A new one is a folder beside this file and a line in it. */
import type { WireFormat } from '../item.ts'
import { html } from './html/write.ts'
import { ninjs31 } from './ninjs31/write.ts'

export const FORMATS: readonly WireFormat[] = [ninjs31, html]

/** The format of this name, or undefined when Galley does not know it. */
export function findFormat(name: string): WireFormat | undefined {
  return FORMATS.find((format) => format.name === name)
}
