/** Editors of a field without a browser: real states, plugins and shared documents, and a view that draws nothing. */
import { getSchema } from '@tiptap/core'
import type { MarkType, Node, NodeType, Schema } from '@tiptap/pm/model'
import { type Command, EditorState, type Plugin, type PluginView, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import * as Y from 'yjs'
import { fieldExtensions } from '#shared/article/schema.ts'

/** The origin of remote changes. */
export const REMOTE = 'the relay'

/** A field with one person's editor. */
export interface HeadlessEditor {
  readonly doc: Y.Doc
  readonly view: HeadlessView
  readonly schema: Schema
  undo(): boolean
  /** Returns a position as a place that moves with its words. */
  relative(position: number): Y.RelativePosition
  /** Returns the position of a place; null if it is lost. */
  absolute(place: Y.RelativePosition): number | null
  /** The Yjs type of the field. */
  readonly shared: Y.Text | Y.XmlFragment
}

export function bodySchema(): Schema {
  return getSchema(fieldExtensions('body'))
}

export class HeadlessView {
  state: EditorState
  readonly dom = { addEventListener: () => {}, removeEventListener: () => {} }
  readonly #views: PluginView[] = []

  constructor(schema: Schema, plugins: readonly Plugin[]) {
    this.state = EditorState.create({ schema, plugins })
    for (const plugin of plugins) {
      const view = plugin.spec.view?.(this as unknown as EditorView)
      if (view !== undefined) this.#views.push(view)
    }
  }

  readonly dispatch = (tr: Transaction): void => this.updateState(this.state.apply(tr))

  updateState(state: EditorState): void {
    const before = this.state
    this.state = state
    for (const view of this.#views) view.update?.(this as unknown as EditorView, before)
  }

  /** Returns whether the command did anything. */
  run(command: Command): boolean {
    return command(this.state, this.dispatch)
  }

  hasFocus(): boolean {
    return false
  }

  focus(): void {}

  setProps(): never {
    throw new Error('The editor fell behind')
  }

  destroy(): void {
    for (const view of this.#views) view.destroy?.()
  }
}

/** Sends one editor the changes of the other. */
export function sync(from: HeadlessEditor, to: HeadlessEditor): void {
  Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), REMOTE)
}

/** Returns the Yjs client that wrote each letter of a field, in text order. */
export function authorsOf({ shared }: HeadlessEditor): number[] {
  return authorsIn(shared)
}

function authorsIn(type: Y.AbstractType<unknown> | Y.Text | Y.XmlFragment): number[] {
  const authors: number[] = []
  for (let item = type._start; item !== null; item = item.right) {
    if (item.deleted) continue
    const { content } = item
    if (content instanceof Y.ContentString) authors.push(...Array<number>(content.str.length).fill(item.id.client))
    else if (content instanceof Y.ContentType) authors.push(...authorsIn(content.type))
  }
  return authors
}

/** Returns the document that an editor shows, for comparison. */
export function shownIn({ view }: HeadlessEditor): ReturnType<Node['toJSON']> {
  return view.state.doc.toJSON()
}

export function nodeType({ schema }: HeadlessEditor, name: string): NodeType {
  const type = schema.nodes[name]
  if (type === undefined) throw new Error(`The body has no ${name}`)
  return type
}

export function markType({ schema }: HeadlessEditor, name: string): MarkType {
  const type = schema.marks[name]
  if (type === undefined) throw new Error(`The body has no ${name}`)
  return type
}
