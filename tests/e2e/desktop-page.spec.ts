/**
 * The page as the desktop app shows it, in Chromium. The built preload, the app's file server with its policy, and
 * main's call handlers are real; only Electron between them is replaced. So this proves that the page works under the
 * desktop's policy, on its own origin, over the bridge. tests/desktop proves the same for Electron itself.
 */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { COMMAND_EVENT, SERVER_ARGUMENT, STORY_EVENT } from '#electron/channels.ts'
import { createStoryInbox } from '#electron/main/deep-links.ts'
import { answerCalls, type CallEvent } from '#electron/main/ipc.ts'
import { contentSecurityPolicy, serveApp } from '#electron/main/protocol.ts'
import { createSecrets } from '#electron/main/secrets.ts'
import { startTestNewsroom } from '#tests/support/newsroom.ts'
import { tempFolder } from '#tests/support/temp.ts'

const OUT = resolve(import.meta.dirname, '../../out')

/**
 * Stands for app://galley, which only Electron knows. Nothing listens there. The server allows pages of this computer.
 */
const ORIGIN = 'http://localhost:4999'
const OWN_FRAME: CallEvent = { senderFrame: { origin: ORIGIN, parent: null } }

const HEADLINE = 'After 171 years, the keepers of Skerra Light are going home'
const STORY_ID = '7c9e6679-7425-40de-944b-e07fc1f90a01'

/** Makes the page a desktop app's page. Returns main's side of the bridge, and the violations of its policy. */
async function asDesktop(page: Page, server: string, folder: string) {
  const serve = serveApp(resolve(OUT, 'renderer'), () => contentSecurityPolicy(server))
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url())
    const response = await serve(new Request(`app://galley${pathname}`))
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    })
  })

  const emit = (channel: string, ...args: unknown[]) =>
    page.evaluate(([name, given]) => dispatchEvent(new CustomEvent(name, { detail: given })), [channel, args] as const)
  const stories = createStoryInbox(() => void emit(STORY_EVENT))
  const encryption = {
    isAsyncEncryptionAvailable: () => Promise.resolve(true),
    encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(btoa(text))),
    decryptStringAsync: (bytes: Buffer) => Promise.resolve({ result: atob(bytes.toString()), shouldReEncrypt: false }),
    getSelectedStorageBackend: () => 'gnome_libsecret',
  }
  const calls: string[] = []
  const note = (name: string) => (value: unknown) => {
    calls.push(`${name} ${JSON.stringify(value)}`)
    return undefined
  }
  const secrets = createSecrets(encryption, 'linux', folder, note('warn'))
  const listeners = new Map<string, (event: CallEvent, ...args: unknown[]) => unknown>()
  answerCalls({ handle: (channel, listener) => void listeners.set(channel, listener) }, ORIGIN, {
    readSecret: (name) => secrets.read(name),
    writeSecret: async (name, value) => {
      await secrets.write(name, value)
      return undefined
    },
    openExternal: note('openExternal'),
    changeServer: note('changeServer'),
    takeStory: () => stories.take(),
    notify: note('notify'),
    setUnsaved: note('setUnsaved'),
    setLanguage: () => undefined,
  })
  await page.exposeFunction('invokeMain', (channel: string, ...args: unknown[]) =>
    listeners.get(channel)?.(OWN_FRAME, ...args),
  )

  const preload = await readFile(resolve(OUT, 'preload/preload.cjs'), 'utf8')
  await page.addInitScript(`{
    const heard = new Map()
    const ipcRenderer = {
      invoke: (...args) => window.invokeMain(...args),
      on: (name, listener) => {
        const wrapped = (event) => listener({}, ...event.detail)
        heard.set(listener, wrapped)
        addEventListener(name, wrapped)
      },
      off: (name, listener) => removeEventListener(name, heard.get(listener)),
    }
    const contextBridge = { exposeInMainWorld: (name, value) => { window[name] = value } }
    const process = { argv: ['${SERVER_ARGUMENT}${server}'] }
    const require = () => ({ contextBridge, ipcRenderer })
    ;(() => { ${preload} })()
  }`)

  const violations: string[] = []
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations.push(message.text())
  })
  return { stories, calls, violations, menu: (commandId: string) => emit(COMMAND_EVENT, commandId) }
}

// Chromium asks before a page may reach servers on this computer. Electron asks main/permissions.ts, which allows it.
test.use({ permissions: ['local-network-access'] })

test('works under the desktop app’s policy, on its own origin, over the bridge', async ({ page }) => {
  // The server knows the origins of the app and of a development server alone.
  await using newsroom = await startTestNewsroom({ env: { GALLEY_DEV_PORT: new URL(ORIGIN).port } })
  await using folder = await tempFolder()
  const shell = await asDesktop(page, newsroom.address, folder.path)
  const headline = page.getByRole('textbox', { name: 'Headline' })

  await page.goto(ORIGIN)
  await page.getByLabel('Email').fill('editor@demo.example')
  await page.getByLabel('Password').fill('galley-demo')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('link', { name: HEADLINE }).first()).toBeVisible()

  await test.step('opens a story by its link', async () => {
    shell.stories.put(STORY_ID)
    await expect(headline).toHaveText(HEADLINE)
  })

  await test.step('loads its picture from the newsroom', async () => {
    const picture = page.locator('img[src^="blob:"]').first()
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  })

  await test.step('saves text to the newsroom, and has it after a reload, still signed in', async () => {
    await headline.click()
    await headline.press('ControlOrMeta+End')
    await headline.pressSequentially(' at last')
    await expect(page.getByText('Saved to the newsroom')).toBeVisible()
    await page.reload()
    await expect(headline).toHaveText(`${HEADLINE} at last`)
  })

  await test.step('runs the app’s commands from the native menu', async () => {
    await shell.menu('view.palette')
    await expect(page.getByRole('dialog')).toBeVisible()
  })

  expect(shell.violations).toEqual([])
})
