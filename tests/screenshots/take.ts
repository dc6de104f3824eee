/**
 * `npm run screenshots`: takes the README's pictures of the running app with real people in it, in light and dark and
 * in two widths. Build first.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { expect } from '@playwright/test'
import { CHROMIUM_ARGS, findChromium } from '#tests/support/chromium.ts'
import { startTestNewsroom } from '#tests/support/newsroom.ts'
import { NewsroomPage } from '#tests/e2e/support/newsroom-page.ts'

const FOLDER = join(import.meta.dirname, '../../docs/screenshots')
const LOOKS = [
  { scheme: 'light', width: 1440, height: 900 },
  { scheme: 'dark', width: 1440, height: 900 },
  { scheme: 'light', width: 1024, height: 768 },
  { scheme: 'dark', width: 1024, height: 768 },
] as const

const STORY = 'LIGHTHOUSE-KEEPERS'
const ADDED = ' He has kept a list.'

/** Takes a picture of the screen in every look. */
async function shoot(page: Page, name: string): Promise<void> {
  for (const { scheme, width, height } of LOOKS) {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await page.evaluate(() => document.fonts.ready)
    await page.screenshot({ path: join(FOLDER, `${name}-${scheme}-${width}.png`) })
  }
  process.stdout.write(`${name}\n`)
}

async function take(browser: Browser): Promise<void> {
  await using newsroom = await startTestNewsroom()
  const visitor = await browser.newPage()
  await visitor.goto(newsroom.address)
  await expect(visitor.getByRole('button', { name: 'editor@demo.example' })).toBeVisible()
  await shoot(visitor, 'sign-in')

  const editor = await NewsroomPage.signIn(browser, newsroom.address, 'editor@demo.example')
  await expect(editor.page.locator('[data-queue-row]').first()).toBeVisible()
  await shoot(editor.page, 'desk')

  const wire = await NewsroomPage.signIn(browser, newsroom.address, 'wire@demo.example')
  await wire.openStory(STORY)
  await editor.openStory(STORY)
  await wire.caretToEnd('Headline')
  await editor.caretToEnd('Standfirst')
  await expect(editor.page.getByText('Daniel Okoro is in the headline')).toBeVisible()
  await editor.isSavedToTheNewsroom()
  await shoot(editor.page, 'story')

  await wire.page.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(wire.page.getByRole('button', { name: 'Publish version 1' })).toBeEnabled()
  await shoot(wire.page, 'publish')
  await wire.page.getByRole('button', { name: 'Publish version 1' }).click()
  await expect(wire.page.getByText('Version 1').first()).toBeVisible()
  for (const name of ['deliveries', 'destinations', 'intake']) {
    await wire.page.goto(`${newsroom.address}/#/${name}`)
    await expect(wire.page.getByRole('heading', { level: 1 })).toBeVisible()
    await shoot(wire.page, name)
  }

  await editor.context.setOffline(true)
  await editor.page.keyboard.type(ADDED)
  await expect(editor.saveState()).toHaveText('Offline: all changes saved on this computer')
  await shoot(editor.page, 'offline')
}

const executablePath = findChromium()
const browser = await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath === null ? {} : { executablePath }) })
try {
  await mkdir(FOLDER, { recursive: true })
  await take(browser)
} finally {
  await browser.close()
}
