import type { Store } from '../../store/store.ts'
import type { ReadItem } from '#shared/wire/reading/read-item.ts'
import { summaryOf } from './item-summary.ts'

const AT_ONCE = 50

/** Writes the summaries of items that came in before there were any. Run before the server listens. */
export async function fillSummaries({ db }: Store): Promise<void> {
  for (;;) {
    const rows = await db
      .selectFrom('intake')
      .select(['id', 'item'])
      .where('summary', 'is', null)
      .where('item', 'is not', null)
      .limit(AT_ONCE)
      .execute()
    if (rows.length === 0) return
    await db.transaction().execute(async (trx) => {
      for (const { id, item } of rows) {
        if (item === null) continue
        const summary = JSON.stringify(summaryOf(JSON.parse(item) as ReadItem))
        await trx.updateTable('intake').set({ summary }).where('id', '=', id).execute()
      }
    })
  }
}
