/**
 * Tests the desktop app itself, on a real newsroom. Needs Electron's binary (fetched by `npm start` or
 * `npx install-electron`) and a display; on Linux without a screen, `xvfb-run`. Cannot run as root.
 */
import { spawn } from 'node:child_process'
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { ROOT } from '#electron/launch/build.ts'
import { desktopObstacle, electronBinary, thisMachine } from '#electron/launch/desktop.ts'
import { startTestNewsroom, type TestNewsroom } from '#tests/support/newsroom.ts'
import { type TempFolder, tempFolder } from '#tests/support/temp.ts'

const binary = electronBinary()
const obstacle =
  desktopObstacle(thisMachine()) ?? (binary === null ? "Electron's binary has not been downloaded" : null)
test.skip(obstacle !== null, obstacle ?? undefined)

const HEADLINE = 'After 171 years, the keepers of Skerra Light are going home'
const STORY_ID = '7c9e6679-7425-40de-944b-e07fc1f90a01'

let newsroom: TestNewsroom
let profile: TempFolder
let app: ElectronApplication

const launchArgs = (): string[] => [ROOT, `--user-data-dir=${profile.path}`]

/** Starts the app and waits for its window. */
async function launch(): Promise<Page> {
  app = await _electron.launch({
    ...(binary === null ? {} : { executablePath: binary }),
    args: launchArgs(),
    env: { ...definedEnv(), GALLEY_SERVER: newsroom.address },
  })
  return app.firstWindow()
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Email').fill('editor@demo.example')
  await page.getByLabel('Password').fill('galley-demo')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('link', { name: HEADLINE }).first()).toBeVisible()
}

test.beforeEach(async () => {
  newsroom = await startTestNewsroom()
  profile = await tempFolder('galley-profile-')
})
test.afterEach(async () => {
  await app.close()
  await newsroom.close()
  await profile.remove()
})

test('opens the window on the app’s own origin, and gives its page only the bridge', async () => {
  const page = await launch()
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
  expect(page.url()).toMatch(/^app:\/\/galley\//)
  expect(
    await page.evaluate(() => [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')]),
  ).toEqual(['undefined', 'undefined'])
  expect(await page.evaluate(() => Object.keys(Object(Reflect.get(window, 'galley')) as object).sort())).toEqual([
    'changeServer',
    'notify',
    'onCommand',
    'onOpenStory',
    'openExternal',
    'readSecret',
    'server',
    'setUnsaved',
    'writeSecret',
  ])
  const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'))
  expect(policy).toContain("default-src 'none'")
})

test('does not let the page navigate away or open a window', async () => {
  const page = await launch()
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
  // A scheme that is never allowed out, so that the test does not open a browser.
  await page.evaluate(() => window.location.assign('http://127.0.0.1:9/'))
  expect(await page.evaluate(() => window.open('http://127.0.0.1:9/'))).toBeNull()
  expect(page.url()).toMatch(/^app:\/\/galley\//)
  expect(app.windows()).toHaveLength(1)
})

test('has a native menu that runs the app’s commands', async () => {
  const page = await launch()
  await signIn(page)
  const labels = await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label) ?? [])
  expect(labels.map((label) => label.replace('&', ''))).toEqual(
    expect.arrayContaining(['File', 'Edit', 'View', 'Format', 'Story', 'Window', 'Help']),
  )
  await app.evaluate(({ Menu }) => void Menu.getApplicationMenu()?.getMenuItemById('view.palette')?.click())
  await expect(page.getByRole('dialog')).toBeVisible()
})

test('hands the link of a second start to the open window', async () => {
  const page = await launch()
  await signIn(page)
  if (binary === null) throw new Error('skipped without a binary')
  const second = spawn(binary, [...launchArgs(), `galley://story/${STORY_ID}`], { stdio: 'ignore' })
  const ended = new Promise<void>((settle) => second.once('exit', () => settle()))
  await expect(page.getByRole('textbox', { name: 'Headline' })).toHaveText(HEADLINE)
  await ended
  expect(app.windows()).toHaveLength(1)
})

test('keeps text typed without a newsroom across a restart, and sends it when the newsroom is back', async () => {
  const first = await launch()
  await signIn(first)
  await first.getByRole('link', { name: HEADLINE }).first().click()
  const headline = first.getByRole('textbox', { name: 'Headline' })
  await expect(headline).toHaveText(HEADLINE)
  await newsroom.stop()
  await expect(first.getByText(/^Offline/)).toBeVisible()
  await headline.click()
  await headline.press('ControlOrMeta+End')
  await headline.pressSequentially(' at last')
  await expect(first.getByText(/^Offline, [1-9]/)).toBeVisible()
  await app.close()

  // A system without a keyring forgets the sign-in. The text is kept either way.
  await newsroom.restart()
  const second = await launch()
  if (await second.getByLabel('Email').isVisible()) await signIn(second)
  await second
    .getByRole('link', { name: /Skerra Light/ })
    .first()
    .click()
  await expect(second.getByRole('textbox', { name: 'Headline' })).toHaveText(`${HEADLINE} at last`)
  await expect(second.getByText('Saved to the newsroom')).toBeVisible()
})
