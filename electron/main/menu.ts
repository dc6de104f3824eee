/**
 * The native menu. What the app itself can do is named by the ids of the renderer's command registry, so that a menu
 * item, a shortcut and a line of the palette are one command; the rest are the system's own roles.
 */
import type { MenuItemConstructorOptions } from 'electron'

/** An item that runs a command of the app: its id in the registry, its words, and its shortcut as Electron writes it. */
const command = (id: string, label: string, accelerator?: string) => ({ command: id, label, accelerator })
const role = (name: NonNullable<MenuItemConstructorOptions['role']>) => ({ role: name })
const LINE = { type: 'separator' } as const

type Item =
  | ReturnType<typeof command>
  | ReturnType<typeof role>
  | typeof LINE
  | { action: keyof MenuActions; label: string; accelerator?: string }

interface Section {
  label: string
  /** What macOS knows the menu as, where that matters to it. */
  role?: 'window' | 'help'
  items: readonly Item[]
}

/** What main itself does for the menu. */
export interface MenuActions {
  /** Runs a command of the app by its id. */
  run(commandId: string): void
  savePdf(): void
}

export interface MenuOptions {
  platform: NodeJS.Platform
  /** Whether this is a developer's run: then the page can be reloaded and inspected. */
  development: boolean
}

/** The menu as data. Tests hold every command in it to the renderer's registry. */
export function menuSections({ platform, development }: MenuOptions): Section[] {
  const mac = platform === 'darwin'
  return [
    {
      label: '&File',
      items: [
        command('story.new', 'New Story…', 'CmdOrCtrl+N'),
        LINE,
        command('story.print', 'Print…', 'CmdOrCtrl+P'),
        { action: 'savePdf', label: 'Save as PDF…' },
        LINE,
        command('newsroom.sign-out', 'Sign Out…'),
        role(mac ? 'close' : 'quit'),
      ],
    },
    {
      label: '&Edit',
      items: [
        command('edit.undo', 'Undo', 'CmdOrCtrl+Z'),
        command('edit.redo', 'Redo', 'CmdOrCtrl+Shift+Z'),
        LINE,
        role('cut'),
        role('copy'),
        role('paste'),
        role('pasteAndMatchStyle'),
        role('selectAll'),
        LINE,
        command('edit.find', 'Find…', 'CmdOrCtrl+F'),
        command('edit.replace', 'Find and Replace…', 'CmdOrCtrl+Alt+F'),
        LINE,
        role('toggleSpellChecker'),
      ],
    },
    {
      label: '&View',
      items: [
        command('view.palette', 'Command Palette…', 'CmdOrCtrl+Shift+P'),
        LINE,
        command('view.queue', 'Queue', 'CmdOrCtrl+Shift+D'),
        command('view.inspector', 'Inspector', 'CmdOrCtrl+Shift+E'),
        command('go.desk', 'Front Page'),
        command('go.filter', 'Filter the Queue', 'CmdOrCtrl+Shift+O'),
        command('go.next-region', 'Next Pane', 'F6'),
        command('go.previous-region', 'Previous Pane', 'Shift+F6'),
        LINE,
        role('resetZoom'),
        role('zoomIn'),
        role('zoomOut'),
        role('togglefullscreen'),
        ...(development ? [LINE, role('reload'), role('toggleDevTools')] : []),
      ],
    },
    {
      label: 'F&ormat',
      items: [
        command('format.bold', 'Bold', 'CmdOrCtrl+B'),
        command('format.italic', 'Italic', 'CmdOrCtrl+I'),
        command('format.link', 'Link…', 'CmdOrCtrl+K'),
        LINE,
        command('format.subhead', 'Subhead', 'CmdOrCtrl+Alt+2'),
        command('format.minor-subhead', 'Smaller Subhead', 'CmdOrCtrl+Alt+3'),
        command('format.quote', 'Quote', 'CmdOrCtrl+Shift+B'),
        command('format.bullets', 'Bulleted List', 'CmdOrCtrl+Shift+8'),
        command('format.numbers', 'Numbered List', 'CmdOrCtrl+Shift+7'),
        LINE,
        command('format.plain', 'Clear Formatting', 'CmdOrCtrl+\\'),
      ],
    },
    {
      label: '&Story',
      items: [
        command('insert.figure', 'Add a Picture…', 'CmdOrCtrl+Alt+P'),
        command('story.copy', 'Copy the Story'),
        LINE,
        command('story.next-action', 'File, Ready or Publish', 'CmdOrCtrl+Shift+Enter'),
      ],
    },
    {
      label: '&Window',
      role: 'window',
      items: [role('minimize'), role('zoom'), ...(mac ? [LINE, role('front')] : [])],
    },
    {
      label: '&Help',
      role: 'help',
      items: [command('help.shortcuts', 'Keyboard Shortcuts', 'F1'), ...(mac ? [] : [LINE, role('about')])],
    },
  ]
}

/** The menu as Electron builds it. */
export function menuTemplate(options: MenuOptions, actions: MenuActions): MenuItemConstructorOptions[] {
  const sections = menuSections(options).map((section): MenuItemConstructorOptions => {
    const { items, ...head } = section
    return { ...head, submenu: items.map((item) => menuItem(item, actions)) }
  })
  return options.platform === 'darwin' ? [{ role: 'appMenu' }, ...sections] : sections
}

function menuItem(item: Item, actions: MenuActions): MenuItemConstructorOptions {
  if ('command' in item) {
    return {
      id: item.command,
      label: item.label,
      click: () => actions.run(item.command),
      // The page hears the key first and runs the command itself: shown here, registered nowhere, it cannot run twice.
      ...(item.accelerator === undefined ? {} : { accelerator: item.accelerator, registerAccelerator: false }),
    }
  }
  if ('action' in item) return { id: item.action, label: item.label, click: () => actions.savePdf() }
  return item
}
