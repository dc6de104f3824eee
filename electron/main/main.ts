/**
 * The desktop app's main process: it puts the parts together. Each part is a module of its own that knows only as much
 * of Electron as it uses.
 */
/// <reference types="electron-vite/node" />
import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  Notification,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
} from 'electron'
import { closestLanguage, PRODUCT_NAME } from '#shared/messages/languages.ts'
import type { MessageOrText } from '#shared/messages/message.ts'
import { createMessages } from '#shared/messages/messages.ts'
import icon from '../icons/icon.png?asset'
import { COMMAND_EVENT, STORY_EVENT } from '../channels.ts'
import { type ClosingGuard, closingQuestion, guardClosing, LEAVE_BUTTON } from './closing.ts'
import { contextMenuTemplate } from './context-menu.ts'
import { crashQuestion, recoverFromCrash, REOPEN_BUTTON } from './crash.ts'
import { createStoryInbox, LINK_SCHEME, storyInArguments, storyInLink } from './deep-links.ts'
import { answerCalls } from './ipc.ts'
import { menuTemplate } from './menu.ts'
import { holdNavigation } from './navigation.ts'
import { createNotifier } from './notifications.ts'
import { savePdf } from './pdf.ts'
import { limitPermissions } from './permissions.ts'
import { APP_ORIGIN, APP_PAGE, APP_PRIVILEGES, APP_SCHEME, contentSecurityPolicy, serveApp } from './protocol.ts'
import { createSecrets } from './secrets.ts'
import { chooseServer } from './server-address.ts'
import { openSettings } from './settings.ts'
import { placeOf, windowOptions } from './window.ts'

const OUT = join(import.meta.dirname, '..')
const development = !app.isPackaged

/** Vite's development server (`npm run dev`), which then is the page's origin and passes requests on to the relay. */
const devServer = development ? process.env['ELECTRON_RENDERER_URL'] : undefined
const page = devServer === undefined ? APP_PAGE : `${devServer}/`
const origin = devServer ?? APP_ORIGIN

let window: BrowserWindow | null = null
let closing: ClosingGuard | null = null
/** Of the menu and dialogs. */
let messages = createMessages('en')
const stories = createStoryInbox(() => window?.webContents.send(STORY_EVENT))

app.enableSandbox()
protocol.registerSchemesAsPrivileged([APP_PRIVILEGES])
// Before the app is ready, or a link that starts it is missed.
app.on('open-url', (event, url) => {
  event.preventDefault()
  openStory(storyInLink(url))
})

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, args) => openStory(storyInArguments(args)))
  app.on('web-contents-created', (_event, contents) => holdNavigation(contents, page, openLink))
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.whenReady().then(start, fail)
} else {
  // The running instance has received this one's arguments.
  app.quit()
}

function start(): void {
  try {
    const settings = openSettings(join(app.getPath('userData'), 'settings.json'))
    messages = createMessages(settings.read().language ?? closestLanguage(app.getPreferredSystemLanguages()))
    let server = devServer ?? chooseServer(process.env['GALLEY_SERVER'], settings.read().server)
    const secrets = createSecrets(safeStorage, process.platform, app.getPath('userData'), warnNotKept)
    const notify = createNotifier(Notification.isSupported() ? (content) => new Notification(content) : null, openStory)

    registerLinks()
    limitPermissions(session.defaultSession, origin)
    protocol.handle(
      APP_SCHEME,
      serveApp(join(OUT, 'renderer'), () => contentSecurityPolicy(server)),
    )
    answerCalls(ipcMain, origin, {
      readSecret: (name) => secrets.read(name),
      async writeSecret(name, value) {
        await secrets.write(name, value)
        return undefined
      },
      openExternal: (url) => {
        openLink(url)
        return undefined
      },
      changeServer(address) {
        if (closing?.unsaved() === true) throw new Error(messages.t('desktop.unsaved.change-server'))
        settings.change({ server: address })
        server = address
        // A page keeps its address for life, so a new window gets the new one.
        const old = window
        open()
        old?.destroy()
        return undefined
      },
      takeStory: () => stories.take(),
      notify: (notice) => {
        notify(notice)
        return undefined
      },
      setUnsaved: (unsaved) => {
        closing?.setUnsaved(unsaved)
        return undefined
      },
      setLanguage(language) {
        if (language === messages.language) return undefined
        messages = createMessages(language)
        setMenu()
        settings.change({ language })
        return undefined
      },
    })

    const open = (): void => {
      const { window: last } = settings.read()
      const main = screen.getPrimaryDisplay()
      const others = screen.getAllDisplays().filter((display) => display.id !== main.id)
      const fresh = new BrowserWindow(
        windowOptions({
          preload: join(OUT, 'preload/preload.cjs'),
          icon,
          server,
          last,
          areas: [main, ...others].map((display) => display.workArea),
          dark: nativeTheme.shouldUseDarkColors,
          development,
        }),
      )
      if (last?.maximized === true) fresh.maximize()
      closing = guardClosing(fresh, () => dialog.showMessageBoxSync(fresh, closingQuestion(messages)) === LEAVE_BUTTON)
      fresh.once('ready-to-show', () => fresh.show())
      fresh.on('close', () => {
        try {
          settings.change({ window: placeOf(fresh) })
        } catch {
          // On a full disk the window still closes; it only reopens elsewhere.
        }
      })
      fresh.on('closed', () => {
        if (window === fresh) window = null
      })
      recoverFromCrash(
        fresh.webContents,
        () => dialog.showMessageBoxSync(fresh, crashQuestion(messages)) === REOPEN_BUTTON,
        () => fresh.webContents.reload(),
        () => fresh.destroy(),
      )
      offerSpelling(fresh)
      window = fresh
      void fresh.loadURL(page)
    }

    setMenu()
    app.on('activate', () => {
      if (window === null) open()
    })
    const started = storyInArguments(process.argv)
    if (started !== null) stories.put(started)
    open()
  } catch (error) {
    fail(error)
  }
}

const actions = {
  run: (commandId: string): void => window?.webContents.send(COMMAND_EVENT, commandId),
  savePdf(): void {
    const printed = window
    if (printed === null) return
    void savePdf(printed.getTitle(), {
      print: () => printed.webContents.printToPDF({ pageSize: 'A4', generateTaggedPDF: true }),
      choosePath: async (suggestion) => {
        const { filePath } = await dialog.showSaveDialog(printed, { defaultPath: suggestion })
        return filePath === '' ? undefined : filePath
      },
      untitled: messages.t('desktop.untitled'),
      complain: (reason) => dialog.showErrorBox(PRODUCT_NAME, messages.t('desktop.pdf-failed', { reason })),
    })
  },
}

/** Brings the window to the front, with the requested story, if any. */
function openStory(storyId: string | null): void {
  if (storyId !== null) stories.put(storyId)
  if (window === null) return
  if (window.isMinimized()) window.restore()
  window.focus()
}

function setMenu(): void {
  const template = menuTemplate({ platform: process.platform, development }, actions, messages)
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

function openLink(url: string): void {
  void shell.openExternal(url)
}

function registerLinks(): void {
  // Packaged, the installer has registered the app; a developer's run is Electron itself with a path.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME)
}

function offerSpelling(shown: BrowserWindow): void {
  shown.webContents.on('context-menu', (_event, clicked) => {
    const spelling = {
      replace: (word: string) => shown.webContents.replaceMisspelling(word),
      learn: (word: string) => shown.webContents.session.addWordToSpellCheckerDictionary(word),
    }
    const items = contextMenuTemplate(clicked, spelling, messages)
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window: shown })
  })
}

function warnNotKept(reason: MessageOrText): void {
  const { t, say } = messages
  const message = t('desktop.secret-not-kept')
  const warning = { type: 'warning' as const, message, detail: say(reason), buttons: [t('desktop.ok')] }
  void (window === null ? dialog.showMessageBox(warning) : dialog.showMessageBox(window, warning))
}

function fail(error: unknown): void {
  dialog.showErrorBox(messages.t('desktop.start-failed'), error instanceof Error ? error.message : String(error))
  app.exit(1)
}
