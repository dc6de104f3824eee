import type { Destination } from '#shared/protocol/http.ts'
import { findFormat } from '#shared/wire/formats/index.ts'

/**
 * Returns the common name of a destination's format; its technical name if this version does not know it. Null if the
 * destination's own name already says it.
 */
export function formatOf({ name, format }: Destination): string | null {
  const label = findFormat(format)?.label ?? format
  return name.includes(label) ? null : label
}
