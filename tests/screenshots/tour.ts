/** Walks through the screens of a newsroom with real people in it. */
import { type Browser, type Page } from 'playwright'
import { expect } from '@playwright/test'
import { startTestNewsroom } from '#tests/support/newsroom.ts'
import { NewsroomPage } from '#tests/e2e/support/newsroom-page.ts'

const STORY = 'LIGHTHOUSE-KEEPERS'
const ADDED = ' He has kept a list.'

/** Calls `look` at each screen, in English, with the name of the screen. */
export async function tour(browser: Browser, look: (page: Page, name: string) => Promise<void>): Promise<void> {
  await using newsroom = await startTestNewsroom()
  const visitor = await (await browser.newContext()).newPage()
  await visitor.goto(newsroom.address)
  await expect(visitor.getByRole('button', { name: 'editor@demo.example' })).toBeVisible()
  await look(visitor, 'sign-in')

  const editor = await NewsroomPage.signIn(browser, newsroom.address, 'editor@demo.example')
  await expect(editor.page.locator('[data-queue-row]').first()).toBeVisible()
  await look(editor.page, 'desk')

  const wire = await NewsroomPage.signIn(browser, newsroom.address, 'wire@demo.example')
  await wire.openStory(STORY)
  await editor.openStory(STORY)
  await wire.caretToEnd('Headline')
  await editor.caretToEnd('Standfirst')
  await expect(editor.page.getByText('Daniel Okoro is in the headline')).toBeVisible()
  await editor.isSavedToTheNewsroom()
  await look(editor.page, 'story')

  await wire.page.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(wire.page.getByRole('button', { name: 'Publish version 1' })).toBeEnabled()
  await look(wire.page, 'publish')
  await wire.page.getByRole('button', { name: 'Publish version 1' }).click()
  await expect(wire.page.getByText('Version 1').first()).toBeVisible()
  for (const name of ['deliveries', 'destinations', 'intake']) {
    await wire.page.goto(`${newsroom.address}/#/${name}`)
    await expect(wire.page.getByRole('heading', { level: 1 })).toBeVisible()
    await look(wire.page, name)
  }

  await editor.context.setOffline(true)
  await editor.page.keyboard.type(ADDED)
  await expect(editor.saveState()).toHaveText('Offline: all changes saved on this computer')
  await look(editor.page, 'offline')
}
