import type { PublicationKind } from '#shared/protocol/http.ts'

export const KIND_LABELS: Record<PublicationKind, string> = {
  new: 'New',
  update: 'Update',
  correction: 'Correction',
  kill: 'Kill',
}
