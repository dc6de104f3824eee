/** Renders a story in a format: as it would go out now, and as it was sent. */
import type { Kysely } from 'kysely'
import type * as Y from 'yjs'
import { readArticle } from '#shared/article/read.ts'
import type { PreviewRequest, Rendered } from '#shared/protocol/http.ts'
import { findFormat } from '#shared/wire/formats/index.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { withStoredPictures } from '../media/stored-pictures.ts'
import { refuse } from '../refusal.ts'
import type { Database } from '../store/schema.ts'
import { getStory } from '../story/stories.ts'
import { nextVersion } from '../story/versions.ts'
import { nextItem } from './freeze.ts'
import { lastOut, readItem } from './last-out.ts'
import { momentOf } from './sending-options.ts'

interface Context {
  db: Kysely<Database>
  readDoc: (storyId: string) => Promise<Y.Doc>
  provider: string
}

/** Renders the current story as it would go out with these options. */
export async function preview(
  { db, readDoc, provider }: Context,
  storyId: string,
  { format, kind, edNote, embargo, withheld }: PreviewRequest,
): Promise<Rendered> {
  const story = await getStory(db, storyId)
  const doc = await readDoc(storyId)
  const article = await withStoredPictures(db, readArticle(doc))
  doc.destroy()
  const last = await lastOut(db, storyId)
  const options = {
    kind: kind ?? null,
    edNote: edNote ?? null,
    embargo: embargo === undefined ? null : momentOf(embargo),
    withheld: withheld === true,
  }
  const version = await nextVersion(db, storyId)
  return render(format, nextItem(article, story, options, { last: last?.item ?? null, version, provider }))
}

/** Returns the item of a publication. Refuses with `publication-not-found`. */
export async function publishedItem(db: Kysely<Database>, id: string): Promise<WireItem> {
  const row = await db.selectFrom('publications').select('item').where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw refuse('publication-not-found')
  return readItem(row.item)
}

/** Renders a publication in a format. */
export async function renderPublication(db: Kysely<Database>, id: string, format: string): Promise<Rendered> {
  return render(format, await publishedItem(db, id))
}

function render(name: string, item: WireItem): Rendered {
  const format = findFormat(name)
  if (format === undefined) throw refuse('format-unknown', { format: name })
  return { format: name, ...format.write(item) }
}
