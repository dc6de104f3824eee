/** Shows other people's carets and selections in a field, and publishes mine. */
import './remote-carets.css'
import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorState } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { EditorView } from '@tiptap/pm/view'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { type FieldId, fieldRoot } from '#shared/article/fields.ts'
import { presenceOf } from '../../collaboration/presence.ts'
import type { Presence } from '../../collaboration/presence.ts'
import { presenceColour } from '../../ui/presence-colour.ts'
import { caretOf } from './field-caret.ts'
import { bindingOf, isArrival } from './sync-state.ts'

type Position = NonNullable<Presence['cursor']>['anchor']

/** Another person's caret in this field. */
interface RemoteCaret {
  client: number
  personId: string
  /** The text of its label. */
  name: string
  anchor: Y.RelativePosition
  head: Y.RelativePosition
}

interface Shown {
  carets: RemoteCaret[]
  decorations: DecorationSet
}

const key = new PluginKey<Shown>('remoteCarets')

/**
 * Shows named carets in their field.
 *
 * @param user - the person at this editor, whose other windows are labelled as theirs
 */
export function remoteCarets(fieldId: FieldId, awareness: Awareness, user: { id: string }): Extension {
  const read = () => readCarets(fieldId, awareness, user.id)
  return Extension.create({
    name: 'remoteCarets',
    // After the sync plugin, which the caret positions depend on.
    priority: 900,
    addProseMirrorPlugins() {
      return [
        new Plugin<Shown>({
          key,
          state: {
            init: () => ({ carets: [], decorations: DecorationSet.empty }),
            apply(transaction, shown, _before, state) {
              const carets = transaction.getMeta(key) as RemoteCaret[] | undefined
              if (carets !== undefined) return { carets, decorations: decorate(state, carets) }
              if (isArrival(transaction)) return { ...shown, decorations: decorate(state, shown.carets) }
              return { ...shown, decorations: shown.decorations.map(transaction.mapping, transaction.doc) }
            },
          },
          props: { decorations: (state) => key.getState(state)?.decorations },
          view: (view) => watch(view, fieldId, awareness, read),
        }),
      ]
    },
  })
}

function watch(view: EditorView, fieldId: FieldId, awareness: Awareness, read: () => RemoteCaret[]) {
  const show = () => {
    const carets = read()
    // Presence changes of all fields arrive here. Dispatch only if this field's carets changed.
    if (JSON.stringify(carets) !== JSON.stringify(key.getState(view.state)?.carets)) {
      view.dispatch(view.state.tr.setMeta(key, carets))
    }
  }
  const onChange = ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>) => {
    if ([...added, ...updated, ...removed].some((client) => client !== awareness.clientID)) show()
  }
  const publish = () => publishCaret(view, fieldId, awareness)
  awareness.on('change', onChange)
  view.dom.addEventListener('focus', publish)
  view.dom.addEventListener('blur', publish)
  // Show the carets that were here before the editor was.
  const first = setTimeout(show)
  return {
    update: publish,
    destroy() {
      clearTimeout(first)
      awareness.off('change', onChange)
      view.dom.removeEventListener('focus', publish)
      view.dom.removeEventListener('blur', publish)
      clearCaret(fieldId, awareness)
    },
  }
}

function publishCaret(view: EditorView, fieldId: FieldId, awareness: Awareness): void {
  if (!view.hasFocus()) {
    clearCaret(fieldId, awareness)
    return
  }
  const state = awareness.getLocalState()
  const { field, anchor, head } = caretOf(fieldId, view.state)
  const cursor: Presence['cursor'] = {
    field,
    anchor: Y.relativePositionToJSON(anchor) as Position,
    head: Y.relativePositionToJSON(head) as Position,
  }
  if (state !== null && JSON.stringify(state.cursor) !== JSON.stringify(cursor)) {
    awareness.setLocalStateField('cursor', cursor)
  }
}

function clearCaret(fieldId: FieldId, awareness: Awareness): void {
  const cursor = awareness.getLocalState()?.cursor as { field?: unknown } | null | undefined
  if (cursor?.field === fieldId) awareness.setLocalStateField('cursor', null)
}

function readCarets(fieldId: FieldId, awareness: Awareness, myId: string): RemoteCaret[] {
  return [...awareness.getStates()].flatMap(([client, state]) => {
    const data = presenceOf(state)
    if (client === awareness.clientID || data?.cursor?.field !== fieldId) return []
    const { anchor, head } = data.cursor
    // Resolving another root's name would look that root up, or even create it.
    if ([anchor, head].some(({ tname }) => tname !== undefined && tname !== fieldRoot(fieldId))) return []
    return [
      {
        client,
        personId: data.user.id,
        name: data.user.id === myId ? 'You, in another window' : data.user.name,
        anchor: Y.createRelativePositionFromJSON(anchor),
        head: Y.createRelativePositionFromJSON(head),
      },
    ]
  })
}

function decorate(state: EditorState, carets: readonly RemoteCaret[]): DecorationSet {
  const binding = bindingOf(state)
  const decorations = carets.flatMap((caret) => {
    const anchor = binding.absolute(caret.anchor)
    const head = binding.absolute(caret.head)
    if (anchor === null || head === null) return []
    const color = presenceColour(caret.personId)
    return [
      Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), {
        class: 'remote-selection',
        style: `--caret-color: ${color}`,
      }),
      Decoration.widget(head, () => caretElement(caret.name, color), {
        // A moved caret is redrawn, so its name shows again for a moment.
        key: `${caret.client} ${caret.name} ${JSON.stringify(caret.head)}`,
        side: 10,
        ignoreSelection: true,
      }),
    ]
  })
  return DecorationSet.create(state.doc, decorations)
}

/** Returns an empty element. The style sheet draws the name, so that the field's text holds only the story's words. */
function caretElement(name: string, color: string): HTMLElement {
  const caret = document.createElement('span')
  caret.className = 'remote-caret'
  caret.dataset['name'] = name
  caret.style.setProperty('--caret-color', color)
  // Presence is announced elsewhere on the page. Here it would interrupt the copy in a screen reader.
  caret.ariaHidden = 'true'
  return caret
}
