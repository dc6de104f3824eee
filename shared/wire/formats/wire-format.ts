/** How a format becomes one that Galley can send: what may not leave the newsroom is taken out before it is written. */
import type { WireFormat, WireItem } from '../item.ts'
import { outgoing } from './outgoing.ts'

interface Writer extends Omit<WireFormat, 'write'> {
  /** The whole document for an item that `outgoing` has let through. */
  text: (item: WireItem) => string
}

export function wireFormat({ text, ...format }: Writer): WireFormat {
  const { extension, contentType } = format
  return { ...format, write: (item) => ({ extension, contentType, text: text(outgoing(item)) }) }
}
