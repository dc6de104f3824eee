/** The status of deliveries, in words. */
import type { Messages } from '#shared/messages/messages.ts'
import type { Delivery } from '#shared/protocol/http.ts'

/** Returns the status in a few words, e.g. "3 failed attempts, next try 14:32". */
export function deliveryWords(
  { status, attempts, nextTryAt }: Pick<Delivery, 'status' | 'attempts' | 'nextTryAt'>,
  { t, format }: Pick<Messages, 't' | 'format'>,
): string {
  switch (status) {
    case 'sent':
    case 'queued':
    case 'skipped':
      return t(`wire.delivery.${status}`)
    case 'dead':
      return t('wire.delivery.failed', { attempts })
    case 'failed':
      return nextTryAt === null
        ? t('wire.delivery.retrying', { attempts })
        : t('wire.delivery.retrying-at', { attempts, time: format.comingTime(new Date(nextTryAt)) })
  }
}

/**
 * Returns the progress of a publication in a sentence: "Kill received by 3 of 5 destinations." Skipped deliveries are
 * counted separately, since these destinations have nothing.
 */
export function receivedWords(
  deliveries: readonly Pick<Delivery, 'status'>[],
  what: 'story' | 'kill',
  { t }: Pick<Messages, 't'>,
): string {
  const sent = deliveries.filter(({ status }) => status === 'sent').length
  const skipped = deliveries.filter(({ status }) => status === 'skipped').length
  const awaited = deliveries.length - skipped
  const kill = what === 'kill'
  if (awaited === 0) return t(kill ? 'wire.received.kill-none' : 'wire.received.none', { skipped })
  if (sent < awaited) return t(kill ? 'wire.received.kill-some' : 'wire.received.some', { sent, awaited, skipped })
  return t(kill ? 'wire.received.kill-all' : 'wire.received.all', { sent, skipped })
}
