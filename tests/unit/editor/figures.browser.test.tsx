import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { encodeStateAsUpdate } from 'yjs'
import type { Figure } from '#shared/article/article.ts'
import { moveFigure, removeFigure } from '#shared/article/document.ts'
import { jpeg } from './picture-files.ts'
import { button, field, lines, mod, openStory, type OpenStory, press, typeIn } from './story-pages.tsx'

beforeEach(() => page.viewport(1200, 800))

const figure = (id: string, caption: string): Figure => ({
  id,
  picture: null,
  caption: lines(caption),
  credit: lines('AP'),
})
const captions = (story: OpenStory) => story.article().figures.map(({ id }) => story.text(`caption:${id}`))
const choose = (...files: File[]) => userEvent.upload(page.getByLabelText('Add pictures'), files)
const picture = () => page.getByRole('figure').getByRole('img')
const menuOf = (name: string) => userEvent.click(button(`${name} options`))

/** Drops or pastes files on the element with this name, as a browser does. */
async function give(event: 'drop' | 'paste', files: File[], to: string, text?: string): Promise<void> {
  await expect.element(field(to)).toBeVisible()
  const data = new DataTransfer()
  for (const file of files) data.items.add(file)
  if (text !== undefined) data.setData('text/plain', text)
  const target = field(to).element()
  target.dispatchEvent(
    event === 'drop'
      ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
      : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
  )
}

describe('adding a picture', () => {
  test('fills caption and credit from the embedded text', async () => {
    const story = openStory()
    await choose(
      await jpeg(300, 200, { iptc: { caption: 'The pans at dusk', byline: 'Māra Ozoliņa', credit: 'Reuters' } }),
    )
    await expect.element(field('Caption')).toHaveTextContent('The pans at dusk')
    await expect.element(field('Credit')).toHaveTextContent('Māra Ozoliņa/Reuters')
    expect(story.article().figures[0]?.picture).toMatchObject({
      type: 'image/jpeg',
      width: 300,
      height: 200,
      name: 'salt-pans.jpg',
    })
    await expect.element(picture()).toHaveAttribute('src', expect.stringMatching(/^blob:/))
  })
  test('keeps the bytes out of the document', async () => {
    const story = openStory()
    await choose(await jpeg(300, 200))
    await expect.element(picture()).toBeVisible()
    const bytes = new TextDecoder('latin1').decode(encodeStateAsUpdate(story.session.doc))
    expect(bytes).toMatch('salt-pans.jpg')
    expect(bytes).not.toMatch(/data:|blob:|base64/)
  })
  test('puts the caret into the caption', async () => {
    openStory()
    await choose(await jpeg(30, 20))
    await expect.element(field('Caption')).toHaveFocus()
  })
  test('is one undo step', async () => {
    const story = openStory()
    await choose(await jpeg(30, 20, { iptc: { caption: 'Gone again' } }))
    await expect.element(field('Caption')).toBeVisible()
    await mod('z')
    await expect.element(field('Caption')).not.toBeInTheDocument()
    expect(story.article().figures).toEqual([])
  })
  test('works by dropping it anywhere on the page', async () => {
    const story = openStory()
    await give('drop', [await jpeg(30, 20), await jpeg(40, 20)], 'Body')
    await expect.element(page.getByRole('figure', { name: 'Picture 2 of 2' })).toBeVisible()
    expect(story.text('body')).toBe('')
  })
  test('adds it after the figure on which it is dropped', async () => {
    const story = openStory({ figures: [figure('a', 'One'), figure('b', 'Two')] })
    const first = page.getByRole('figure', { name: 'Picture 1 of 2' }).getByRole('textbox', { name: 'Credit' })
    await expect.element(first).toBeVisible()
    const data = new DataTransfer()
    data.items.add(await jpeg(30, 20, { iptc: { caption: 'Between' } }))
    // The first figure has no picture yet, so it takes a picture dropped there.
    first.element().dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
    await expect.element(page.getByRole('figure', { name: 'Picture 1 of 2' }).getByRole('img')).toBeVisible()
    first.element().dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
    await expect.element(page.getByRole('figure', { name: 'Picture 3 of 3' })).toBeVisible()
    expect(captions(story)).toEqual(['One', 'Between', 'Two'])
  })
  test('works by pasting it, unless text comes with it', async () => {
    const story = openStory()
    await give('paste', [await jpeg(30, 20)], 'Body', 'A cell of a table')
    await give('paste', [await jpeg(30, 20)], 'Body')
    await expect.element(field('Caption')).toBeVisible()
    expect(story.article().figures).toHaveLength(1)
  })
  test('says why a file is not a picture', async () => {
    const story = openStory()
    await choose(new File(['%PDF'], 'story.jpg', { type: 'image/jpeg' }))
    await expect.element(page.getByText(/“story.jpg” was not added/)).toBeVisible()
    await give('drop', [new File(['<svg/>'], 'map.svg', { type: 'image/svg+xml' })], 'Body')
    await expect.element(page.getByText(/“map.svg” isn’t a picture that Galley can use/)).toBeVisible()
    expect(story.article().figures).toEqual([])
  })
  test('shows the progress of sending it to the newsroom', async () => {
    const story = openStory({}, { connection: 'offline' })
    await choose(await jpeg(300, 200))
    await expect.element(page.getByText('On this computer; sent when you are online')).toBeVisible()
    story.set({ connection: 'online' })
    await expect.element(page.getByText('Sending to the newsroom')).toBeVisible()
    story.pictures.refused('This picture is larger than the newsroom takes.')
    await expect.element(page.getByRole('alert')).toMatchTextContent('This picture is larger than the newsroom takes.')
    await userEvent.click(button('Send again'))
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
  })
})

describe('a figure', () => {
  test('is removed with a notice, and undo restores it whole', async () => {
    const story = openStory({ figures: [figure('a', 'Salt pans at dusk')] })
    await menuOf('Picture')
    await userEvent.click(page.getByRole('menuitem', { name: 'Remove' }))
    await expect.element(page.getByText('Picture removed, with 5 words of caption and credit.')).toBeVisible()
    expect(story.article().figures).toEqual([])
    await userEvent.click(page.getByRole('status').getByRole('button', { name: 'Undo' }))
    await expect.element(field('Caption')).toHaveTextContent('Salt pans at dusk')
    expect(story.text('credit:a')).toBe('AP')
  })
  test('offers undo only until the next edit', async () => {
    openStory({ figures: [figure('a', 'Salt pans at dusk')] })
    await menuOf('Picture')
    await userEvent.click(page.getByRole('menuitem', { name: 'Remove' }))
    const offer = page.getByRole('status').getByRole('button', { name: 'Undo' })
    await expect.element(offer).toBeVisible()
    await typeIn('Body', 'x')
    await expect.element(offer).not.toBeInTheDocument()
    await expect.element(page.getByText('Picture removed, with 5 words of caption and credit.')).toBeVisible()
  })
  test('moves up and down', async () => {
    const story = openStory({ figures: [figure('a', 'One'), figure('b', 'Two')] })
    await menuOf('Picture 1 of 2')
    await userEvent.click(page.getByRole('menuitem', { name: 'Move down' }))
    expect(captions(story)).toEqual(['Two', 'One'])
    await menuOf('Picture 2 of 2')
    await userEvent.click(page.getByRole('menuitem', { name: 'Move up' }))
    expect(captions(story)).toEqual(['One', 'Two'])
  })
  test('keeps the caret in its caption when another person moves it', async () => {
    const story = openStory({ figures: [figure('a', 'One'), figure('b', 'Two')] })
    await userEvent.click(page.getByText('Two'))
    await press('{End}')
    moveFigure(story.theirDoc, 'b', 0)
    await expect.element(page.getByRole('figure', { name: 'Picture 1 of 2' })).toMatchTextContent('Two')
    await press(' more')
    expect(captions(story)).toEqual(['Two more', 'One'])
  })
  test('removed by another person takes only its own editors along', async () => {
    const story = openStory({ figures: [figure('a', 'One')], body: lines('Half a sen') })
    await userEvent.click(field('Body'))
    removeFigure(story.theirDoc, 'a')
    await expect.element(field('Caption')).not.toBeInTheDocument()
    await press('{End}tence')
    expect(story.text('body')).toBe('Half a sentence')
  })
  test('keeps its text when its picture is replaced', async () => {
    const story = openStory({ figures: [{ ...figure('a', 'Mine'), credit: [] }] })
    await expect.element(field('Caption')).toBeVisible()
    const file = page.getByRole('figure').element().querySelector('input')
    if (file === null) throw new Error('No input')
    await userEvent.upload(file, await jpeg(30, 20, { iptc: { caption: 'Theirs', credit: 'Reuters' } }))
    await expect.element(picture()).toBeVisible()
    expect([story.text('caption:a'), story.text('credit:a')]).toEqual(['Mine', 'Reuters'])
  })
  test('has alt text', async () => {
    const story = openStory()
    await choose(await jpeg(300, 200))
    await userEvent.click(button('Describe'))
    await userEvent.fill(page.getByRole('textbox', { name: /Description for readers/ }), 'A pink lake under a low sun')
    await userEvent.click(button('Save description'))
    await expect.element(picture()).toHaveAccessibleName('A pink lake under a low sun')
    expect(story.article().figures[0]?.picture?.alt).toBe('A pink lake under a low sun')
  })
  test.each([
    ['a landscape', 2400, 1200],
    ['a portrait', 800, 2400],
    ['a tiny one', 60, 40],
  ])('fits the page with %s picture', async (_, width, height) => {
    openStory()
    await choose(await jpeg(width, height))
    await expect.element(picture()).toBeVisible()
    const shown = picture().element().getBoundingClientRect()
    const sheet = page.getByRole('article').element().getBoundingClientRect()
    expect(shown.width).toBeLessThanOrEqual(Math.min(width, sheet.width) + 1)
    expect(shown.height).toBeLessThanOrEqual(800 * 0.7)
    expect(shown.width / shown.height).toBeCloseTo(width / height, 1)
  })
})
