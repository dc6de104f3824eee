import type { Destination } from '#shared/protocol/http.ts'
import { findFormat } from '#shared/wire/formats/index.ts'

/**
 * The format that a destination takes, as people call it; a format that this version does not know keeps its name. Null
 * when the destination's own name says it.
 */
export function formatOf({ name, format }: Destination): string | null {
  const label = findFormat(format)?.label ?? format
  return name.includes(label) ? null : label
}
