/**
 * The window's registry of commands. Shortcuts, the palette and the desktop's native menu all read it, so each command is
 * named once. Parts of the app register their commands while they are on screen.
 */
import { createContext, use, useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { isShortcut } from './shortcut.ts'

export const COMMAND_GROUPS = ['Story', 'Edit', 'Go', 'View', 'Newsroom', 'Help'] as const
export type CommandGroup = (typeof COMMAND_GROUPS)[number]

export interface Command {
  /** The name that the native menu and tests use: `story.new`. */
  id: string
  label: string
  group: CommandGroup
  /** In the syntax of `shortcut.ts`; the first is the one shown. */
  shortcuts?: readonly string[]
  /** Returns whether it is available now; always, when absent. */
  when?: () => boolean
  run: () => void
  /** Kept out of the palette, because it has a place of its own on screen. */
  hidden?: boolean
  /** Available while a dialog is open, too. */
  inDialogs?: boolean
}

export interface Commands {
  /** In the order of registration. */
  readonly registered: StoreApi<readonly Command[]>
  /** Returns the function that takes them out again. Of two commands with one id, the later one counts. */
  register: (commands: readonly Command[]) => () => void
  available: () => Command[]
  /** Runs a command if it is available. Returns whether it ran. */
  run: (id: string) => boolean
  /** Runs the command whose shortcut was pressed, unless what has the focus handled the key itself. */
  onShortcut: (event: KeyboardEvent) => void
}

export function createCommands(): Commands {
  const registered = createStore<readonly Command[]>(() => [])

  function available(): Command[] {
    return latestOfEachId(registered.getState()).filter((command) => command.when?.() !== false)
  }

  return {
    registered,
    register(commands) {
      registered.setState([...registered.getState(), ...commands], true)
      return () =>
        registered.setState(
          registered.getState().filter((each) => !commands.includes(each)),
          true,
        )
    },
    available,
    run(id) {
      const command = available().find((each) => each.id === id)
      command?.run()
      return command !== undefined
    },
    onShortcut(event) {
      if (event.defaultPrevented || event.isComposing) return
      const command = available().findLast(
        (each) =>
          each.shortcuts?.some((shortcut) => isShortcut(event, shortcut)) === true &&
          (each.inDialogs === true || !dialogIsOpen(event)),
      )
      if (command === undefined) return
      event.preventDefault()
      command.run()
    },
  }
}

function latestOfEachId(commands: readonly Command[]): Command[] {
  return [...new Map(commands.map((command) => [command.id, command])).values()]
}

function dialogIsOpen({ view }: KeyboardEvent): boolean {
  const open = '[role="dialog"][data-state="open"], [role="alertdialog"][data-state="open"]'
  return view?.document.querySelector(open) != null
}

const Context = createContext<Commands | null>(null)

export const CommandsProvider = Context.Provider

/** Returns the registry of the window around the component. */
export function useCommandRegistry(): Commands {
  const commands = use(Context)
  if (commands === null) throw new Error('No window around this component has commands')
  return commands
}

/** Registers commands while the component is on screen, and again whenever `commands` is a different array. */
export function useCommands(commands: readonly Command[]): void {
  const registry = useCommandRegistry()
  useEffect(() => registry.register(commands), [registry, commands])
}

/** Returns all commands, live, for the list of shortcuts. */
export function useAllCommands(): Command[] {
  return latestOfEachId(useStore(useCommandRegistry().registered))
}
