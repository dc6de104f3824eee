/**
 * The life of a published story at the wire desk: an edit after publication is shown, a correction has its note, a kill
 * asks twice and goes everywhere, and outside copy comes in by the clipboard.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startTestNewsroom } from '#tests/support/newsroom.ts'
import { until } from '#tests/support/until.ts'
import { closePages, NewsroomPage } from './support/newsroom-page.ts'

const SLUG = 'LIGHTHOUSE-KEEPERS'
const NOTE = 'An earlier version said 171 years. It is 172.'
const REASON = 'The island has no lighthouse.'

interface Ninjs {
  uri: string
  version: string
  pubStatus: string
  edNote?: string
  headlines?: { value: string }[]
  bodies?: { value: string }[]
}

test.afterEach(closePages)

test('publishes, corrects and kills a story, and delivers every step', async ({ browser }) => {
  await using newsroom = await startTestNewsroom()
  const wire = await NewsroomPage.signIn(browser, newsroom.address, 'wire@demo.example')
  const { page } = wire
  await wire.openStory(SLUG)
  const id = new URL(page.url()).hash.split('/').at(-1) ?? ''
  const delivered = async (version: number): Promise<Ninjs> => {
    const file = join(newsroom.drop, `${id}-v${version}.ninjs.json`)
    await until(`version ${version} is delivered`, () => readFile(file).then(Boolean, () => false))
    return JSON.parse(await readFile(file, 'utf8')) as Ninjs
  }

  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('button', { name: 'Publish version 1' }).click()
  expect(await delivered(1)).toMatchObject({ version: '1', pubStatus: 'usable' })

  await test.step('edits after publication are shown as unpublished', async () => {
    await wire.caretToEnd('Headline')
    await page.keyboard.type(' today')
    await wire.isSavedToTheNewsroom()
    await expect(page.getByRole('button', { name: 'Edited since version 1' })).toBeVisible()
    expect((await delivered(1)).headlines?.[0]?.value).not.toContain('today')
  })

  await test.step('a correction has its note', async () => {
    await page.getByRole('button', { name: 'Publish update' }).click()
    await page.getByLabel('Correction', { exact: true }).click()
    await page.getByLabel('Correction note (public)').fill(NOTE)
    await page.getByRole('button', { name: 'Publish correction, version 2' }).click()
    const corrected = await delivered(2)
    expect(corrected).toMatchObject({ version: '2', pubStatus: 'usable' })
    expect(corrected.edNote).toContain(NOTE)
    expect(corrected.headlines?.[0]?.value).toContain('today')
    await expect(page.getByRole('button', { name: 'Edited since version 1' })).toBeHidden()
  })

  await test.step('a kill asks for a reason and for the slug of the story', async () => {
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Kill…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await expect(dialog).toContainText('Write the reason')
    await dialog.getByLabel('Reason (sent to all recipients)').fill(REASON)
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await dialog.getByLabel('Slug').fill('FERRY-STRIKE')
    await dialog.getByLabel('Slug').press('Enter')
    await expect(dialog).toContainText(`That isn’t ${SLUG}`)
    await dialog.getByLabel('Slug').fill(SLUG)
    await dialog.getByRole('button', { name: 'Kill the story' }).click()
    await expect(dialog).toContainText('can never be published again. Kill received')
    const killed = await delivered(3)
    expect(killed).toMatchObject({ version: '3', pubStatus: 'canceled' })
    expect(killed.edNote).toContain(REASON)
    expect(killed.bodies ?? []).toEqual([])
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
    await expect(page.getByRole('button', { name: /^Publish/ })).toHaveCount(0)
  })

  await test.step('the board shows all deliveries', async () => {
    await page.getByRole('link', { name: 'Deliveries' }).click()
    await expect(page.getByRole('heading', { name: 'Deliveries' })).toBeVisible()
    await expect(page.getByText(/Version 3, kill/)).toHaveCount(2)
  })
})

test('creates a story from pasted copy, and shows what was left out', async ({ browser }) => {
  await using newsroom = await startTestNewsroom()
  const wire = await NewsroomPage.signIn(browser, newsroom.address, 'wire@demo.example')
  const { page } = wire
  await page.getByRole('link', { name: 'Intake' }).click()
  await page.getByRole('button', { name: 'Paste copy' }).click()
  const dialog = page.getByRole('dialog')
  await dialog
    .getByRole('textbox')
    .fill('Harbour reopens after storm\n\nBy Ana Petrou\n\nThe harbour reopened on Monday.\n\nShips waited two days.\n')
  await dialog.getByRole('button', { name: 'Parse' }).click()
  await expect(dialog).toContainText('Harbour reopens after storm')
  await dialog.getByRole('button', { name: 'Create story' }).click()
  await expect(wire.field('Headline')).toHaveText('Harbour reopens after storm')
  expect(await wire.words('Body')).toEqual(['The harbour reopened on Monday.', 'Ships waited two days.'])
})
