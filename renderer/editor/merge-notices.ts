/** Tells the person at this page what happened to words that two people changed at the same time. */
import { TextSelection } from '@tiptap/pm/state'
import type { Messages } from '#shared/messages/messages.ts'
import type { Awareness } from 'y-protocols/awareness'
import { presenceOf } from '../collaboration/presence.ts'
import { mayWriteAll } from '../collaboration/story-session.ts'
import { type DroppedCopies, watchCopies } from './fields/copied-twice.ts'
import { type StayedWords, watchStayedWords } from './fields/stayed-words.ts'
import { bindingOf } from './fields/sync-state.ts'
import type { StoryPageModel } from './story-page-model.ts'

/** Watches the page's story for the lifetime of its document. */
export function watchMerges(page: StoryPageModel): void {
  const { session } = page
  const { doc, awareness } = session
  const nameOf = namesIn(awareness)
  watchStayedWords(doc, (stayed) => {
    // In the caption of a figure that was removed here. The writer's app keeps these words.
    if (page.editor(stayed.field) === null) return
    page.notify({
      text: (messages) => stayedSentence(messages, stayed.words, stayed.clients.map(nameOf)),
      actions: [
        { label: 'editor.merge.go', run: () => select(page, stayed) },
        { label: 'editor.merge.remove', run: () => remove(page, stayed) },
      ],
      lasting: true,
    })
  })
  const copies = watchCopies(doc, {
    mayWrite: () => mayWriteAll(session),
    onDropped: (dropped) =>
      page.notify({ text: (messages) => droppedSentence(messages, dropped, nameOf), lasting: true }),
  })
  // Two people who copied the same words may both have left before their changes met.
  const stop = session.state.subscribe(({ connection }) => {
    if (connection !== 'online') return
    stop()
    copies.checkAll()
  })
}

/** A person's name; null for a client that has never been seen in this story. */
type NameOf = (client: number) => string | null

/** Returns "You and Nora moved or restored the same 12 words at the same time. They are where you put them." */
export function droppedSentence(
  messages: Messages,
  { winners, losers, mineKept, words }: Pick<DroppedCopies, 'winners' | 'losers' | 'mineKept' | 'words'>,
  nameOf: NameOf,
): string {
  const who = names(messages, (mineKept ? losers : winners).map(nameOf))
  return messages.t(mineKept ? 'editor.merge.copied-by-you' : 'editor.merge.copied-by-others', { who, words })
}

/** Returns "12 words that Nora was writing stayed when you cut the passage." */
export function stayedSentence(messages: Messages, words: number, people: readonly (string | null)[]): string {
  return messages.t('editor.merge.stayed', { words, who: names(messages, people), people: new Set(people).size })
}

function names({ t, format }: Messages, people: readonly (string | null)[]): string {
  return format.list([...new Set(people)].map((name) => name ?? t('editor.merge.colleague')))
}

/** Returns a function from a Yjs client to its person's name, including people who have left. */
function namesIn(awareness: Awareness): NameOf {
  const names = new Map<number, string>()
  const update = () => {
    for (const [client, state] of awareness.getStates()) {
      const presence = presenceOf(state)
      if (presence !== null) names.set(client, presence.user.name)
    }
  }
  update()
  awareness.on('change', update)
  return (client) => names.get(client) ?? null
}

function select(page: StoryPageModel, stayed: StayedWords): void {
  const editor = page.editor(stayed.field)
  const range = rangeOf(page, stayed)
  if (editor === null || range === null) return
  const { tr, doc } = editor.state
  editor.view.dispatch(tr.setSelection(TextSelection.create(doc, range.from, range.to)).scrollIntoView())
  editor.view.focus()
}

function remove(page: StoryPageModel, stayed: StayedWords): void {
  const editor = page.editor(stayed.field)
  const range = rangeOf(page, stayed)
  if (editor === null || range === null || !editor.isEditable) return
  page.step(() => editor.view.dispatch(editor.state.tr.delete(range.from, range.to)))
}

/** Returns the current range of the words; null if they are gone. */
function rangeOf(page: StoryPageModel, { field, from, to }: StayedWords): { from: number; to: number } | null {
  const state = page.editor(field)?.state
  if (state === undefined) return null
  const binding = bindingOf(state)
  const [start, end] = [binding.absolute(from), binding.absolute(to)]
  return start === null || end === null || start >= end ? null : { from: start, to: end }
}
