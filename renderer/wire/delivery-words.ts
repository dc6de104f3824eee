/** The status of a delivery, in words. */
import type { Delivery, DeliveryStatus } from '#shared/protocol/http.ts'
import { shortMoment } from '../ui/moment-words.ts'

export const DELIVERY_LABELS: Record<DeliveryStatus, string> = {
  queued: 'Queued',
  sent: 'Sent',
  failed: 'Failed, will be tried again',
  dead: 'Given up',
  skipped: 'Skipped',
}

const times = (attempts: number): string => (attempts === 1 ? 'Failed' : `Failed ${attempts} times`)

/** Returns the status in a few words, e.g. "Failed 3 times, next try 14:32". */
export function deliveryWords({
  status,
  attempts,
  nextTryAt,
}: Pick<Delivery, 'status' | 'attempts' | 'nextTryAt'>): string {
  switch (status) {
    case 'sent':
      return 'Sent'
    case 'queued':
      return 'Queued'
    case 'skipped':
      return 'Skipped'
    case 'dead':
      return `${times(attempts)}, and given up`
    case 'failed':
      return nextTryAt === null
        ? `${times(attempts)}, will be tried again`
        : `${times(attempts)}, next try ${shortMoment({ at: nextTryAt })}`
  }
}

/**
 * Returns the progress of a publication in a sentence: "3 of 5 destinations have the kill." Skipped deliveries are
 * named, since these destinations have nothing.
 */
export function receivedWords(deliveries: readonly Pick<Delivery, 'status'>[], what: string): string {
  const sent = deliveries.filter(({ status }) => status === 'sent').length
  const skipped = deliveries.filter(({ status }) => status === 'skipped').length
  const awaited = deliveries.length - skipped
  const words =
    awaited === 0
      ? `No destination gets ${what}`
      : sent < awaited
        ? `${sent} of ${awaited} destinations ${sent === 1 ? 'has' : 'have'} ${what}`
        : sent === 1
          ? `The one destination has ${what}`
          : `All ${sent} destinations have ${what}`
  return skipped === 0 ? `${words}.` : `${words}; ${skipped} ${skipped === 1 ? 'was' : 'were'} skipped.`
}
