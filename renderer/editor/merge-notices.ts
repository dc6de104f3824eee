/** Tells the person at this page what happened to words that two people changed at the same time. */
import { TextSelection } from '@tiptap/pm/state'
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
      text: stayedSentence(stayed.words, stayed.clients.map(nameOf)),
      actions: [
        { label: 'Go there', run: () => select(page, stayed) },
        { label: 'Remove', run: () => remove(page, stayed) },
      ],
      lasting: true,
    })
  })
  const copies = watchCopies(doc, {
    mayWrite: () => mayWriteAll(session),
    onDropped: (dropped) => page.notify({ text: droppedSentence(dropped, nameOf), lasting: true }),
  })
  // Two people who copied the same words may both have left before their changes met.
  const stop = session.state.subscribe(({ connection }) => {
    if (connection !== 'online') return
    stop()
    copies.checkAll()
  })
}

/** "You and Nora moved the same 12 words at the same time. They are where Nora put them." */
export function droppedSentence(
  { winners, losers, mineKept, words }: Pick<DroppedCopies, 'winners' | 'losers' | 'mineKept' | 'words'>,
  nameOf: (client: number) => string,
): string {
  const others = new Intl.ListFormat('en').format([...new Set((mineKept ? losers : winners).map(nameOf))])
  const by = mineKept ? 'you' : others
  const [what, where] = words === 1 ? ['the same word', 'It is where'] : [`the same ${words} words`, 'They are where']
  return `You and ${others} moved or restored ${what} at the same time. ${where} ${by} put ${words === 1 ? 'it' : 'them'}.`
}

/** "12 words that Nora was writing stayed when you cut the passage." */
export function stayedSentence(words: number, names: readonly string[]): string {
  const who = new Intl.ListFormat('en').format([...new Set(names)])
  const were = new Set(names).size > 1 ? 'were' : 'was'
  return `${words} ${words === 1 ? 'word' : 'words'} that ${who} ${were} writing stayed when you cut the passage.`
}

/** Returns a function from a Yjs client to its person's name, including people who have left. */
function namesIn(awareness: Awareness): (client: number) => string {
  const names = new Map<number, string>()
  const update = () => {
    for (const [client, state] of awareness.getStates()) {
      const presence = presenceOf(state)
      if (presence !== null) names.set(client, presence.user.name)
    }
  }
  update()
  awareness.on('change', update)
  return (client) => names.get(client) ?? 'a colleague'
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
