/** What has become of a delivery, in words. */
import type { Delivery, DeliveryStatus, PublicationKind } from '#shared/protocol/http.ts'
import { shortTime } from '../ui/time-words.ts'

export const DELIVERY_LABELS: Record<DeliveryStatus, string> = {
  queued: 'Queued',
  sent: 'Sent',
  failed: 'Failed, will be tried again',
  dead: 'Given up',
  skipped: 'Skipped',
}

export const KIND_LABELS: Record<PublicationKind, string> = {
  new: 'New',
  update: 'Update',
  correction: 'Correction',
  kill: 'Kill',
}

const times = (attempts: number): string => (attempts === 1 ? 'Failed' : `Failed ${attempts} times`)

/** Its status in a few words, e.g. "Failed 3 times, next try at 14:32". */
export function deliveryWords({
  status,
  attempts,
  nextTryAt,
}: Pick<Delivery, 'status' | 'attempts' | 'nextTryAt'>): string {
  switch (status) {
    case 'sent':
      return 'Sent'
    case 'queued':
      return 'On its way'
    case 'skipped':
      return 'Skipped'
    case 'dead':
      return `${times(attempts)}, and given up`
    case 'failed':
      return nextTryAt === null
        ? `${times(attempts)}, will be tried again`
        : `${times(attempts)}, next try ${shortTime(new Date(nextTryAt))}`
  }
}

/** How far a publication has come, in a sentence: "Received by 3 of 5." */
export function receivedWords(deliveries: readonly Pick<Delivery, 'status'>[]): string {
  const awaited = deliveries.filter(({ status }) => status !== 'skipped')
  if (awaited.length === 0) return 'It goes to no destination.'
  const sent = awaited.filter(({ status }) => status === 'sent').length
  if (sent === awaited.length) return sent === 1 ? 'The one destination has it.' : `All ${sent} destinations have it.`
  return `${sent} of ${awaited.length} destinations ${sent === 1 ? 'has' : 'have'} it.`
}
