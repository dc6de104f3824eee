/** A story open on one screen, with a second person in it: two in-memory sessions with linked documents. */
import '#renderer/ui/base.css'
import '#renderer/ui/fonts.ts'
import '#renderer/ui/tokens.css'
import { expect, onTestFinished } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createRoot } from 'react-dom/client'
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import { createStore } from 'zustand/vanilla'
import type { Article, Block, Paragraph } from '#shared/article/article.ts'
import { fieldText } from '#shared/article/document.ts'
import type { FieldId } from '#shared/article/fields.ts'
import { readArticle } from '#shared/article/read.ts'
import { seedStory } from '#shared/article/seed.ts'
import { plainText } from '#shared/article/text.ts'
import { writeArticle } from '#shared/article/write.ts'
import type { Presence } from '#renderer/collaboration/presence.ts'
import type { StorySession, StorySessionState } from '#renderer/collaboration/story-session.ts'
import type { PictureStore } from '#renderer/editor/figures/picture-store.ts'
import { storyPageOf } from '#renderer/editor/story-page-of.ts'
import { StoryPage } from '#renderer/editor/StoryPage.tsx'
import { MessagesProvider } from '#renderer/messages/MessagesProvider.tsx'
import { TooltipProvider } from '#renderer/ui/Tooltip.tsx'
import { createWindowState, WindowProvider, type WindowState } from '#renderer/window/WindowState.tsx'
import { languageChoice } from '../ui/mount.tsx'

export const ME = { id: 'person-me', name: 'Yusuf Ali' }
export const MARIA = { id: 'person-maria', name: 'Maria Georgiou' }

export const line = (text: string): Paragraph => ({
  type: 'paragraph',
  content: text === '' ? [] : [{ type: 'text', text, marks: [] }],
})
export const lines = (...texts: string[]): Paragraph[] => texts.map(line)

const EMPTY: Article = { headline: [], standfirst: [], byline: [], dateline: [], figures: [], body: [], meta: {} }

/** Everything is loaded, in sync and acknowledged. */
const SETTLED: StorySessionState = {
  phase: 'ready',
  refusal: null,
  complete: true,
  connection: 'online',
  save: { kind: 'newsroom' },
  readOnly: null,
  writable: [],
  diskFault: null,
  newsroomFault: null,
  kept: [],
}

const REMOTE = Symbol('from the other side')

export interface OpenStory {
  window: WindowState
  /** The article of the person at this screen. */
  session: StorySession
  set(state: Partial<StorySessionState>): void
  /** The other person's copy of the document, linked to mine. */
  theirDoc: Doc
  /** Sets the other person's presence; null when they leave. */
  theyAre(presence: { field: FieldId | null } | null): void
  /** Returns my presence as the other person sees it. */
  iAm(): Presence
  article(): Article
  text(field: FieldId): string
  pictures: FakePictures
}

/** Shows the story page, and removes it when the test ends. */
export function openStory(article: Partial<Article> = {}, state: Partial<StorySessionState> = {}): OpenStory {
  const doc = new Doc()
  seedStory(doc)
  writeArticle(doc, { ...EMPTY, ...article })
  const theirDoc = new Doc()
  applyUpdate(theirDoc, encodeStateAsUpdate(doc), REMOTE)
  link(doc, theirDoc)

  const awareness = new Awareness(doc)
  awareness.setLocalState({ user: { ...ME, color: 'black' }, field: null } satisfies Presence)
  const theirs = new Awareness(theirDoc)
  theirs.setLocalState(null)
  theirs.on('update', () => applyAwarenessUpdate(awareness, encodeAwarenessUpdate(theirs, [theirDoc.clientID]), REMOTE))

  const store = createStore<StorySessionState>(() => ({ ...SETTLED, ...state }))
  const session: StorySession = {
    storyId: 'a-story',
    doc,
    awareness,
    state: store,
    holdArrivals: () => () => undefined,
    beforeArrivals: () => () => undefined,
    dismissKept(id) {
      store.setState((before) => ({ kept: before.kept.filter((text) => text.id !== id) }))
      return Promise.resolve()
    },
    close: () => Promise.resolve(),
  }
  const pictures = fakePictures()
  const windowState = createWindowState(window)
  show(session, pictures, windowState)
  return {
    window: windowState,
    session,
    set: (changes) => store.setState(changes),
    theirDoc,
    theyAre(presence) {
      theirs.setLocalState(presence === null ? null : { user: { ...MARIA, color: 'black' }, ...presence })
    },
    iAm: () => awareness.getLocalState() as Presence,
    article: () => readArticle(doc),
    text: (field) => plainOf(doc, field),
    pictures,
  }
}

function show(session: StorySession, pictures: PictureStore, windowState: WindowState): void {
  const container = document.createElement('div')
  container.style.height = '100vh'
  document.body.append(container)
  const root = createRoot(container)
  root.render(
    <MessagesProvider choice={languageChoice()}>
      <WindowProvider value={windowState}>
        <TooltipProvider>
          <StoryPage
            session={session}
            story={{ slug: 'SALT-PANS', stage: 'draft', language: 'en-GB' }}
            person={ME}
            pictures={pictures}
            onBack={() => container.setAttribute('data-left', '')}
          />
        </TooltipProvider>
      </WindowProvider>
    </MessagesProvider>,
  )
  const { onShortcut } = windowState.commands
  window.addEventListener('keydown', onShortcut)
  onTestFinished(() => {
    window.removeEventListener('keydown', onShortcut)
    root.unmount()
    container.remove()
    storyPageOf(session).undo.destroy()
  })
}

function link(a: Doc, b: Doc): void {
  a.on('update', (update: Uint8Array, origin: unknown) => origin !== REMOTE && applyUpdate(b, update, REMOTE))
  b.on('update', (update: Uint8Array, origin: unknown) => origin !== REMOTE && applyUpdate(a, update, REMOTE))
}

function plainOf(doc: Doc, field: FieldId): string {
  const { figures, body, ...rest } = readArticle(doc)
  if (field === 'body') return plainText(body)
  const [kind, id] = field.split(':')
  const figure = figures.find((each) => each.id === id)
  const blocks: Block[] | undefined = figure
    ? figure[kind as 'caption' | 'credit']
    : rest[field as 'headline' | 'standfirst' | 'byline' | 'dateline']
  return plainText(blocks)
}

export interface FakePictures extends PictureStore {
  /** Accepts or refuses all pictures sent so far, as the newsroom would. */
  sent(): void
  refused(reason: string): void
  kept: Map<string, string>
}

/** An outbox without disk or newsroom: pictures stay in memory, and are sent when the test says so. */
function fakePictures(): FakePictures {
  const kept = new Map<string, string>()
  const state: PictureStore['state'] = createStore(() => ({ entries: [], diskFault: null }))
  return {
    kept,
    state,
    async addPicture(file, name) {
      const bitmap = await createImageBitmap(file).catch(() => {
        throw new Error('That file isn’t a picture that can be shown here.')
      })
      const mediaId = crypto.randomUUID()
      kept.set(mediaId, URL.createObjectURL(file))
      state.setState(({ entries }) => ({
        entries: [...entries, { key: kept.size, entry: { kind: 'picture', mediaId, name, refused: null } }],
      }))
      return { mediaId, type: file.type, width: bitmap.width, height: bitmap.height, name, alt: '' }
    },
    pictureUrl(mediaId) {
      const url = kept.get(mediaId)
      return url === undefined ? Promise.reject(new Error('Not here')) : Promise.resolve(url)
    },
    sendAgain() {
      state.setState({ entries: [] })
      return Promise.resolve()
    },
    sent: () => state.setState({ entries: [] }),
    refused: (reason) =>
      state.setState(({ entries }) => ({
        entries: entries.map(({ key, entry }) => ({ key, entry: { ...entry, refused: reason } })),
      })),
  }
}

/**
 * Waits until a field's editor has its caret at the start or end of its text. (A browser moves the caret first and
 * notifies the editor later, so a test's next key can come too early.)
 */
export async function caretAt(story: OpenStory, id: FieldId, end: 'start' | 'end'): Promise<void> {
  const editor = storyPageOf(story.session).editor(id)
  await expect
    .poll(() => editor?.state.selection.head)
    .toBe(end === 'start' ? 1 : (editor?.state.doc.content.size ?? 0) - 1)
}

/** Returns a field by its accessible name. */
export const field = (name: string) => page.getByRole('textbox', { name, exact: true })
export const button = (name: string | RegExp) =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
export const press = (keys: string) => userEvent.keyboard(keys)

/** Types at the end of a field. Characters special to user-event (`{`, `[`) are typed literally. */
export async function typeIn(name: string, text: string): Promise<void> {
  await userEvent.click(field(name))
  await press(`{${MOD}>}{End}{/${MOD}}`)
  await press(text.replace(/[{[]/g, '$&$&'))
}

export const MOD = 'Control'
/** Presses a shortcut with the system's command key: `mod('z')`, `mod('{Shift>}z{/Shift}')`. */
export const mod = (keys: string) => press(`{${MOD}>}${keys}{/${MOD}}`)

/** Returns one of the other person's fields, to edit it on their behalf. */
export const theirField = (story: OpenStory, id: FieldId) => fieldText(story.theirDoc, id)
