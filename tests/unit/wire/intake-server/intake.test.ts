/** Incoming documents, from their arrival to a story. */
import { randomUUID } from 'node:crypto'
import { appendFile, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import * as Y from 'yjs'
import { describe, expect, it, vi } from 'vitest'
import { readArticle } from '#shared/article/read.ts'
import { plainText } from '#shared/article/text.ts'
import type { IntakeItem } from '#shared/protocol/http.ts'
import { slugFor } from '#server/wire/intake/item-changes.ts'
import { createDocumentReader } from '#server/wire/intake/document-reader.ts'
import { fillSummaries } from '#server/wire/intake/fill-summaries.ts'
import { createIntake } from '#server/wire/intake/intake.ts'
import { getIntakeDetail, listIntake, readIntakeItems } from '#server/wire/intake/intake-items.ts'
import { MOST_ITEMS } from '#server/wire/intake/read-arrival.ts'
import { LARGEST_FILE } from '#server/wire/intake/read-document.ts'
import { readAgain, receive } from '#server/wire/intake/receive.ts'
import { createFolders } from '#server/wire/folders.ts'
import { createSecrets } from '#server/wire/secrets.ts'
import { findEndpoint, listSources, newToken, removeSource } from '#server/wire/intake/sources.ts'
import { setLanguage } from '#server/settings.ts'
import { discardItem, takeItem } from '#server/wire/intake/take.ts'
import { watchFolder } from '#server/wire/intake/watch-folder.ts'
import { receiver } from '../destinations/receiver.ts'
import { type Outbox, outbox } from '../outbox.ts'

const ninjs = (changes: object = {}) =>
  JSON.stringify({
    standard: { name: 'ninjs', version: '3.1' },
    uri: 'urn:agency:1',
    version: '1',
    language: 'en',
    headlines: [{ role: 'main', value: 'Ferries stop for a day' }],
    by: 'Vasily Fedosenko',
    bodies: [{ role: 'main', contentType: 'text/plain', value: 'The crews went home.\n\nNobody said why.' }],
    ...changes,
  })
const rss = (...titles: string[]) =>
  `<rss version="2.0"><channel><title>Agency</title>${titles
    .map(
      (title, index) => `<item><title>${title}</title><guid>item-${index}</guid><description>Copy</description></item>`,
    )
    .join('')}</channel></rss>`

async function newsroom() {
  const there = await outbox()
  const arrived: string[] = []
  const secrets = createSecrets(there.folder, 'a-key-of-at-least-thirty-two-characters')
  const announced: unknown[] = []
  const intake = createIntake({
    store: there.store,
    reader: there.reader,
    secrets,
    folders: createFolders({ roots: [join(there.folder, 'intake')], data: there.folder, own: 'intake' }),
    allowPrivate: true,
    log: pino({ level: 'silent' }),
    publish: (events) => {
      for (const event of events) if (event.type === 'intake-received') arrived.push(...event.itemIds)
      announced.push(...events)
      return Promise.resolve()
    },
  })
  const paste = async (text: string) => intake.receive({ sourceId: null, bytes: Buffer.from(text) })
  return {
    ...there,
    intake,
    arrived,
    announced,
    paste,
    source: async (kind: 'folder' | 'http' | 'feed', settings: object) => {
      const id = randomUUID()
      const request = { name: kind, kind, deskId: there.deskId, paused: false, settings } as never
      await intake.put(id, request, there.wire)
      return id
    },
    fault: async () => (await listSources(there.db))[0]?.fault,
    async [Symbol.asyncDispose]() {
      await intake.close()
      await there[Symbol.asyncDispose]()
    },
  }
}
const refusal = (refused: Promise<unknown>): Promise<string> =>
  refused.then(
    () => 'taken',
    (error: unknown) => (error as { code: string }).code,
  )
const list = (there: Outbox, status?: IntakeItem['status'][]) =>
  listIntake(there.db, { limit: 100, ...(status === undefined ? {} : { status }) })

describe('an incoming document', () => {
  it('is read into items, each with an event [I1]', async () => {
    await using there = await newsroom()
    const { items, duplicates } = await there.paste(ninjs())
    expect([items, duplicates]).toMatchObject([
      [
        {
          status: 'new',
          format: 'ninjs',
          uri: 'urn:agency:1',
          version: 1,
          headline: 'Ferries stop for a day',
          words: 7,
        },
      ],
      0,
    ])
    expect(there.arrived).toEqual(items.map(({ id }) => id))
    const detail = await getIntakeDetail(there.db, items[0]?.id ?? '')
    expect(detail).toMatchObject({
      byline: 'Vasily Fedosenko',
      paragraphs: ['The crews went home.', 'Nobody said why.'],
    })
  })

  it('has its section when copied from a page', async () => {
    await using there = await newsroom()
    const { items } = await there.paste(
      'Amery Courier\nHarbour\n\nFerries stop for a day\n\nBy Nora Lindqvist\n\nThe crews went home on Friday, and nobody said why.\n',
    )
    expect(await getIntakeDetail(there.db, items[0]?.id ?? '')).toMatchObject({ section: 'Harbour' })
  })

  it('is stored once, however often it arrives [I2]', async () => {
    await using there = await newsroom()
    await there.paste(ninjs())
    expect(await there.paste(ninjs())).toEqual({ items: [], duplicates: 1 })
    const both = await Promise.all([there.paste(rss('A', 'B')), there.paste(rss('A', 'B'))])
    expect(both.map(({ items }) => items.length).sort()).toEqual([0, 2])
    expect((await list(there)).items).toHaveLength(3)
  })

  it('names the item it updates, and is set aside if older than the known version [I2]', async () => {
    await using there = await newsroom()
    const [first] = (await there.paste(ninjs())).items
    const [third] = (await there.paste(ninjs({ version: '3' }))).items
    expect(third).toMatchObject({ version: 3, updates: first?.id })
    expect((await there.paste(ninjs({ version: '2' }))).items).toMatchObject([
      { status: 'discarded', reason: 'Version 3 of it is here already.' },
    ])
    const [same] = (await there.paste(ninjs({ version: '3', by: 'Somebody else' }))).items
    expect(same).toMatchObject({ status: 'new', updates: third?.id })
  })

  it('is compared by time if it has no version [I2]', async () => {
    await using there = await newsroom()
    const at = (time: string) => ninjs({ version: undefined, versioncreated: `2026-11-22T${time}:00Z` })
    await there.paste(at('20:00'))
    expect((await there.paste(at('19:00'))).items).toMatchObject([
      { status: 'discarded', reason: 'A later one of it is here already.' },
    ])
    expect((await there.paste(at('21:00'))).items).toMatchObject([{ status: 'new' }])
  })

  it('is never too old to kill, and later versions of a killed item are set aside [I2]', async () => {
    await using there = await newsroom()
    const [third] = (await there.paste(ninjs({ version: '3' }))).items
    const [kill] = (await there.paste(ninjs({ version: '2', pubstatus: 'canceled' }))).items
    expect(kill).toMatchObject({ status: 'new', kind: 'kill', updates: third?.id })
    expect((await there.paste(ninjs({ version: '4' }))).items).toMatchObject([
      { status: 'discarded', reason: 'Its sender has killed it: it must not be used.', updates: kill?.id },
    ])
  })

  it('is told apart by name when too large to be stored', async () => {
    await using there = await newsroom()
    const drop = async (fileName: string) => {
      const { items } = await there.intake.receive({
        sourceId: null,
        bytes: new Uint8Array(LARGEST_FILE + 1),
        fileName,
      })
      return items.map(({ status }) => status)
    }
    expect([await drop('a.txt'), await drop('a.txt'), await drop('b.txt')]).toEqual([
      ['quarantined'],
      [],
      ['quarantined'],
    ])
  })

  it('is stored a few items at a time, and announced once', async () => {
    await using there = await newsroom()
    const transactions = vi.spyOn(there.db, 'transaction')
    const announced = there.announced
    const { items } = await there.paste(rss(...Array.from({ length: MOST_ITEMS }, (_, index) => `Headline ${index}`)))
    expect(items).toHaveLength(MOST_ITEMS)
    // What people write is committed between two transactions.
    expect(transactions).toHaveBeenCalledTimes(MOST_ITEMS / 20)
    expect(announced).toHaveLength(1)
    expect(await there.db.selectFrom('intake_documents').select('id').execute()).toHaveLength(1)
  })

  it('is quarantined as a whole when it has more items than a document may have', async () => {
    await using there = await newsroom()
    const titles = Array.from({ length: MOST_ITEMS + 1 }, (_, index) => `Headline ${index}`)
    expect((await there.paste(rss(...titles))).items).toMatchObject([
      { status: 'quarantined', reason: expect.stringContaining('501 items') as string },
    ])
  })

  it.each([
    ['is longer than any story', rss('A'.repeat(1_000_001))],
    ['an id of more than 2,000 characters', ninjs({ uri: `urn:${'a'.repeat(2_000)}` })],
  ])('is quarantined when an item %s', async (reason, text) => {
    await using there = await newsroom()
    expect((await there.paste(text)).items).toMatchObject([
      { status: 'quarantined', reason: expect.stringContaining(reason) as string },
    ])
  })

  it('is quarantined when reading it takes too long', async () => {
    await using there = await outbox()
    const reader = createDocumentReader({ timeMs: 0 })
    const { receipt } = await receive(there.db, reader, { sourceId: null, bytes: Buffer.from(ninjs()) })
    expect(receipt.items).toMatchObject([
      { status: 'quarantined', reason: expect.stringContaining('more than 20 seconds') as string },
    ])
    await reader.close()
  })

  it('is listed by its summary, which older items get when the server starts', async () => {
    await using there = await newsroom()
    const [item] = (await there.paste(ninjs())).items
    await there.db.updateTable('intake').set({ summary: null }).execute()
    await fillSummaries(there.store)
    expect((await list(there)).items).toEqual([item])
  })

  it('is quarantined, byte for byte and with the reason, when unreadable [I1]', async () => {
    await using there = await newsroom()
    const broken = ninjs().slice(0, -20)
    const [item] = (await there.paste(broken)).items
    expect(item).toMatchObject({ status: 'quarantined', format: null })
    expect(item?.reason).not.toBe('')
    const { bytes } = await there.db.selectFrom('intake_documents').select('bytes').executeTakeFirstOrThrow()
    expect(Buffer.from(bytes).toString()).toBe(broken)
    expect((await getIntakeDetail(there.db, item?.id ?? '')).faults).not.toEqual([])
    expect((await list(there)).counts).toEqual({ new: 0, quarantined: 1 })
    expect(await refusal(takeItem(there, item?.id ?? '', { storyId: randomUUID() }, there.wire))).toBe(
      'intake-item-quarantined',
    )
    await there.db
      .updateTable('intake_documents')
      .set({ bytes: Buffer.from(rss('A', 'B')) })
      .execute()
    expect(await readAgain(there.db, there.reader, item?.id ?? '', there.wire)).toMatchObject({
      items: [{ id: item?.id, status: 'new' }, { status: 'new' }],
      events: [{ itemIds: [item?.id, expect.any(String)], by: there.wire.id }],
    })
  })
})

describe('an item', () => {
  it('becomes one story, with its text, owned by the person who takes it [I3]', async () => {
    await using there = await newsroom()
    const [item] = (await there.paste(ninjs())).items
    const id = item?.id ?? ''
    const storyId = randomUUID()
    const { story, created } = await takeItem(there, id, { storyId }, there.wire)
    expect([story, created]).toMatchObject([{ id: storyId, createdBy: { id: there.wire.id }, stage: 'draft' }, true])
    const doc = await there.readDoc(storyId)
    expect(plainText(readArticle(doc).body)).toBe('The crews went home.\nNobody said why.')
    const clients = await there.db.selectFrom('clients').selectAll().where('story_id', '=', storyId).execute()
    const wrote = [...Y.decodeStateVector(Y.encodeStateVector(doc)).keys()].filter((client) => client !== 0)
    expect(wrote).toEqual(expect.arrayContaining(clients.map(({ client }) => client)))
    expect(clients.every(({ person_id }) => person_id === there.wire.id)).toBe(true)
    const again = await takeItem(there, id, { storyId: randomUUID() }, there.editor)
    expect([again.story.id, again.created]).toEqual([storyId, false])
    const [update] = (await there.paste(ninjs({ version: '2' }))).items
    expect(update?.storyId).toBe(storyId)
  })

  it('is taken completely after a crash halfway [I3]', async () => {
    await using there = await newsroom()
    const [item] = (await there.paste(ninjs())).items
    const storyId = randomUUID()
    await there.db.updateTable('intake').set({ status: 'taken', story_id: storyId, person_id: there.wire.id }).execute()
    const { story } = await takeItem(there, item?.id ?? '', { storyId: randomUUID() }, there.wire)
    expect(story.id).toBe(storyId)
    expect(plainText(readArticle(await there.readDoc(storyId)).headline)).toBe('Ferries stop for a day')
  })

  it('without a language becomes a story in the newsroom’s language [H11]', async () => {
    await using there = await newsroom()
    await setLanguage(there.db, 'el')
    const storyOf = async (text: string) => {
      const [item] = (await there.paste(text)).items
      return (await takeItem(there, item?.id ?? '', { storyId: randomUUID() }, there.wire)).story
    }
    expect((await storyOf('A headline\n\nA paragraph of some words.')).language).toBe('el')
    expect((await storyOf(ninjs())).language).toBe('en')
  })

  it('may refer to anything, and nothing is fetched [I4]', async () => {
    await using there = await newsroom()
    await using elsewhere = await receiver((response) => response.end('a picture'))
    const { url } = elsewhere
    const rendition = { name: 'main', href: `${url}/rendition.jpg`, contentType: 'image/jpeg' }
    const documents = [
      ninjs({
        bodies: [{ role: 'main', contentType: 'text/html', value: `<p>Words</p><img src="${url}/inline.jpg">` }],
        associations: [{ name: 'main', type: 'picture', uri: `${url}/uri`, renditions: [rendition] }],
      }),
      `<!DOCTYPE rss SYSTEM "${url}/rss.dtd">` +
        rss('A').replace('</description>', `</description><enclosure url="${url}/a.jpg" type="image/jpeg"/>`),
    ]
    for (const document of documents) {
      for (const { id } of (await there.paste(document)).items) {
        await getIntakeDetail(there.db, id)
        await refusal(takeItem(there, id, { storyId: randomUUID() }, there.wire))
      }
    }
    expect(there.arrived.length).toBeGreaterThanOrEqual(documents.length)
    expect(elsewhere.got).toEqual([])
  })

  it('can be set aside, and taken later', async () => {
    await using there = await newsroom()
    const [item] = (await there.paste(ninjs())).items
    expect(await discardItem(there.store, item?.id ?? '', there.editor, 'Old')).toMatchObject({
      item: { status: 'discarded', reason: 'Old' },
    })
    await takeItem(there, item?.id ?? '', { storyId: randomUUID() }, there.wire)
    expect(await refusal(discardItem(there.store, item?.id ?? '', there.editor, undefined))).toBe('intake-item-used')
  })

  it('always has a slug', () => {
    expect(slugFor({ headline: 'Ferries stop: for a day!' })).toBe('ferries-stop-for-a')
    expect(slugFor({ headline: '', slug: ' FERRY\nSTRIKE ' })).toBe('FERRY STRIKE')
    expect(slugFor({ headline: '…' })).toBe('intake')
    expect(slugFor({ headline: '', slug: '😀'.repeat(60) }).length).toBeLessThanOrEqual(80)
  })
})

describe('a watched folder', () => {
  it('leaves a file that is still being written, and reads it when complete', async () => {
    await using there = await newsroom()
    const folder = join(there.folder, 'slow')
    await mkdir(folder)
    await writeFile(join(folder, 'one.txt'), 'half')
    const received: string[] = []
    const watch = watchFolder(folder, async ({ bytes }) => {
      received.push(Buffer.from(bytes).toString())
      if (received.length === 1) await appendFile(join(folder, 'one.txt'), ' and half')
    })
    for (let looks = 0; looks < 4; looks++) await watch.look()
    expect(received).toEqual(['half', 'half and half'])
    expect(await readdir(join(folder, 'done'))).toEqual(['one.txt'])
  })

  it('is read when its files have stopped growing, and moves them away', async () => {
    await using there = await newsroom()
    const folder = join(there.folder, 'intake', 'agency')
    await mkdir(folder, { recursive: true })
    await there.source('folder', { folder })
    await writeFile(join(folder, 'one.json'), ninjs().slice(0, 50))
    await writeFile(join(folder, 'two.json.part'), 'not yet')
    await there.intake.look()
    await writeFile(join(folder, 'one.json'), ninjs())
    await there.intake.look()
    expect(there.arrived).toEqual([])
    await there.intake.look()
    expect(await readIntakeItems(there.db, there.arrived)).toMatchObject([
      { fileName: 'one.json', headline: 'Ferries stop for a day', source: { name: 'folder' } },
    ])
    expect((await readdir(folder)).sort()).toEqual(['done', 'two.json.part'])
    await writeFile(join(folder, 'one.json'), ninjs({ version: '2' }))
    await there.intake.look()
    await there.intake.look()
    expect(there.arrived).toHaveLength(2)
    expect(await readdir(join(folder, 'done'))).toHaveLength(2)
  })

  it('is refused outside of the folders that the operator allows, and never read there', async () => {
    await using there = await newsroom()
    const request = (folder: string) =>
      ({ name: 'f', kind: 'folder', deskId: there.deskId, paused: false, settings: { folder } }) as const
    for (const folder of ['/etc', there.folder, join(there.folder, 'media'), join(there.folder, 'intake', '..')])
      expect(await refusal(there.intake.put(randomUUID(), request(folder), there.wire))).toBe('folder-not-allowed')
    // A link in an allowed folder, which no name gives away.
    await mkdir(join(there.folder, 'intake'), { recursive: true })
    await symlink(there.folder, join(there.folder, 'intake', 'link'))
    await there.source('folder', { folder: join(there.folder, 'intake', 'link') })
    const before = (await readdir(there.folder)).sort()
    for (let looks = 0; looks < 3; looks++) await there.intake.look()
    expect(await there.fault()).toContain('may not use the folder')
    expect([there.arrived, (await readdir(there.folder)).sort()]).toEqual([[], before])
  })

  it('does not follow links among its files, nor one in the place of done', async () => {
    await using there = await newsroom()
    const folder = join(there.folder, 'intake')
    await mkdir(folder, { recursive: true })
    await writeFile(join(there.folder, 'outside.txt'), 'outside')
    await symlink(join(there.folder, 'outside.txt'), join(folder, 'link.txt'))
    await there.source('folder', { folder })
    for (let looks = 0; looks < 3; looks++) await there.intake.look()
    expect(there.arrived).toEqual([])
    await symlink(there.folder, join(folder, 'done'))
    await writeFile(join(folder, 'one.json'), ninjs())
    for (let looks = 0; looks < 3; looks++) await there.intake.look()
    expect(await there.fault()).toContain('Give it the right to')
    expect(await readdir(there.folder)).not.toContain('one.json')
    await rm(join(folder, 'done'))
    await there.intake.look()
    expect([await there.fault(), await readdir(join(folder, 'done'))]).toEqual([null, ['one.json']])
    expect(there.arrived).toHaveLength(1)
  })

  it('reports that it is missing, until it is there', async () => {
    await using there = await newsroom()
    const folder = join(there.folder, 'intake', 'away')
    await there.source('folder', { folder })
    await there.intake.look()
    expect(await there.fault()).toContain('is not there. Make it')
    await mkdir(folder, { recursive: true })
    await there.intake.look()
    expect(await there.fault()).toBeNull()
  })
})

describe('a feed', () => {
  it('is polled for changes, with its last validators', async () => {
    await using there = await newsroom()
    let titles = ['A']
    await using agency = await receiver((response, { headers }) => {
      const etag = `"${titles.length}"`
      if (headers['if-none-match'] === etag) response.writeHead(304).end()
      else response.writeHead(200, { etag, 'last-modified': 'Sun, 22 Nov 2026 10:00:00 GMT' }).end(rss(...titles))
    })
    await there.source('feed', { url: agency.url, everyMinutes: 5, allowPrivate: true })
    const due = () => there.db.updateTable('intake_sources').set({ next_poll_at: 0 }).execute()
    await there.intake.look()
    await there.intake.look()
    expect([agency.got.length, there.arrived.length]).toEqual([1, 1])
    await due()
    await there.intake.look()
    expect(agency.got[1]?.headers).toMatchObject({
      'if-none-match': '"1"',
      'if-modified-since': 'Sun, 22 Nov 2026 10:00:00 GMT',
    })
    titles = ['A', 'B']
    await due()
    await there.intake.look()
    const arrived = await readIntakeItems(there.db, there.arrived)
    expect(arrived.map(({ headline }) => headline)).toEqual(['A', 'B'])
  })

  it('follows a few redirects, but not into a private network unless allowed [I4]', async () => {
    await using there = await newsroom()
    await using agency = await receiver((response, { url }) => {
      if (url === '/feed') response.end(rss('A'))
      else response.writeHead(301, { location: url === '/round' ? '/round' : '/feed' }).end()
    })
    const id = await there.source('feed', { url: `${agency.url}/old`, everyMinutes: 5, allowPrivate: true })
    await there.intake.look()
    expect(there.arrived).toHaveLength(1)
    await removeSource(there.db, id, there.wire)
    const round = await there.source('feed', { url: `${agency.url}/round`, everyMinutes: 5, allowPrivate: true })
    await there.intake.look()
    expect(await there.fault()).toContain('points on and on')
    await removeSource(there.db, round, there.wire)
    const asked = agency.got.length
    await there.source('feed', { url: `${agency.url}/feed`, everyMinutes: 5, allowPrivate: false })
    await there.intake.look()
    expect(await there.fault()).toContain('internal network')
    expect(agency.got).toHaveLength(asked)
  })
})

describe('a source', () => {
  it('can be set up by the wire desk only', async () => {
    await using there = await newsroom()
    const request = { name: 'Agency', kind: 'http', deskId: there.deskId, paused: false, settings: {} } as const
    expect(await refusal(there.intake.put(randomUUID(), request, there.reporter))).toBe('wire-desk-only')
    const nowhere = { ...request, deskId: randomUUID() }
    expect(await refusal(there.intake.put(randomUUID(), nowhere, there.wire))).toBe('desk-not-found')
  })

  it('over HTTP has a token, and only the latest one works', async () => {
    await using there = await newsroom()
    const id = await there.source('http', {})
    const first = await newToken(there.db, id, there.wire)
    expect(await findEndpoint(there.db, id, first)).not.toBeNull()
    const second = await newToken(there.db, id, there.wire)
    expect(await findEndpoint(there.db, id, first)).toBeNull()
    expect(await findEndpoint(there.db, id, second)).not.toBeNull()
    await removeSource(there.db, id, there.wire)
    expect(await findEndpoint(there.db, id, second)).toBeNull()
  })
})
