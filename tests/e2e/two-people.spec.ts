/**
 * The main job from start to end: a reporter files real wire copy while an editor works on it, the relay dies halfway,
 * the wire editor publishes, and the destination gets exactly the text on screen.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { startTestNewsroom, type TestNewsroom } from '#tests/support/newsroom.ts'
import { until } from '#tests/support/until.ts'
import { ninjsValidator } from '#tests/unit/wire/ninjs-schema.ts'
import { closePages, type FieldName, NewsroomPage } from './support/newsroom-page.ts'
import { readWireCopy } from './support/wire-copy.ts'

const SLUG = 'belarus-pressure'
const FIELDS: FieldName[] = ['Headline', 'Byline', 'Caption', 'Credit', 'Body']
const ITEMS = ['-v1.ninjs.json', '-v1.html'] as const
const copy = readWireCopy()

interface Ninjs {
  by: string
  headlines: { value: string }[]
  bodies: { role: string; value: string }[]
  associations: { by: string; descriptions: { role: string; value: string }[]; renditions: { title: string }[] }[]
}

test.afterEach(closePages)

test('sends the wire exactly the text on screen after two people wrote at once and the relay died', async ({
  browser,
}) => {
  test.skip(copy === null, 'shared/samples is not beside this checkout')
  if (copy === null) return
  await using newsroom = await startTestNewsroom()
  const reporter = await NewsroomPage.signIn(browser, newsroom.address, 'reporter@demo.example')
  const editor = await NewsroomPage.signIn(browser, newsroom.address, 'editor@demo.example')

  await reporter.startStory(SLUG)
  await reporter.type('Headline', copy.headline)
  await editor.openStory(SLUG)
  await expect(editor.field('Headline')).toHaveText(copy.headline)

  const [first = '', second = '', third = '', ...rest] = copy.body
  await reporter.paste('Body', [first, second, third].join('\n\n'))
  await expect(editor.field('Body').locator('p')).toHaveCount(3)

  await test.step('the reporter adds the picture while the editor works on headline and body', async () => {
    await Promise.all([writeFigure(reporter, copy), sharpen(editor, second)])
  })
  await expect(reporter.paragraph(second)).toHaveCount(0)

  await test.step('the relay dies while both keep writing', async () => {
    await newsroom.kill()
    await expect(reporter.saveState()).toHaveText(/^Offline/)
    await reporter.paste('Byline', copy.byline)
    await reporter.caretToEnd('Body')
    await reporter.page.keyboard.press('Enter')
    await reporter.pasteHere(rest.join('\n\n'))
    await editor.caretToEnd('Headline')
    await editor.page.keyboard.type(' – sources')
    await expect(reporter.saveState()).toHaveText('Offline: all changes saved on this computer')
    await newsroom.restart()
  })

  const onScreen = await test.step('both screens end up equal', () => agreedWords(reporter, editor))
  expect(onScreen.Headline).toEqual([`UPDATE 1: ${copy.headline} – sources`])
  expect(onScreen.Byline).toEqual([copy.byline])
  expect(onScreen.Caption).toEqual([copy.caption])
  expect(onScreen.Credit).toEqual([copy.credit])
  expect(onScreen.Body).toEqual([first, third, ...rest])

  await reporter.page.getByRole('button', { name: 'File', exact: true }).click()
  await editor.page.getByRole('button', { name: 'Ready', exact: true }).click()
  const wire = await NewsroomPage.signIn(browser, newsroom.address, 'wire@demo.example')
  await wire.openStory(SLUG)
  await wire.isSavedToTheNewsroom()
  await wire.page.getByRole('button', { name: 'Publish', exact: true }).click()
  await wire.page.getByRole('button', { name: 'Publish version 1' }).click()

  const { text, files } = await dropped(newsroom)
  expect(ninjsValidator()(JSON.parse(text))).toEqual([])
  const item = JSON.parse(text) as Ninjs
  expect([item.headlines[0]?.value]).toEqual(onScreen.Headline)
  expect([item.by]).toEqual(onScreen.Byline)
  expect(item.bodies.find(({ role }) => role === 'plain')?.value.split('\n')).toEqual(onScreen.Body)
  const [picture] = item.associations
  expect([picture?.descriptions.find(({ role }) => role === 'caption')?.value]).toEqual(onScreen.Caption)
  expect([picture?.by]).toEqual(onScreen.Credit)
  expect(files).toContain(picture?.renditions[0]?.title)

  await Promise.all([reporter, editor, wire].map(({ context }) => context.close()))
})

/** Adds a picture from the reporter's disk, types its caption and pastes its credit. */
async function writeFigure(reporter: NewsroomPage, { caption, credit }: { caption: string; credit: string }) {
  const picture = await sharp({ create: { width: 1200, height: 800, channels: 3, background: '#8a8f94' } })
    .jpeg()
    .toBuffer()
  const choosing = reporter.page.waitForEvent('filechooser')
  await reporter.page.getByRole('button', { name: 'Add a picture' }).first().click()
  await (await choosing).setFiles({ name: 'minsk.jpg', mimeType: 'image/jpeg', buffer: picture })
  await reporter.type('Caption', caption)
  await reporter.paste('Credit', credit)
}

/** Writes a better headline and cuts a paragraph. */
async function sharpen(editor: NewsroomPage, paragraph: string) {
  await editor.caretToStart('Headline')
  await editor.page.keyboard.type('UPDATE 1: ')
  await editor.cutParagraph(paragraph)
}

/** Returns the text of every field, once both have saved everything to the newsroom and show the same. */
async function agreedWords(a: NewsroomPage, b: NewsroomPage): Promise<Record<FieldName, string[]>> {
  await a.isSavedToTheNewsroom()
  await b.isSavedToTheNewsroom()
  const read = async (app: NewsroomPage) =>
    Object.fromEntries(await Promise.all(FIELDS.map(async (name) => [name, await app.words(name)] as const)))
  await expect.poll(async () => JSON.stringify(await read(a)) === JSON.stringify(await read(b))).toBe(true)
  return (await read(a)) as Record<FieldName, string[]>
}

/** Returns the ninjs item in the drop folder and the names of all dropped files, once complete. */
async function dropped({ drop }: TestNewsroom): Promise<{ text: string; files: string[] }> {
  const files = await until('the deliveries', async () => {
    const names = await readdir(drop)
    return ITEMS.every((ending) => names.some((name) => name.endsWith(ending))) && names
  })
  const item = files.find((name) => name.endsWith(ITEMS[0])) ?? ''
  return { text: await readFile(join(drop, item), 'utf8'), files }
}
