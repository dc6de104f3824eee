import { findFormat } from '#shared/wire/formats/index.ts'

/** A wire format as people call it; a format that this version does not know keeps its name. */
export function formatLabel(name: string): string {
  return findFormat(name)?.label ?? name
}
