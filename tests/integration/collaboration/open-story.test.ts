import { readArticle } from '#shared/article/read.ts'
import { plainText } from '#shared/article/text.ts'
import { addFigure, figureIds, metaShared, removeFigure } from '#shared/article/document.ts'
import { SCHEMA_VERSION } from '#shared/article/seed.ts'
import type { StorySession } from '#renderer/collaboration/story-session.ts'
import { diskError } from '#renderer/collaboration/disk-error.ts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startTestNewsroom, type TestNewsroom } from '#tests/support/newsroom.ts'
import { until } from '#tests/support/until.ts'
import { inEnglish } from '#shared/messages/english.ts'
import { message } from '#shared/messages/message.ts'
import * as people from './members.ts'
import { addParagraph, body, cut, is, newStory, ready, save, saved, type, type Member } from './members.ts'

let newsroom: TestNewsroom
const members: Member[] = []

async function member(who: people.DemoPerson): Promise<Member> {
  const joined = await people.member(newsroom, who)
  members.push(joined)
  return joined
}

const standfirst = (session: StorySession): string => plainText(readArticle(session.doc).standfirst)

beforeAll(async () => {
  newsroom = await startTestNewsroom()
})

afterEach(async () => {
  await Promise.all(members.splice(0).map((one) => one.close()))
})

afterAll(() => newsroom.close())

describe('with a connection', () => {
  it('is loading, then ready, then saved to the newsroom with the fields of a story', async () => {
    const reporter = await member('reporter')
    const session = reporter.open(await newStory(reporter))
    expect(is(session)).toMatchObject({ phase: 'loading', connection: 'connecting', complete: false })
    await saved(session)
    expect(is(session)).toMatchObject({ phase: 'ready', connection: 'online', complete: true, readOnly: null })
  })

  it('brings words to the others, and says "newsroom" only once they are acknowledged', async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const storyId = await newStory(reporter)
    const [mine, theirs] = [reporter.open(storyId), editor.open(storyId)]
    await Promise.all([saved(mine), saved(theirs)])
    type(mine, 'Minsk')
    expect(save(mine)).toBe('computer')
    await saved(mine)
    await until('the words to arrive', () => body(theirs) === 'Minsk')
    await until('the disk to know', async () => (await reporter.localStore.loadStory(storyId)).waiting.length === 0)
  })

  it('tells the shell that words would be lost, until they are on the disk', async () => {
    const reporter = await member('reporter')
    const session = reporter.open(await newStory(reporter))
    await saved(session)
    expect(reporter.unsaved()).toBe(false)
    type(session, 'M')
    expect(reporter.unsaved()).toBe(true)
    await until('the words to be on the disk', () => !reporter.unsaved())
  })

  it('shows each person in the story by name, and not after they have left', async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const storyId = await newStory(reporter)
    const [mine, theirs] = [reporter.open(storyId), editor.open(storyId)]
    const others = () =>
      [...mine.awareness.getStates().values()].map((state) => (state['user'] as { name: string }).name)
    await until('the editor to be seen', () => others().includes(editor.person.name))
    await theirs.close()
    await until('the editor to be gone', () => !others().includes(editor.person.name))
  })
})

describe('without a connection', () => {
  it('counts the changes that wait, keeps counting after a restart, and sends them', async () => {
    const reporter = await member('reporter')
    const storyId = await newStory(reporter)
    const first = reporter.open(storyId)
    await saved(first)
    reporter.setNetwork(false)
    expect(save(first)).toBe('offline 0')
    type(first, 'four')
    expect(save(first)).toBe('offline 4')
    await first.close()

    const second = reporter.open(storyId)
    await ready(second)
    expect(body(second)).toBe('four')
    await until('the attempt to fail', () => save(second) === 'offline 4')
    type(second, '!')
    expect(save(second)).toBe('offline 5')
    reporter.setNetwork(true)
    await saved(second)
    expect((await reporter.localStore.loadStory(storyId)).waiting).toEqual([])
  })

  it('says that a change is larger than the newsroom takes, and goes on once it is undone', async () => {
    const reporter = await member('reporter')
    const storyId = await newStory(reporter)
    const session = reporter.open(storyId)
    await saved(session)
    type(session, 'Minsk ')
    await saved(session)
    const before = metaShared(session.doc).get('section')
    // Nothing of it is left in the document afterwards, as after an undo.
    metaShared(session.doc).set('section', 'x'.repeat(9 * 1024 * 1024))
    await until('the reason', () => is(session).newsroomFault?.id === 'collaboration.closed.tooLarge')
    expect(save(session)).not.toBe('newsroom')
    metaShared(session.doc).set('section', before ?? 'World')
    await saved(session)
    expect(is(session).newsroomFault).toBeNull()
  })

  it('merges what two people wrote meanwhile', async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const storyId = await newStory(reporter)
    const [mine, theirs] = [reporter.open(storyId), editor.open(storyId)]
    await Promise.all([saved(mine), saved(theirs)])
    reporter.setNetwork(false)
    addParagraph(mine, 'from the reporter')
    addParagraph(theirs, 'from the editor')
    await saved(theirs)
    reporter.setNetwork(true)
    await saved(mine)
    await until('both to have both', () => body(mine) === body(theirs) && body(mine).includes('from the reporter'))
    expect(body(mine)).toContain('from the editor')
  })

  it('keeps words in the story that were typed offline into a paragraph which was cut', async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const storyId = await newStory(reporter)
    const [first, theirs] = [reporter.open(storyId), editor.open(storyId)]
    await Promise.all([saved(first), saved(theirs)])
    addParagraph(first, 'The president ')
    await until('the paragraph to arrive', () => body(theirs).includes('The president'))
    reporter.setNetwork(false)
    type(first, 'freed 52 prisoners', 'body', 1)
    await first.close()
    cut(theirs, 'body', 1)
    await saved(theirs)

    const second = reporter.open(storyId)
    await ready(second)
    reporter.setNetwork(true)
    await saved(second)
    await until('both to have the same', () => body(second) === body(theirs))
    expect(body(theirs)).toBe('freed 52 prisoners')
    expect(is(second).kept).toEqual([])
  })

  it('keeps words in the tray that were typed offline into the caption of a figure that was removed', async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const storyId = await newStory(reporter)
    const [first, theirs] = [reporter.open(storyId), editor.open(storyId)]
    await Promise.all([saved(first), saved(theirs)])
    addFigure(first.doc, { id: 'one', picture: null })
    await until('the figure to arrive', () => figureIds(theirs.doc).includes('one'))
    reporter.setNetwork(false)
    type(first, 'The salt pans', 'caption:one')
    await first.close()
    removeFigure(theirs.doc, 'one')
    await saved(theirs)

    const second = reporter.open(storyId)
    await ready(second)
    reporter.setNetwork(true)
    await saved(second)
    const inTray = { why: 'figure', field: 'caption:one', text: 'The salt pans', words: 3 }
    expect(is(second).kept).toMatchObject([inTray])
    await second.close()

    const third = reporter.open(storyId)
    await ready(third)
    expect(is(third).kept).toMatchObject([inTray])
    await third.dismissKept(is(third).kept[0]?.id ?? '')
    expect(is(third).kept).toEqual([])
    expect((await reporter.localStore.loadStory(storyId)).kept).toEqual([])
  })

  it('opens a story that was made offline, and sends it with its words', async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const [desk] = await reporter.api.desks()
    reporter.setNetwork(false)
    const { id } = await reporter.outbox.createStory({ slug: 'made-offline', deskId: desk?.id ?? '', language: 'el' })
    const mine = reporter.open(id)
    await until('the attempt to fail', () => is(mine).connection === 'offline')
    expect(is(mine)).toMatchObject({ phase: 'ready', complete: true })
    type(mine, 'Καλημέρα')
    expect(save(mine)).toBe('offline 8')
    reporter.setNetwork(true)
    await saved(mine)
    const theirs = editor.open(id)
    await until('the words to arrive', () => body(theirs) === 'Καλημέρα')
    expect(await editor.api.story(id)).toMatchObject({ slug: 'made-offline', language: 'el' })
  })

  it('says that a story which never was on this computer is not complete', async () => {
    const reporter = await member('reporter')
    const storyId = await newStory(reporter)
    reporter.setNetwork(false)
    const session = reporter.open(storyId)
    await until('the attempt to fail', () => is(session).connection === 'offline')
    expect(is(session)).toMatchObject({ phase: 'ready', complete: false })
  })
})

describe('an input method that composes', () => {
  it('holds back what arrives, and neither what is typed nor who is here', async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const storyId = await newStory(reporter)
    const [mine, theirs] = [reporter.open(storyId), editor.open(storyId)]
    await Promise.all([saved(mine), saved(theirs)])
    const release = mine.holdArrivals()
    type(theirs, 'Theirs.', 'standfirst')
    await saved(theirs)
    theirs.awareness.setLocalStateField('field', 'standfirst')
    await until('the editor to be seen there', () =>
      [...mine.awareness.getStates().values()].some(({ field }) => field === 'standfirst'),
    )
    type(mine, 'Mine.')
    await saved(mine)
    await until('my words to arrive', () => body(theirs) === 'Mine.')
    expect(standfirst(mine)).toBe('')
    release()
    expect(standfirst(mine)).toBe('Theirs.')
  })

  it('is synced once it lets the answer of the relay through', async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const storyId = await newStory(reporter)
    const theirs = editor.open(storyId)
    await saved(theirs)
    type(theirs, 'Theirs.', 'standfirst')
    await saved(theirs)
    const mine = reporter.open(storyId)
    const release = mine.holdArrivals()
    await until('the relay to know of me', () => theirs.awareness.getStates().size === 2)
    // An empty document has been sent and acknowledged, and the relay's answer is here.
    expect(is(mine)).toMatchObject({ complete: false, connection: 'connecting' })
    release()
    await saved(mine)
    expect(standfirst(mine)).toBe('Theirs.')
  })

  it('loses nothing when the connection is lost meanwhile', async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const storyId = await newStory(reporter)
    const [mine, theirs] = [reporter.open(storyId), editor.open(storyId)]
    await Promise.all([saved(mine), saved(theirs)])
    const release = mine.holdArrivals()
    type(theirs, 'Theirs.', 'standfirst')
    await saved(theirs)
    reporter.setNetwork(false)
    type(mine, 'Mine.')
    release()
    expect([standfirst(mine), save(mine)]).toEqual(['', 'offline 5'])
    reporter.setNetwork(true)
    await saved(mine)
    await until('both to have both', () => standfirst(mine) === 'Theirs.' && body(theirs) === 'Mine.')
  })
})

describe('a relay that is killed', () => {
  it('loses nothing that was typed before, while or after', async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const storyId = await newStory(reporter)
    const [mine, theirs] = [reporter.open(storyId), editor.open(storyId)]
    await Promise.all([saved(mine), saved(theirs)])
    type(mine, 'one ')
    await newsroom.kill()
    type(mine, 'two ')
    await until('the loss to be noticed', () => is(mine).connection === 'offline')
    type(mine, 'three')
    expect(save(mine)).toMatch(/^offline [1-9]/)
    await newsroom.restart()
    for (const one of [reporter, editor]) one.setNetwork(true)
    await saved(mine)
    await until('the words to arrive', () => body(theirs) === 'one two three')
  })

  it('is joined again with a fresh ticket, however often', async () => {
    const reporter = await member('reporter')
    const session = reporter.open(await newStory(reporter))
    await saved(session)
    for (const word of ['a', 'b']) {
      await newsroom.stop()
      await until('the loss to be noticed', () => is(session).connection === 'offline')
      type(session, word)
      await newsroom.restart()
      reporter.setNetwork(true)
      await saved(session)
    }
    expect(body(session)).toBe('ab')
  })
})

describe('what the newsroom does not allow', () => {
  it('is a sentence when there is no such story', async () => {
    const reporter = await member('reporter')
    const session = reporter.open(crypto.randomUUID())
    await until('the refusal', () => is(session).phase === 'refused')
    expect(is(session).refusal).toEqual(message('collaboration.no-such-story'))
  })

  it('waits while nobody is signed in, and goes on once somebody is', async () => {
    const reporter = await member('reporter')
    const storyId = await newStory(reporter)
    const session = reporter.open(storyId)
    await saved(session)
    let asked = 0
    reporter.api.onSignedOut(() => asked++)
    await reporter.api.signOut()
    await until('the loss to be noticed', () => is(session).connection === 'offline')
    type(session, 'kept')
    await until('to be asked to sign in', () => asked > 0)
    expect(save(session)).toBe('offline 4')
    await reporter.signIn()
    await saved(session)
  })

  it('lets a reporter put captions right to the last, and nothing else [R29]', async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const storyId = await newStory(reporter)
    const session = reporter.open(storyId)
    await saved(session)
    addFigure(session.doc, { id: 'one', picture: null })
    type(session, 'Minsk')
    await saved(session)
    await editor.api.moveStory(storyId, 'ready')
    await until('the captions alone to be writable', () => is(session).writable.join() === 'caption,credit')
    expect(inEnglish.say(is(session).readOnly ?? { text: '' })).toBe(
      'At this stage you can still edit captions and credits.',
    )
    type(session, 'A pan', 'caption:one')
    await saved(session)
    const theirs = editor.open(storyId)
    await saved(theirs)
    expect(plainText(readArticle(theirs.doc).figures[0]?.caption ?? [])).toBe('A pan')
  })

  it('is read-only in every part while words wait that may not be sent', async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const storyId = await newStory(reporter)
    const session = reporter.open(storyId)
    await saved(session)
    reporter.setNetwork(false)
    type(session, 'Minsk')
    await editor.api.moveStory(storyId, 'ready')
    reporter.setNetwork(true)
    await until('the page to be read-only', () => is(session).readOnly !== null && is(session).connection === 'online')
    expect(is(session).writable).toEqual([])
    expect(is(session).readOnly).toEqual(message('collaboration.read-only-unsent', { count: 5 }))
    await editor.api.moveStory(storyId, 'return')
    await saved(session)
  })

  it('makes the page read-only as the story moves on, and writable as it comes back', async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const storyId = await newStory(reporter)
    const session = reporter.open(storyId)
    await saved(session)
    await editor.api.moveStory(storyId, 'ready')
    await until('the page to be read-only', () => is(session).readOnly !== null)
    expect(is(session)).toMatchObject({ connection: 'online', kept: [] })
    expect(save(session)).toBe('newsroom')
    await editor.api.moveStory(storyId, 'return')
    await until('the page to be writable', () => is(session).readOnly === null)
    type(session, 'again')
    await saved(session)
  })

  it('keeps words that came too late, offers them in the tray, and sends them when it may after all', async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const storyId = await newStory(reporter)
    const [first, theirs] = [reporter.open(storyId), editor.open(storyId)]
    await Promise.all([saved(first), saved(theirs)])
    reporter.setNetwork(false)
    type(first, 'too late')
    await first.close()
    await editor.api.moveStory(storyId, 'ready')

    const second = reporter.open(storyId)
    await ready(second)
    reporter.setNetwork(true)
    await until('the page to be read-only', () => is(second).readOnly !== null && is(second).connection === 'online')
    expect(is(second).readOnly).toEqual(message('collaboration.read-only-unsent', { count: 8 }))
    expect(is(second).kept).toMatchObject([{ why: 'unsent', field: 'body', text: 'too late', words: 2 }])
    expect(save(second)).toBe('computer')
    expect(body(second)).toBe('too late')
    expect(body(theirs)).toBe('')
    await second.close()

    const third = reporter.open(storyId)
    await until('the tray', () => is(third).kept.length === 1)
    await until('the connection', () => is(third).connection === 'online')
    await editor.api.moveStory(storyId, 'return')
    await saved(third)
    await until('the words to arrive', () => body(theirs) === 'too late')
    await until('the tray to be empty', () => is(third).kept.length === 0)
    await until('the tray to be empty on the disk', async () => {
      return (await reporter.localStore.loadStory(storyId)).kept.length === 0
    })
  })

  it('shows nothing of a story that an older newsroom has not converted, and keeps none of it', async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const storyId = await newStory(reporter)
    const theirs = editor.open(storyId)
    await saved(theirs)
    metaShared(theirs.doc).set('schemaVersion', SCHEMA_VERSION - 1)
    const mine = reporter.open(storyId)
    await until('the refusal', () => is(mine).phase === 'refused')
    expect(is(mine).refusal).toEqual(message('collaboration.older-newsroom'))
    await mine.close()
    expect((await reporter.localStore.loadStory(storyId)).updates).toEqual([])
  })

  it('keeps a story of a newer Galley as it is', async () => {
    const [reporter, editor] = [await member('reporter'), await member('editor')]
    const storyId = await newStory(reporter)
    const [mine, theirs] = [reporter.open(storyId), editor.open(storyId)]
    await Promise.all([saved(mine), saved(theirs)])
    metaShared(theirs.doc).set('schemaVersion', SCHEMA_VERSION + 1)
    await until('the page to be read-only', () => is(mine).readOnly?.id === 'collaboration.newer-version')
    type(mine, 'an older Galley')
    expect(is(mine).kept).toMatchObject([{ text: 'an older Galley' }])
    await until('the newer one to say so too', () => is(theirs).readOnly !== null)
    // Neither has sent anything since.
    const third = (await member('wire')).open(storyId)
    await saved(third)
    expect(body(third)).toBe('')
  })
})

describe('a disk that fails', () => {
  it('is said in a sentence, and words are safe once the newsroom has them', async () => {
    const reporter = await member('reporter')
    const storyId = await newStory(reporter)
    let full = false
    const session = reporter.open(storyId, {
      ...reporter.localStore,
      writeStory: (id, write) =>
        full
          ? Promise.reject(diskError(new DOMException('', 'QuotaExceededError')))
          : reporter.localStore.writeStory(id, write),
    })
    await saved(session)
    full = true
    reporter.setNetwork(false)
    type(session, 'precious')
    await until('the fault', () => JSON.stringify(is(session).diskFault).includes('collaboration.disk.full'))
    expect(reporter.unsaved()).toBe(true)
    // Closing waits until the words are somewhere.
    let closed = false
    void session.close().then(() => (closed = true))
    reporter.setNetwork(true)
    await until('the story to be closed', () => closed)
    expect(reporter.unsaved()).toBe(false)
    const again = reporter.open(storyId)
    await saved(again)
    expect(body(again)).toBe('precious')
  })

  it('is tried again', async () => {
    const reporter = await member('reporter')
    const storyId = await newStory(reporter)
    let failures = 2
    const session = reporter.open(storyId, {
      ...reporter.localStore,
      writeStory: (id, write) =>
        failures-- > 0
          ? Promise.reject(diskError(new DOMException('', 'UnknownError')))
          : reporter.localStore.writeStory(id, write),
    })
    await until('the fault', () => is(session).diskFault !== null)
    await until('the fault to be over', () => is(session).diskFault === null)
    await saved(session)
  })
})
