/** A reporter without a network. No text is lost, whatever happens to the story meanwhile. */
import { expect, test } from '@playwright/test'
import { startTestNewsroom, type TestNewsroom } from '#tests/support/newsroom.ts'
import { closePages, NewsroomPage } from './support/newsroom-page.ts'

let newsroom: TestNewsroom
test.afterEach(closePages)

test.beforeEach(async () => {
  newsroom = await startTestNewsroom()
})
test.afterEach(() => newsroom.close())

const REPORTER = 'reporter@demo.example'
const EDITOR = 'editor@demo.example'
const KEPT = 'The harbour opened at dawn.'
const CUT = 'Ferries will run as usual.'

/** Returns a reporter and an editor in one story of two paragraphs. */
async function twoInAStory(browser: Parameters<typeof NewsroomPage.signIn>[0]) {
  const reporter = await NewsroomPage.signIn(browser, newsroom.address, REPORTER)
  const editor = await NewsroomPage.signIn(browser, newsroom.address, EDITOR)
  await reporter.startStory('harbour')
  await reporter.type('Headline', 'Harbour opens')
  await reporter.paste('Body', `${KEPT}\n\n${CUT}`)
  await reporter.isSavedToTheNewsroom()
  await editor.openStory('harbour')
  await expect(editor.paragraph(CUT)).toBeVisible()
  return { reporter, editor }
}

test('keeps offline edits across closing and opening, and merges them when the network is back', async ({
  browser,
}) => {
  const { reporter, editor } = await twoInAStory(browser)
  // By now the app itself is on this computer's disk.
  await reporter.page.evaluate(() => navigator.serviceWorker.ready)
  await reporter.page.reload()
  await reporter.isSavedToTheNewsroom()
  const address = reporter.page.url()

  await newsroom.stop()
  await reporter.context.setOffline(true)
  await reporter.paragraph(CUT).click()
  await reporter.page.keyboard.press('End')
  await reporter.page.keyboard.type(' Fog is forecast for Monday.')
  await expect(reporter.saveState()).toHaveText('Offline: all changes saved on this computer')
  await reporter.page.close()

  const again = new NewsroomPage(await reporter.context.newPage())
  await again.page.goto(address)
  await expect(again.field('Body')).toContainText('Fog is forecast for Monday.')
  await expect(again.saveState()).toHaveText('Offline: all changes saved on this computer')
  await again.type('Standfirst', 'Written with no network at all')

  await newsroom.restart()
  await again.context.setOffline(false)
  await again.isSavedToTheNewsroom()
  await expect(editor.field('Body')).toContainText('Fog is forecast for Monday.')
  await expect(editor.field('Standfirst')).toHaveText('Written with no network at all')
})

test('sends a story created offline to the newsroom later', async ({ browser }) => {
  const reporter = await NewsroomPage.signIn(browser, newsroom.address, REPORTER)
  const editor = await NewsroomPage.signIn(browser, newsroom.address, EDITOR)
  await expect(reporter.page.locator('[data-queue-row]').first()).toBeVisible()
  await reporter.context.setOffline(true)
  await reporter.startStory('born-offline')
  await reporter.type('Headline', 'Begun on a train')
  await reporter.context.setOffline(false)
  await reporter.isSavedToTheNewsroom()
  await editor.openStory('born-offline')
  await expect(editor.field('Headline')).toHaveText('Begun on a train')
})

test('keeps text typed offline into a paragraph that was cut meanwhile', async ({ browser }) => {
  const { reporter, editor } = await twoInAStory(browser)
  await reporter.context.setOffline(true)
  await reporter.paragraph(CUT).click()
  await reporter.page.keyboard.press('End')
  await reporter.page.keyboard.type(' The last one leaves at nine.')
  await editor.cutParagraph(CUT)
  await editor.isSavedToTheNewsroom()
  await reporter.context.setOffline(false)

  await reporter.isSavedToTheNewsroom()
  for (const person of [reporter, editor]) {
    await expect(person.field('Body')).toContainText('The last one leaves at nine.')
    await expect(person.paragraph(CUT)).toHaveCount(0)
  }
})

test('keeps text that arrives too late until it is dismissed', async ({ browser }) => {
  const { reporter, editor } = await twoInAStory(browser)
  await reporter.context.setOffline(true)
  await reporter.caretToEnd('Body')
  await reporter.page.keyboard.type(' The last one leaves at nine.')
  await editor.page.getByRole('button', { name: 'File', exact: true }).click()
  await editor.page.getByRole('button', { name: 'Ready', exact: true }).click()
  await expect(editor.page.getByRole('button', { name: 'Ready', exact: true })).toHaveCount(0)
  await reporter.context.setOffline(false)

  const tray = reporter.page.getByRole('region', { name: 'Kept words' })
  await expect(tray).toContainText('6 words of yours in the body were not accepted by the newsroom.')
  await expect(tray).toContainText('The last one leaves at nine.')
  await expect(editor.field('Body')).not.toContainText('The last one leaves at nine.')

  await test.step('keeps the tray across a restart of the app', async () => {
    await reporter.page.reload()
    await expect(tray).toContainText('The last one leaves at nine.')
  })
  await tray.getByRole('button', { name: 'Dismiss' }).click()
  await expect(tray).toHaveCount(0)
})

test('sends offline text of a story that is no longer open', async ({ browser }) => {
  const { reporter, editor } = await twoInAStory(browser)
  await reporter.context.setOffline(true)
  await reporter.caretToEnd('Body')
  await reporter.page.keyboard.type(' Written just before the tunnel.')
  await expect(reporter.saveState()).toHaveText('Offline: all changes saved on this computer')
  await reporter.page.evaluate(() => (location.hash = '#/'))
  await expect(reporter.field('Body')).toHaveCount(0)
  await reporter.context.setOffline(false)
  await expect(editor.field('Body')).toContainText('Written just before the tunnel.')
})
