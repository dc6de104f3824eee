import type { z } from 'zod'
import { sendStored } from '#shared/messages/sent-message.ts'
import type { Delivery, deliverySchema } from '#shared/protocol/http.ts'
import type { Row } from '../store/schema.ts'
import { isoTime } from '../time.ts'

/** A delivery with its destination's name and format. */
type DeliveryRow = Omit<Row<'deliveries'>, 'leased_by' | 'leased_until'> & { name: string; format: string }

/** Returns a delivery as the app shows it. */
export function toDelivery(row: DeliveryRow): z.input<typeof deliverySchema> {
  return {
    id: row.id,
    destination: { id: row.destination_id, name: row.name, format: row.format },
    // Parsed where the whole response is parsed.
    status: row.status as Delivery['status'],
    attempts: row.attempts,
    detail: sendStored(row.detail),
    finishedAt: row.finished_at === null ? null : isoTime(row.finished_at),
    response: row.response,
    nextTryAt: row.waiting === 0 ? null : isoTime(row.next_attempt_at),
  }
}
