/**
 * The one registry of what the app can be told to do. Shortcuts, the palette and the desktop's native menu all read it,
 * so a thing that can be done is named once. Parts of the app register their commands while they are on screen.
 */
import { useEffect } from 'react'
import { create } from 'zustand'
import { isShortcut } from './shortcut.ts'

export const COMMAND_GROUPS = ['Story', 'Edit', 'Go', 'View', 'Newsroom', 'Help'] as const
export type CommandGroup = (typeof COMMAND_GROUPS)[number]

export interface Command {
  /** What the native menu and tests know it by: `story.new`. */
  id: string
  label: string
  group: CommandGroup
  /** As `shortcut.ts` writes them; the first is the one that is shown. */
  shortcuts?: readonly string[]
  /** Whether it can be done now; always, when absent. */
  when?: () => boolean
  run: () => void
  /** It has a place of its own on screen and would only make the palette longer. */
  hidden?: boolean
  /** Also while a dialog is open. */
  inDialogs?: boolean
}

interface Registry {
  /** In the order of registration; of two with the same id the later one counts. */
  registered: readonly Command[]
}

const useRegistry = create<Registry>(() => ({ registered: [] }))

/** Makes commands known. Returns the way to take them away again. */
export function registerCommands(commands: readonly Command[]): () => void {
  useRegistry.setState(({ registered }) => ({ registered: [...registered, ...commands] }))
  return () =>
    useRegistry.setState(({ registered }) => ({ registered: registered.filter((each) => !commands.includes(each)) }))
}

/** Registers commands for as long as the component is on screen; anew whenever `commands` is another array. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => registerCommands(commands), [commands])
}

function counting(registered: readonly Command[]): Command[] {
  return [...new Map(registered.map((command) => [command.id, command])).values()]
}

/** Every command that can be done now. */
export function availableCommands(): Command[] {
  return counting(useRegistry.getState().registered).filter((command) => command.when?.() !== false)
}

/** All commands, live, for the list of shortcuts. */
export function useAllCommands(): Command[] {
  return counting(useRegistry((state) => state.registered))
}

/** Does what the command says, if it can be done now. Returns whether it was. */
export function runCommand(id: string): boolean {
  const command = availableCommands().find((each) => each.id === id)
  command?.run()
  return command !== undefined
}

function dialogIsOpen(): boolean {
  return document.querySelector('[role="dialog"][data-state="open"], [role="alertdialog"][data-state="open"]') !== null
}

/** Runs the command whose shortcut was pressed, unless whatever has the focus took the key for itself. */
export function onShortcut(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const command = availableCommands().findLast(
    (each) =>
      each.shortcuts?.some((shortcut) => isShortcut(event, shortcut)) === true &&
      (each.inDialogs === true || !dialogIsOpen()),
  )
  if (command === undefined) return
  event.preventDefault()
  command.run()
}
