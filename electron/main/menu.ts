/**
 * The native menu. Its items are the renderer's commands, by their ids in the command registry, and the system's roles.
 */
import type { MenuItemConstructorOptions } from 'electron'
import type { MessageId } from '#shared/messages/message.ts'
import type { Messages } from '#shared/messages/messages.ts'

/** A command of the app that the menu has a label for. */
type CommandId = MessageId extends infer Id ? (Id extends `desktop.command.${infer Command}` ? Command : never) : never

/** An item that runs a command of the app: its id in the registry, and its shortcut in Electron's notation. */
const command = (id: CommandId, accelerator?: string) => ({ command: id, accelerator })
const role = (name: NonNullable<MenuItemConstructorOptions['role']>) => ({ role: name })
const LINE = { type: 'separator' } as const

type Item = ReturnType<typeof command> | ReturnType<typeof role> | typeof LINE | { action: 'savePdf' }

interface Section {
  name: 'file' | 'edit' | 'view' | 'format' | 'story' | 'window' | 'help'
  /** The menu's role on macOS. */
  role?: 'window' | 'help'
  items: readonly Item[]
}

/** What the main process does for the menu. */
export interface MenuActions {
  /** Runs a command of the app by its id. */
  run(commandId: string): void
  savePdf(): void
}

export interface MenuOptions {
  platform: NodeJS.Platform
  /** Adds reload and developer tools. */
  development: boolean
}

/** The menu as data. Tests hold every command in it to the renderer's registry. */
export function menuSections({ platform, development }: MenuOptions): Section[] {
  const mac = platform === 'darwin'
  return [
    {
      name: 'file',
      items: [
        command('story.new', 'CmdOrCtrl+N'),
        LINE,
        command('story.print', 'CmdOrCtrl+P'),
        { action: 'savePdf' },
        LINE,
        command('newsroom.sign-out'),
        role(mac ? 'close' : 'quit'),
      ],
    },
    {
      name: 'edit',
      items: [
        command('edit.undo', 'CmdOrCtrl+Z'),
        command('edit.redo', 'CmdOrCtrl+Shift+Z'),
        LINE,
        role('cut'),
        role('copy'),
        role('paste'),
        role('pasteAndMatchStyle'),
        role('selectAll'),
        LINE,
        command('edit.find', 'CmdOrCtrl+F'),
        command('edit.replace', 'CmdOrCtrl+Alt+F'),
        LINE,
        role('toggleSpellChecker'),
      ],
    },
    {
      name: 'view',
      items: [
        command('view.palette', 'CmdOrCtrl+Shift+P'),
        LINE,
        command('view.queue', 'CmdOrCtrl+Shift+D'),
        command('view.inspector', 'CmdOrCtrl+Shift+E'),
        command('go.desk'),
        command('go.filter', 'CmdOrCtrl+Shift+O'),
        command('go.next-region', 'F6'),
        command('go.previous-region', 'Shift+F6'),
        LINE,
        role('resetZoom'),
        role('zoomIn'),
        role('zoomOut'),
        role('togglefullscreen'),
        ...(development ? [LINE, role('reload'), role('toggleDevTools')] : []),
      ],
    },
    {
      name: 'format',
      items: [
        command('format.bold', 'CmdOrCtrl+B'),
        command('format.italic', 'CmdOrCtrl+I'),
        command('format.link', 'CmdOrCtrl+K'),
        LINE,
        command('format.subhead', 'CmdOrCtrl+Alt+2'),
        command('format.minor-subhead', 'CmdOrCtrl+Alt+3'),
        command('format.quote', 'CmdOrCtrl+Shift+B'),
        command('format.bullets', 'CmdOrCtrl+Shift+8'),
        command('format.numbers', 'CmdOrCtrl+Shift+7'),
        LINE,
        command('format.plain', 'CmdOrCtrl+\\'),
      ],
    },
    {
      name: 'story',
      items: [
        command('insert.figure', 'CmdOrCtrl+Alt+P'),
        command('story.copy'),
        LINE,
        command('story.next-action', 'CmdOrCtrl+Shift+Enter'),
      ],
    },
    {
      name: 'window',
      role: 'window',
      items: [role('minimize'), role('zoom'), ...(mac ? [LINE, role('front')] : [])],
    },
    {
      name: 'help',
      role: 'help',
      items: [command('help.shortcuts', 'F1'), ...(mac ? [] : [LINE, role('about')])],
    },
  ]
}

/** The menu as Electron builds it. */
export function menuTemplate(
  options: MenuOptions,
  actions: MenuActions,
  { t }: Messages,
): MenuItemConstructorOptions[] {
  const sections = menuSections(options).map((section): MenuItemConstructorOptions => {
    const { items, name, ...head } = section
    return { ...head, label: t(`desktop.menu.${name}`), submenu: items.map((item) => menuItem(item, actions, t)) }
  })
  return options.platform === 'darwin' ? [{ role: 'appMenu' }, ...sections] : sections
}

function menuItem(item: Item, actions: MenuActions, t: Messages['t']): MenuItemConstructorOptions {
  if ('command' in item) {
    return {
      id: item.command,
      label: t(`desktop.command.${item.command}`),
      click: () => actions.run(item.command),
      // The page hears the key first and runs the command itself: shown here, registered nowhere, it cannot run twice.
      ...(item.accelerator === undefined ? {} : { accelerator: item.accelerator, registerAccelerator: false }),
    }
  }
  if ('action' in item) return { id: item.action, label: t('desktop.save-as-pdf'), click: () => actions.savePdf() }
  return item
}
