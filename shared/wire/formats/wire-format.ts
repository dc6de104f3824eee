/** Turns a writer into a wire format. Content that must not leave the newsroom is removed before it writes. */
import type { WireFormat, WireItem } from '../item.ts'
import { outgoing } from './outgoing.ts'

interface Writer extends Omit<WireFormat, 'write'> {
  /** Returns the whole document of an item that `outgoing` has filtered. */
  text: (item: WireItem) => string
}

export function wireFormat({ text, ...format }: Writer): WireFormat {
  const { extension, contentType } = format
  return { ...format, write: (item) => ({ extension, contentType, text: text(outgoing(item)) }) }
}
