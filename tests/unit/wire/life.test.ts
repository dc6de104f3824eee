/** A story's life after its first publication: corrections, kills, schedules, and where each goes. */
import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { describe, expect, it } from 'vitest'
import { createMoves } from '#server/story/moves.ts'
import { createReadModel } from '#server/story/read-model.ts'
import { findStory } from '#server/story/stories.ts'
import type { Committed } from '#server/wire/committed.ts'
import { resend } from '#server/wire/deliveries.ts'
import { killStory } from '#server/wire/kill.ts'
import { preview, renderPublication } from '#server/wire/preview.ts'
import { listPublications } from '#server/wire/publications.ts'
import { createSchedule } from '#server/wire/schedule.ts'
import { cancelSchedule, failWhenTakenBack, listScheduled, listScheduledOf } from '#server/wire/scheduled.ts'
import { createScheduler } from '#server/wire/scheduler.ts'
import type { Article } from '#shared/article/article.ts'
import { readArticle } from '#shared/article/read.ts'
import type { PublishOptions } from '#shared/protocol/http.ts'
import type { Person } from '#shared/story/story.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { until } from '#tests/support/until.ts'
import { article, p } from './articles.ts'
import { NOTHING, nothingFollows, type Outbox, outbox } from './outbox.ts'

const YEAR = new Date().getUTCFullYear() + 1
const LATER = { local: `${YEAR}-07-01T18:00`, zone: 'Europe/Athens' }
const EVEN_LATER = { local: `${YEAR}-07-02T18:00`, zone: 'Europe/Athens' }

const refusal = (
  refused: Promise<unknown>,
): Promise<{ code: string; message: string; failures?: { message: string }[] }> =>
  refused.then(
    () => ({ code: 'taken', message: '' }),
    (error: unknown) => error as { code: string; message: string },
  )
const press = (there: Outbox, id: string, options: PublishOptions = {}, person: Person = there.wire) =>
  there.publish(id, person, NOTHING, options)
const rewrite = async (there: Outbox, id: string, changes: Partial<Article>) =>
  there.append(id, await there.edit(id, article(changes)))
const plan = async (there: Outbox, id: string, options: PublishOptions = {}, at = LATER) =>
  (await there.schedule(id, there.wire, NOTHING, options, at)).scheduled
const kill = (there: Outbox, id: string, person = there.wire) => killStory(there.db, id, person, 'It is not true.')

const moves = (there: Outbox) => createMoves(there.db, failWhenTakenBack)

async function published(there: Outbox, changes: Partial<Article> = {}): Promise<string> {
  const { id } = await there.story({ article: article(changes), stage: 'ready' })
  await press(there, id)
  return id
}
async function items(there: Outbox): Promise<WireItem[]> {
  const rows = await there.db.selectFrom('publications').select('item').orderBy('version').execute()
  return rows.map(({ item }) => JSON.parse(item) as WireItem)
}

describe('a correction', () => {
  it('goes out with its note', async () => {
    await using there = await outbox()
    const id = await published(there)
    await rewrite(there, id, { headline: [p('The right headline')] })
    const { publication } = await press(there, id, { kind: 'correction', edNote: 'The headline was wrong.' })
    expect(publication).toMatchObject({ version: 2, kind: 'correction', edNote: 'The headline was wrong.' })
    expect((await items(there))[1]).toMatchObject({ kind: 'correction', edNote: 'The headline was wrong.' })
  })

  it('is refused without a note, and for an unpublished story', async () => {
    await using there = await outbox()
    const id = await published(there)
    expect((await refusal(press(there, id, { kind: 'correction' }))).code).toBe('correction-note-missing')
    const { id: other } = await there.story({ article: article(), stage: 'ready' })
    expect((await refusal(press(there, other, { kind: 'correction', edNote: 'x' }))).code).toBe('not-published-yet')
    expect((await refusal(press(there, other, { kind: 'update' }))).code).toBe('not-published-yet')
  })

  it('may change only the story’s data, and is made once', async () => {
    await using there = await outbox()
    const id = await published(there)
    const note = { kind: 'correction', edNote: 'An earlier version named the wrong port.' } as const
    expect((await press(there, id, note)).created).toBe(true)
    expect((await press(there, id, note)).created).toBe(false)
    expect((await press(there, id)).created).toBe(false)
    const both = await Promise.all([press(there, id, { edNote: 'A' }), press(there, id, { edNote: 'B' })])
    expect(both.map(({ created }) => created)).toEqual([true, true])
  })

  it('is never implied: an unchanged story is not published again', async () => {
    await using there = await outbox()
    const id = await published(there)
    expect((await press(there, id, { kind: 'new' })).created).toBe(false)
    await rewrite(there, id, { headline: [p('Changed')] })
    expect((await refusal(press(there, id, { kind: 'new' }))).code).toBe('already-published')
  })
})

describe('a withheld or embargoed story', () => {
  it('is marked, until it is published without', async () => {
    await using there = await outbox()
    const { id } = await there.story({ article: article(), stage: 'ready' })
    const { publication } = await press(there, id, { withheld: true, embargo: LATER })
    expect(publication).toMatchObject({
      withheld: true,
      embargo: { ...LATER, at: `${YEAR}-07-01T15:00:00.000Z` },
    })
    expect((await items(there))[0]).toMatchObject({ withheld: true, embargo: `${YEAR}-07-01T15:00:00.000Z` })
    expect((await press(there, id, { embargo: LATER, withheld: true })).created).toBe(false)
    expect((await press(there, id)).publication).toMatchObject({ version: 2, withheld: false, embargo: null })
  })

  it('is refused for an invalid or past time', async () => {
    await using there = await outbox()
    const { id } = await there.story({ article: article(), stage: 'ready' })
    const skipped = { local: '2027-03-28T03:30', zone: 'Europe/Athens' }
    expect((await refusal(press(there, id, { embargo: skipped }))).code).toBe('time-skipped')
    expect((await refusal(press(there, id, { embargo: { ...LATER, local: '2020-01-01T00:00' } }))).code).toBe(
      'embargo-too-early',
    )
  })
})

describe('a kill [W8]', () => {
  it('goes to everyone who may have the story, with the reason, and clears the queue', async () => {
    await using there = await outbox()
    const id = await published(there)
    const { publication, created } = await kill(there, id)
    expect(created).toBe(true)
    expect(publication).toMatchObject({ version: 2, kind: 'kill', edNote: 'It is not true.' })
    expect(publication.deliveries.map(({ status }) => status)).toEqual(['queued', 'queued'])
    const [, first] = await listPublications(there.db, id)
    expect(first?.deliveries.map(({ status, detail }) => [status, detail?.messages])).toEqual(
      Array(2).fill(['skipped', [{ id: 'server.delivery.killed-before' }]]),
    )
    expect((await findStory(there.db, id))?.stage).toBe('killed')
  })

  it('is final: the story cannot be published, scheduled, moved or resent, except for the kill itself', async () => {
    await using there = await outbox()
    const id = await published(there)
    const first = (await listPublications(there.db, id))[0]?.id ?? ''
    const { publication } = await kill(there, id)
    expect((await refusal(press(there, id))).code).toBe('story-killed')
    expect((await refusal(press(there, id, { kind: 'correction', edNote: 'x' }))).code).toBe('story-killed')
    expect((await refusal(plan(there, id))).code).toBe('story-killed')
    expect((await refusal(moves(there)(id, 'unspike', there.wire))).code).toBe('story-moved')
    expect((await refusal(resend(there.db, first, there.wire, undefined))).code).toBe('newer-version-out')
    expect(await kill(there, id)).toEqual({ publication, created: false, events: [] })
    expect((await resend(there.db, publication.id, there.wire, undefined)).publication.deliveries).toHaveLength(4)
    expect((await there.deliveries()).filter(({ waiting }) => waiting === 2)).toHaveLength(4)
  })

  it('is allowed to the wire desk only, for a published story', async () => {
    await using there = await outbox()
    const id = await published(there)
    expect((await refusal(kill(there, id, there.editor))).code).toBe('kill-wire-desk-only')
    const { id: other } = await there.story({ article: article(), stage: 'ready' })
    expect((await refusal(kill(there, other))).code).toBe('nothing-to-kill')
  })

  it('cancels what is scheduled', async () => {
    await using there = await outbox()
    const id = await published(there)
    await rewrite(there, id, { headline: [p('For tomorrow')] })
    await plan(there, id)
    await kill(there, id)
    expect(await listScheduled(there.db)).toEqual([])
    expect(await listScheduledOf(there.db, id)).toMatchObject([
      { status: 'cancelled', reason: { messages: [{ id: 'server.schedule.ended-by-kill' }] } },
    ])
  })

  it('is shown as failed for a removed destination that had the story', async () => {
    await using there = await outbox()
    const id = await published(there)
    await there.db.updateTable('destinations').set({ removed_at: 1 }).where('format', '=', 'html').execute()
    const { publication } = await kill(there, id)
    expect(publication.deliveries.map(({ destination, status }) => [destination.format, status])).toEqual([
      ['html', 'dead'],
      ['ninjs31', 'queued'],
    ])
  })
})

describe('where a story goes [W9]', () => {
  const setUp = (there: Outbox, format: string, values: { filter?: object; rules?: object }) =>
    there.db
      .updateTable('destinations')
      .set({ filter: JSON.stringify(values.filter ?? {}), rules: JSON.stringify(values.rules ?? {}) })
      .where('format', '=', format)
      .execute()

  it('is decided by each destination’s filter', async () => {
    await using there = await outbox()
    await setUp(there, 'html', { filter: { desks: [randomUUID()] } })
    const id = await published(there)
    expect((await listPublications(there.db, id))[0]?.deliveries.map(({ destination }) => destination.format)).toEqual([
      'ninjs31',
    ])
  })

  it('includes destinations of earlier versions, whatever the filter says now', async () => {
    await using there = await outbox()
    const id = await published(there)
    await setUp(there, 'html', { filter: { urgencyAtMost: 1 } })
    const { publication } = await press(there, id, { kind: 'correction', edNote: 'x' })
    expect(publication.deliveries).toHaveLength(2)
  })

  it('is refused if a destination’s rules are broken, unless it is left out', async () => {
    await using there = await outbox()
    await setUp(there, 'html', { rules: { headlineAtMost: 5 } })
    const { id } = await there.story({ article: article(), stage: 'ready' })
    const { code, failures } = await refusal(press(there, id))
    expect([code, failures]).toMatchObject([
      'checks-failed',
      [{ field: 'headline', rule: 'too-long', destination: { name: 'Web, HTML page' } }],
    ])
    const html = await there.db
      .selectFrom('destinations')
      .select('id')
      .where('format', '=', 'html')
      .executeTakeFirstOrThrow()
    const { publication } = await press(there, id, { except: [html.id] })
    expect(publication.deliveries.map(({ status }) => status)).toEqual(['skipped', 'queued'])
  })
})

describe('a scheduled publication [W11]', () => {
  const scheduler = (there: Outbox, now: () => number, done: string[] = []) =>
    createScheduler({
      store: there.store,
      provider: 'The Test',
      log: pino({ level: 'silent' }),
      now,
      publish: ([first]) => {
        if (first !== undefined) done.push(first.type === 'story-published' ? first.publicationId : first.type)
        return Promise.resolve()
      },
    })
  const afterwards = () => Date.UTC(YEAR, 6, 3)

  it('publishes at its time, once, what was on screen when it was scheduled', async () => {
    await using there = await outbox()
    const { id } = await there.story({ article: article(), stage: 'ready' })
    const planned = await plan(there, id, { edNote: 'As planned' })
    expect(planned).toMatchObject({ status: 'waiting', at: { ...LATER, at: `${YEAR}-07-01T15:00:00.000Z` } })
    await rewrite(there, id, { headline: [p('Typed afterwards')] })
    const early: string[] = []
    const before = scheduler(there, Date.now, early)
    before.start()
    await before.close()
    expect(early).toEqual([])
    const done: string[] = []
    const two = [scheduler(there, afterwards, done), scheduler(there, afterwards, done)]
    for (const each of two) each.start()
    await until('the publication', () => done.length > 0)
    for (const each of two) await each.close()
    expect(done).toHaveLength(1)
    expect(await listPublications(there.db, id)).toMatchObject([
      { id: done[0], headline: 'A headline', edNote: 'As planned' },
    ])
    expect(await listScheduled(there.db)).toEqual([])
    expect((await findStory(there.db, id))?.stage).toBe('published')
  })

  it('is replaced by another, ended by a publication, or cancelled by hand', async () => {
    await using there = await outbox()
    const { id } = await there.story({ article: article(), stage: 'ready' })
    const first = await plan(there, id)
    const second = await plan(there, id, {}, EVEN_LATER)
    expect((await listScheduled(there.db)).map((each) => each.id)).toEqual([second.id])
    expect((await refusal(cancelSchedule(there.db, first.id, there.wire))).code).toBe('schedule-ended')
    expect((await refusal(cancelSchedule(there.db, second.id, there.reporter))).code).toBe('wire-desk-only')
    expect((await cancelSchedule(there.db, second.id, there.wire)).scheduled.status).toBe('cancelled')
    await plan(there, id)
    await press(there, id)
    expect(await listScheduled(there.db)).toEqual([])
  })

  it('says why it failed, and stays on the board', async () => {
    await using there = await outbox()
    const { id } = await there.story({ article: article(), stage: 'ready' })
    await plan(there, id)
    await there.db.updateTable('stories').set({ stage: 'draft' }).execute()
    const done: string[] = []
    const late = scheduler(there, afterwards, done)
    late.start()
    await until('the failure', () => done.length > 0)
    await late.close()
    expect(await listScheduled(there.db)).toMatchObject([
      { status: 'failed', reason: { messages: [{ id: 'refusal.story-not-ready', params: { stage: 'draft' } }] } },
    ])
    expect(await there.deliveries()).toEqual([])
  })

  it('is refused if the text was overtaken meanwhile', async () => {
    await using there = await outbox()
    const id = await published(there)
    const { db, media } = there
    let meanwhile = (): Promise<unknown> => press(there, id, { edNote: 'An update' })
    const docHolding: Committed['docHolding'] = async (...asked) => {
      const held = await there.committed.docHolding(...asked)
      await meanwhile()
      return held
    }
    const schedule = createSchedule({ db, media, provider: 'The Test', committed: { ...there.committed, docHolding } })
    const planned = () => refusal(schedule(id, there.wire, NOTHING, {}, LATER))
    expect((await planned()).code).toBe('published-meanwhile')
    meanwhile = () => kill(there, id)
    expect((await planned()).code).toBe('story-killed')
    expect(await listScheduled(there.db)).toEqual([])
  })

  it('is cancelled when its story is taken back, even if it is Ready again', async () => {
    await using there = await outbox()
    const { id } = await there.story({ article: article(), stage: 'ready' })
    await plan(there, id)
    await moves(there)(id, 'return', there.editor)
    await moves(there)(id, 'ready', there.editor)
    expect(await listScheduled(there.db)).toMatchObject([
      { status: 'failed', reason: { messages: [{ id: 'server.schedule.taken-back' }] } },
    ])
    const late = scheduler(there, afterwards)
    late.start()
    await late.close()
    expect(await there.deliveries()).toEqual([])
    await plan(there, id)
    expect(await listScheduled(there.db)).toMatchObject([{ status: 'waiting' }])
  })

  it('goes to the other destinations if one’s rules are broken at its time [W9]', async () => {
    await using there = await outbox()
    const { id } = await there.story({ article: article(), stage: 'ready' })
    await plan(there, id)
    const rules = JSON.stringify({ headlineAtMost: 5 })
    await there.db.updateTable('destinations').set({ rules }).where('format', '=', 'html').execute()
    const done: string[] = []
    const late = scheduler(there, afterwards, done)
    late.start()
    await until('the publication', () => done.length > 0)
    await late.close()
    const [publication] = await listPublications(there.db, id)
    expect(publication?.deliveries.map(({ destination, status }) => [destination.format, status])).toEqual([
      ['html', 'skipped'],
      ['ninjs31', 'queued'],
    ])
  })

  it('is retried after a fault, without delaying others', async () => {
    await using there = await outbox()
    const { id: faulty } = await there.story({ article: article(), stage: 'ready' })
    const { id } = await there.story({ article: article(), stage: 'ready' })
    await plan(there, faulty)
    await there.db.updateTable('scheduled').set({ article: 'damaged' }).execute()
    await plan(there, id, {}, EVEN_LATER)
    const done: string[] = []
    const late = scheduler(there, afterwards, done)
    late.start()
    await until('the other', () => done.length > 0)
    await late.close()
    expect((await listPublications(there.db, id))[0]?.id).toBe(done[0])
    expect(await listScheduled(there.db)).toMatchObject([{ storyId: faulty, status: 'waiting' }])
  })

  it('is refused for a past time, and for a story that may not go out', async () => {
    await using there = await outbox()
    const { id } = await there.story({ article: article({ headline: [] }), stage: 'ready' })
    expect((await refusal(plan(there, id))).code).toBe('checks-failed')
    expect((await refusal(plan(there, id, {}, { ...LATER, local: '2020-01-01T10:00' }))).code).toBe('time-passed')
    expect((await refusal(plan(there, id, { embargo: LATER }, EVEN_LATER))).code).toBe('embargo-too-early')
  })
})

describe('a published story', () => {
  it('is marked as edited, until the edit is undone or published', async () => {
    await using there = await outbox()
    const readCommitted = async (id: string) => readArticle(await there.readDoc(id))
    const readModel = createReadModel({ db: there.db, readArticle: readCommitted, publish: nothingFollows })
    const changed = async (id: string) => {
      await readModel.stored(id)
      return (await findStory(there.db, id))?.changedSincePublished
    }
    const { id } = await there.story({ article: article(), stage: 'ready' })
    expect(await changed(id)).toBe(false)
    await press(there, id)
    expect(await changed(id)).toBe(false)
    await rewrite(there, id, { headline: [p('Not out yet')] })
    expect(await changed(id)).toBe(true)
    await rewrite(there, id, {})
    expect(await changed(id)).toBe(false)
    await rewrite(there, id, { headline: [p('Not out yet')] })
    await press(there, id)
    expect(await changed(id)).toBe(false)
  })

  it('is previewed in a format as it would go out, and as sent', async () => {
    await using there = await outbox()
    const id = await published(there)
    await rewrite(there, id, { headline: [p('In draft')] })
    const shown = await preview({ db: there.db, readDoc: there.readDoc, provider: 'The Test' }, id, {
      format: 'ninjs31',
    })
    expect(JSON.parse(shown.text)).toMatchObject({ version: '2', headlines: [{ value: 'In draft' }] })
    const [out] = await listPublications(there.db, id)
    const sent = await renderPublication(there.db, out?.id ?? '', 'ninjs31')
    expect(JSON.parse(sent.text)).toMatchObject({ version: '1', headlines: [{ value: 'A headline' }] })
    expect((await refusal(renderPublication(there.db, out?.id ?? '', 'morse'))).code).toBe('format-unknown')
  })

  it('is not resent to a destination it was left out of, unless asked', async () => {
    await using there = await outbox()
    const { id } = await there.story({ article: article(), stage: 'ready' })
    const [html, ninjs] = await there.db.selectFrom('destinations').select('id').orderBy('format').execute()
    const { publication } = await press(there, id, { except: [html?.id ?? ''] })
    const { publication: again } = await resend(there.db, publication.id, there.wire, undefined)
    expect(
      again.deliveries.filter(({ status }) => status === 'queued').map(({ destination }) => destination.id),
    ).toEqual([ninjs?.id, ninjs?.id])
    expect((await resend(there.db, publication.id, there.wire, [html?.id ?? ''])).publication.deliveries).toHaveLength(
      4,
    )
    const { id: other } = await there.story({ article: article(), stage: 'ready' })
    const nowhere = await press(there, other, { except: [html?.id ?? '', ninjs?.id ?? ''] })
    expect((await refusal(resend(there.db, nowhere.publication.id, there.wire, undefined))).code).toBe(
      'no-destination-left',
    )
  })

  it('is resent under new delivery ids, latest version only', async () => {
    await using there = await outbox()
    const id = await published(there)
    const [first] = await listPublications(there.db, id)
    const { publication } = await resend(there.db, first?.id ?? '', there.wire, undefined)
    expect(new Set(publication.deliveries.map((delivery) => delivery.id)).size).toBe(4)
    await rewrite(there, id, { headline: [p('Newer')] })
    await press(there, id)
    expect((await refusal(resend(there.db, first?.id ?? '', there.wire, undefined))).code).toBe('newer-version-out')
    expect((await refusal(resend(there.db, first?.id ?? '', there.reporter, undefined))).code).toBe('wire-desk-only')
  })
})
