/** Dialogs are opened by key, so that the code that opens one need not import it. One is open at a time. */
import { createContext, use, type ComponentType, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'

declare const ARGUMENT: unique symbol

/** Names a dialog and the type of its argument; `void` where it has none. */
export interface DialogKey<Argument> {
  readonly id: string
  readonly [ARGUMENT]?: (argument: Argument) => void
}

export function dialogKey<Argument = void>(id: string): DialogKey<Argument> {
  return { id }
}

export interface DialogProps<Argument> {
  argument: Argument
  /** The text left in the dialog when it was last closed, so that a stray Escape costs no words. */
  draft: string
  onClose: (draft?: string) => void
}

/** A dialog that a feature offers. */
export interface DialogEntry {
  readonly id: string
  render(props: DialogProps<unknown>): ReactNode
}

export function dialog<Argument>(
  { id }: DialogKey<Argument>,
  Component: ComponentType<DialogProps<Argument>>,
): DialogEntry {
  return { id, render: ({ argument, ...props }) => <Component {...props} argument={argument as Argument} /> }
}

export interface Dialogs {
  readonly state: StoreApi<DialogsState>
  open<Argument>(key: DialogKey<Argument>, argument: Argument): void
  close(draft?: string): void
}

interface DialogsState {
  open: { id: string; argument: unknown } | null
  /** By dialog. */
  drafts: Readonly<Record<string, string>>
}

export function createDialogs(): Dialogs {
  const state = createStore<DialogsState>(() => ({ open: null, drafts: {} }))
  return {
    state,
    open: ({ id }, argument) => state.setState({ open: { id, argument } }),
    close: (draft) =>
      state.setState(({ open, drafts }) => ({
        open: null,
        drafts: open === null || draft === undefined ? drafts : { ...drafts, [open.id]: draft },
      })),
  }
}

const Context = createContext<Dialogs | null>(null)

export const DialogsProvider = Context.Provider

/** Returns the dialogs of the story around the component; outside a story, those of the window. */
export function useDialogs(): Dialogs {
  const dialogs = use(Context)
  if (dialogs === null) throw new Error('No window around this component has dialogs')
  return dialogs
}

/** Shows the dialog that is open, out of those that the features offer. */
export function OpenDialog({ entries }: { entries: readonly DialogEntry[] }) {
  const dialogs = useDialogs()
  const { open, drafts } = useStore(dialogs.state)
  const entry = entries.find(({ id }) => id === open?.id)
  if (open === null || entry === undefined) return null
  return entry.render({
    argument: open.argument,
    draft: drafts[open.id] ?? '',
    onClose: (draft) => dialogs.close(draft),
  })
}
