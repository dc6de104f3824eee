import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { findStory } from '#server/story/stories.ts'
import { writeVersion } from '#server/story/versions.ts'
import type { Committed } from '#server/wire/committed.ts'
import { killStory } from '#server/wire/kill.ts'
import { listPublications } from '#server/wire/publications.ts'
import { createPublish } from '#server/wire/publish.ts'
import { itemsOfStory } from '#server/wire/published-items.ts'
import type { Article } from '#shared/article/article.ts'
import type { Person } from '#shared/story/story.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { article, p } from './articles.ts'
import { NOTHING, type Outbox, outbox } from './outbox.ts'

const ready = (there: Outbox, changes: Partial<Article> = {}) =>
  there.story({ article: article(changes), stage: 'ready' })
interface Outcome {
  code: string
  failures?: { field: string; rule: string }[]
}
const refusal = (refused: Promise<unknown>): Promise<Outcome> =>
  refused.then(
    () => ({ code: 'taken' }),
    (error: unknown) => error as Outcome,
  )
const press = (there: Outbox, id: string, person: Person = there.wire, vector: Uint8Array = NOTHING) =>
  there.publish(id, person, vector)
/** Another person's change to a story: its text is replaced. */
const rewrite = async (there: Outbox, id: string, changes: Partial<Article>) =>
  there.append(id, await there.edit(id, article(changes)))

describe('publishing', () => {
  it('freezes a version, moves the story, and queues a delivery for each destination', async () => {
    await using there = await outbox()
    const { id } = await ready(there)
    const { publication, created } = await press(there, id)
    expect(created).toBe(true)
    expect(publication).toMatchObject({
      storyId: id,
      version: 1,
      kind: 'new',
      headline: 'A headline',
      publishedBy: { id: there.wire.id, name: 'The wire' },
      deliveries: [
        { destination: { format: 'html' }, status: 'queued', attempts: 0 },
        { destination: { format: 'ninjs31' }, status: 'queued', attempts: 0 },
      ],
    })
    expect(await findStory(there.db, id)).toMatchObject({ stage: 'published', publishedVersion: 1 })
    const version = await there.db.selectFrom('versions').selectAll().executeTakeFirstOrThrow()
    expect(JSON.parse(version.article)).toMatchObject({ body: [p('A body of six words, exactly.')] })
    const { item } = await there.db.selectFrom('publications').select('item').executeTakeFirstOrThrow()
    expect(JSON.parse(item)).toMatchObject({ uri: `urn:uuid:${id}`, provider: 'The Test', slug: 'HARBOUR' })
    const audit = await there.db
      .selectFrom('audit')
      .select(['action', 'person_id'])
      .where('story_id', '=', id)
      .execute()
    expect(audit.slice(1)).toEqual([
      { action: 'story-moved', person_id: there.wire.id },
      { action: 'story-published', person_id: there.wire.id },
    ])
  })

  it('sends a published story again as an update with the same uri [W5]', async () => {
    await using there = await outbox()
    const { id } = await ready(there)
    await press(there, id)
    await rewrite(there, id, { headline: [p('Another headline')] })
    const { publication } = await press(there, id)
    expect(publication).toMatchObject({ version: 2, kind: 'update' })
    const items = await there.db.selectFrom('publications').select('item').orderBy('version').execute()
    const [first, second] = items.map(({ item }) => JSON.parse(item) as WireItem)
    expect(second?.uri).toBe(first?.uri)
    expect(second?.firstPublished).toBe(first?.firstPublished)
    expect((await listPublications(there.db, id)).map(({ version }) => version)).toEqual([2, 1])
  })

  it('publishes a story that has an unpublished version under the next number', async () => {
    await using there = await outbox()
    const { id } = await ready(there)
    await writeVersion(there.db, { storyId: id, version: 1, article: '{}', person: there.reporter, at: 0 })
    expect((await press(there, id)).publication).toMatchObject({ version: 2, kind: 'new' })
    expect((await itemsOfStory(there.db, id)).map(({ version }) => version)).toEqual([2])
    expect(await findStory(there.db, id)).toMatchObject({ publishedVersion: 2 })
    const { publication } = await killStory(there.db, id, there.wire, 'It is not true.')
    expect(publication).toMatchObject({ version: 3, kind: 'kill' })
  })

  it('returns the last publication when nothing has changed since [W4]', async () => {
    await using there = await outbox()
    const { id } = await ready(there)
    const first = await press(there, id)
    const again = await press(there, id)
    expect(again).toEqual({ publication: first.publication, created: false, events: [] })
  })

  it('makes one publication of two requests at once [W4]', async () => {
    await using there = await outbox()
    const { id } = await ready(there)
    const presses = await Promise.all(Array.from({ length: 5 }, () => press(there, id)))
    expect(presses.filter(({ created }) => created)).toHaveLength(1)
    expect(new Set(presses.map(({ publication }) => publication.id)).size).toBe(1)
    expect(await there.deliveries()).toHaveLength(2)
  })

  it('makes one publication of two requests at once, while others keep typing [W4]', async () => {
    await using there = await outbox()
    const { id } = await ready(there)
    const update = await there.edit(id, article({ headline: [p('Typed on')] }))
    const [first, second] = [press(there, id), press(there, id)]
    await first.then(() => there.append(id, update))
    expect((await second).created).toBe(false)
    expect(await there.deliveries()).toHaveLength(2)
  })

  it('never sends older text than another node has just sent', async () => {
    await using there = await outbox()
    const { db, media } = there
    const { id } = await ready(there)
    let elsewhere = async (): Promise<unknown> => {
      await rewrite(there, id, { headline: [p('Newer')] })
      return press(there, id)
    }
    const docHolding: Committed['docHolding'] = async (...asked) => {
      const held = await there.committed.docHolding(...asked)
      await elsewhere()
      elsewhere = () => Promise.resolve()
      return held
    }
    const publish = createPublish({ db, media, provider: 'The Test', committed: { ...there.committed, docHolding } })
    expect(await publish(id, there.wire, NOTHING)).toMatchObject({ created: false, publication: { headline: 'Newer' } })
    expect(await listPublications(db, id)).toHaveLength(1)
  })

  it('lets the second of two requests try when the first is refused', async () => {
    await using there = await outbox()
    const { id } = await ready(there)
    const [refused, taken] = await Promise.all([
      refusal(there.publish(id, there.wire, new Uint8Array([1, 9, 9]))),
      refusal(press(there, id)),
    ])
    expect([refused.code, taken.code]).toEqual(['not-saved-yet', 'taken'])
  })
})

describe('publishing is refused', () => {
  it('to people outside the wire desk', async () => {
    await using there = await outbox()
    const { id } = await ready(there)
    expect((await refusal(press(there, id, there.reporter))).code).toBe('publishing-wire-desk-only')
    expect((await refusal(press(there, id, there.editor))).code).toBe('publishing-wire-desk-only')
    expect((await findStory(there.db, id))?.stage).toBe('ready')
  })

  it('to another person whose request coincides with the wire desk’s', async () => {
    await using there = await outbox()
    const { id } = await ready(there)
    const presses = await Promise.all([refusal(press(there, id)), refusal(press(there, id, there.editor))])
    expect(presses.map(({ code }) => code)).toEqual(['taken', 'publishing-wire-desk-only'])
  })

  it('for a story that is not ready', async () => {
    await using there = await outbox()
    const { id } = await there.story({ article: article(), stage: 'filed' })
    expect((await refusal(press(there, id))).code).toBe('story-not-ready')
    expect((await refusal(press(there, randomUUID()))).code).toBe('story-not-found')
  })

  it('when the checks fail, each naming its field [W2]', async () => {
    await using there = await outbox()
    const figures = [{ id: 'f1', picture: null, caption: [], credit: [] }]
    const { id } = await ready(there, { headline: [], byline: [], body: [p('He said TK.')], figures })
    const { code, failures } = await refusal(press(there, id))
    expect(code).toBe('checks-failed')
    expect(failures?.map(({ field, rule }) => `${field} ${rule}`)).toEqual([
      'headline required',
      'byline required',
      'caption:f1 picture-missing',
      'credit:f1 required',
      'body tk',
    ])
    expect(await there.db.selectFrom('versions').selectAll().execute()).toEqual([])
    expect((await findStory(there.db, id))?.stage).toBe('ready')
  })

  it('for an invalid slug', async () => {
    await using there = await outbox()
    const { id } = await ready(there, { meta: { slug: 'x'.repeat(81) } })
    expect((await refusal(press(there, id))).failures).toMatchObject([{ field: 'slug', rule: 'slug' }])
  })

  it('while the bytes of a picture are still being sent', async () => {
    await using there = await outbox()
    const mediaId = randomUUID()
    const picture = { mediaId, type: 'image/png', width: 3, height: 2, name: 'quay.png', alt: '' }
    const { id } = await ready(there, { figures: [{ id: 'f1', picture, caption: [], credit: [p('Nora')] }] })
    expect((await refusal(press(there, id))).failures).toMatchObject([
      { field: 'caption:f1', rule: 'picture-not-here' },
    ])
    const bytes = await sharp({ create: { width: 3, height: 2, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    await there.media.put(mediaId, { bytes, name: 'quay.png', personId: there.reporter.id })
    expect((await refusal(press(there, id))).code).toBe('taken')
  })

  it('for an invalid state vector', async () => {
    await using there = await outbox()
    const { id } = await ready(there)
    expect((await refusal(press(there, id, there.wire, new Uint8Array([255])))).code).toBe('state-vector-invalid')
  })
})

describe('the text on the publisher’s screen [W1]', () => {
  it('is waited for', async () => {
    await using there = await outbox(30_000)
    const { id } = await ready(there)
    const update = await there.edit(id, article({ headline: [p('Newer')] }))
    const pressed = press(there, id, there.wire, Y.encodeStateVectorFromUpdate(update))
    await there.append(id, update)
    expect((await pressed).publication.version).toBe(1)
  })

  it('is required: nothing is sent when it does not arrive', async () => {
    await using there = await outbox(50)
    const { id } = await ready(there)
    const unknown = Y.encodeStateVectorFromUpdate(await there.edit(id, article()))
    expect((await refusal(press(there, id, there.wire, unknown))).code).toBe('not-saved-yet')
    expect(await there.deliveries()).toEqual([])
  })
})
