/** People with a computer each, as the tests of `renderer/collaboration` meet them. */
import 'fake-indexeddb/auto'
import type * as Y from 'yjs'
import { fieldText } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { createSeparator, PLAIN, readRuns } from '#shared/article/flat-text.ts'
import { plainText } from '#shared/article/text.ts'
import { readArticle } from '#shared/article/read.ts'
import { DEMO_PASSWORD } from '#shared/protocol/http.ts'
import type { Person } from '#shared/story/story.ts'
import { createApi, type Api } from '#renderer/api/client.ts'
import { openLocalStore, type LocalStore } from '#renderer/collaboration/local-store.ts'
import { openStory } from '#renderer/collaboration/open-story.ts'
import { createOutbox, type Outbox } from '#renderer/collaboration/outbox.ts'
import type { StorySession, StorySessionState } from '#renderer/collaboration/story-session.ts'
import { createUnsavedWords } from '#renderer/collaboration/unsaved.ts'
import type { TestNewsroom } from '#tests/support/newsroom.ts'
import { until } from '#tests/support/until.ts'

/** Somebody at their computer. What is on its disk stays there when a story is closed and opened again. */
export interface Member {
  person: Person
  api: Api
  localStore: LocalStore
  outbox: Outbox
  /** The network of this computer: `online` and `offline` events, as a browser's window has them. */
  events: EventTarget
  /** What the shell was told last: whether closing now could lose words. */
  unsaved(): boolean
  /** Signs in again, after the session was ended. */
  signIn(): Promise<void>
  /** No request and no new socket gets through until it is called with true. */
  setNetwork(up: boolean): void
  /** Opens a story; with another disk than this computer's when one is given. */
  open(storyId: string, disk?: LocalStore): StorySession
  close(): Promise<void>
}

export type DemoPerson = 'reporter' | 'editor' | 'wire'

export async function member(newsroom: Pick<TestNewsroom, 'address'>, who: DemoPerson): Promise<Member> {
  let token: string | null = null
  let network = true
  const fetch: typeof globalThis.fetch = (...request) =>
    network ? globalThis.fetch(...request) : Promise.reject(new TypeError('Failed to fetch'))
  const api = createApi({ server: newsroom.address, token: () => token, fetch })
  const signIn = async (): Promise<Person> => {
    const answer = await api.signIn(`${who}@demo.example`, DEMO_PASSWORD)
    token = answer.token
    return answer.person
  }
  const person = await signIn()
  const localStore = openLocalStore({ newsroomId: crypto.randomUUID(), personId: person.id })
  const events = new EventTarget()
  const outbox = createOutbox({ api, localStore, person, events })
  let unsavedNow = false
  const unsaved = createUnsavedWords((now) => (unsavedNow = now))
  const sessions = new Set<StorySession>()
  return {
    person,
    api,
    localStore,
    outbox,
    events,
    unsaved: () => unsavedNow,
    async signIn() {
      await signIn()
    },
    setNetwork(up) {
      network = up
      events.dispatchEvent(new Event(up ? 'online' : 'offline'))
    },
    open(storyId, disk = localStore) {
      const session = openStory({ storyId, person, api, localStore: disk, outbox, unsaved, events })
      sessions.add(session)
      return session
    },
    async close() {
      await Promise.all([...sessions].map((session) => session.close()))
      outbox.stop()
      localStore.close()
    },
  }
}

/** Makes a story at the newsroom. Resolves to its id. */
export async function newStory({ api }: Member): Promise<string> {
  const [desk] = await api.desks()
  if (desk === undefined) throw new Error('The demo has no desk')
  const { id } = await api.createStory(crypto.randomUUID(), { slug: 'test-story', deskId: desk.id, language: 'en' })
  return id
}

/** Where a paragraph stands in its field: its separator is at `from`, and its words go to `to`. */
function paragraphAt(text: Y.Text, paragraph: number): { from: number; to: number } {
  const starts: number[] = []
  let at = 0
  for (const run of readRuns(text)) {
    if ('separator' in run) starts.push(at)
    at += 'text' in run ? run.text.length : 1
  }
  const from = starts[paragraph]
  if (from === undefined) throw new Error(`There is no paragraph ${paragraph}`)
  return { from, to: starts[paragraph + 1] ?? at }
}

/** Types at a paragraph's end, one change to each character. */
export function type(session: StorySession, words: string, field: FieldId = 'body', paragraph = 0): void {
  const text = fieldText(session.doc, field)
  for (const character of words) text.insert(paragraphAt(text, paragraph).to, character)
}

/** Cuts a whole paragraph. */
export function cut(session: StorySession, field: FieldId = 'body', paragraph = 0): void {
  const text = fieldText(session.doc, field)
  const { from, to } = paragraphAt(text, paragraph)
  text.delete(from, to - from)
}

/** Puts a paragraph with these words at a field's end, as one change. */
export function addParagraph(session: StorySession, words: string, field: FieldId = 'body'): void {
  const text = fieldText(session.doc, field)
  session.doc.transact(() => {
    text.insertEmbed(text.length, createSeparator(PLAIN))
    text.insert(text.length, words)
  })
}

export const body = (session: StorySession): string => plainText(readArticle(session.doc).body)

export const is = (session: StorySession): StorySessionState => session.state.getState()

/** The save state in a word: `newsroom`, `computer`, or `offline 3`. */
export function save(session: StorySession): string {
  const { save } = is(session)
  return save.kind === 'offline' ? `offline ${save.waiting}` : save.kind
}

export const saved = (session: StorySession): Promise<unknown> =>
  until('all to be saved to the newsroom', () => save(session) === 'newsroom')

export const ready = (session: StorySession): Promise<unknown> =>
  until('the story to be loaded', () => is(session).phase === 'ready')
