import type { DestinationKind } from './destination.ts'
import { fileDrop } from './file-drop.ts'

/** Every kind of destination. `dropFolder`: GALLEY_DROP. */
export function destinationKinds(dropFolder: string): DestinationKind[] {
  return [fileDrop(dropFolder)]
}
