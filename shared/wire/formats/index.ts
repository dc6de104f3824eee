/** Every format that Galley sends stories in, by name. A new one is a folder beside this file and a line in it. */
import type { WireFormat } from '../item.ts'
import { html } from './html/write.ts'
import { newsMlG2 } from './newsmlg2/write.ts'
import { ninjs22 } from './ninjs22/write.ts'
import { ninjs31 } from './ninjs31/write.ts'
import { nitf36 } from './nitf36/write.ts'

export const FORMATS: readonly WireFormat[] = [ninjs31, ninjs22, newsMlG2, nitf36, html]

/** The format of this name, or undefined when Galley does not know it. */
export function findFormat(name: string): WireFormat | undefined {
  return FORMATS.find((format) => format.name === name)
}
