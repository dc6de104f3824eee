import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { Map as YMap, type Text } from 'yjs'
import { addFigure, setMeta } from '#shared/article/document.ts'
import { storyPageOf } from '#renderer/editor/story-page-of.ts'
import {
  button,
  caretAt,
  field,
  line,
  lines,
  mod,
  openStory,
  type OpenStory,
  press,
  theirField,
  typeIn,
} from './story-pages.tsx'

beforeEach(() => page.viewport(1200, 800))

const focusedField = () => document.activeElement?.getAttribute('aria-label') ?? null
const theyWrite = (story: OpenStory, text: string, at = 0) => {
  const body = theirField(story, 'body')
  const index = indexOfBlock(body, at)
  body.insertEmbed(index, new YMap())
  body.insert(index + 1, text, {})
}
/** Returns the index of a block's separator; the end of the text for the next new block. */
const indexOfBlock = (text: Text, block: number): number => {
  let index = 0
  let separators = 0
  for (const { insert } of text.toDelta() as { insert: unknown }[]) {
    if (typeof insert !== 'string' && separators++ === block) return index
    index += typeof insert === 'string' ? insert.length : 1
  }
  return index
}
const element = (selector: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(selector)
  if (found === null) throw new Error(`There is no ${selector}`)
  return found
}

describe('the fields', () => {
  test('are textboxes with names, single- or multi-line', async () => {
    openStory()
    for (const [name, multiline] of Object.entries({
      Headline: 'false',
      Standfirst: 'true',
      Byline: 'false',
      Dateline: 'false',
      Body: 'true',
    })) {
      await expect.element(field(name)).toHaveAttribute('aria-multiline', multiline)
    }
  })
  test('of a figure are Caption and Credit', async () => {
    openStory({ figures: [{ id: 'a', picture: null, caption: lines('The pans'), credit: [] }] })
    await expect.element(field('Caption')).toHaveTextContent('The pans')
    await expect.element(field('Credit')).toHaveAttribute('aria-multiline', 'false')
  })
  test('show a placeholder while they are empty', async () => {
    openStory()
    await expect.element(field('Body')).toBeVisible()
    const placeholders = [...document.querySelectorAll('[data-placeholder]')].map((each) =>
      each.getAttribute('data-placeholder'),
    )
    expect(placeholders).toEqual(['Headline', 'Standfirst', 'Byline', 'Dateline', 'Write the story'])
  })
  test('are spell-checked in the language of the story, which the desk may change', async () => {
    const story = openStory()
    await expect.element(field('Body')).toHaveAttribute('lang', 'en-GB')
    await expect.element(field('Body')).toHaveAttribute('spellcheck', 'true')
    setMeta(story.theirDoc, { language: 'el' })
    await expect.element(field('Body')).toHaveAttribute('lang', 'el')
    await expect.element(page.getByText('Greek', { exact: true })).toBeVisible()
  })
  test('detect the direction of each paragraph', async () => {
    openStory({ body: lines('The ministry did not comment.', 'قالت المحكمة يوم الخميس') })
    await expect.element(field('Body')).toBeVisible()
    const directions = [...document.querySelectorAll('[aria-label=Body] p')].map(
      (each) => getComputedStyle(each).direction,
    )
    expect(directions).toEqual(['ltr', 'rtl'])
  })
  test('keep typed text, and show what others type', async () => {
    const story = openStory()
    await typeIn('Headline', 'Court keeps the salt pans')
    expect(story.text('headline')).toBe('Court keeps the salt pans')
    theyWrite(story, 'The judge read it out.')
    await expect.element(field('Body')).toHaveTextContent('The judge read it out.')
  })
})

describe('moving between fields', () => {
  test('Tab and Shift-Tab move from field to field', async () => {
    openStory()
    await userEvent.click(field('Headline'))
    const seen = [focusedField()]
    for (let step = 0; step < 4; step++) {
      await press('{Tab}')
      seen.push(focusedField())
    }
    expect(seen).toEqual(['Headline', 'Standfirst', 'Byline', 'Dateline', 'Body'])
    await press('{Shift>}{Tab}{/Shift}')
    expect(focusedField()).toBe('Dateline')
  })
  test('Tab passes through the figures in page order', async () => {
    openStory({ figures: [{ id: 'a', picture: null, caption: [], credit: [] }] })
    await userEvent.click(field('Dateline'))
    await press('{Tab}')
    expect(focusedField()).toBe('Caption')
    await press('{Tab}')
    expect(focusedField()).toBe('Credit')
    await press('{Tab}')
    expect(focusedField()).toBe('Body')
  })
  test('Tab out of the body leaves the page', async () => {
    openStory()
    await userEvent.click(field('Body'))
    await press('{Tab}')
    expect(focusedField()).not.toBe('Body')
  })
  test('Enter in a one-line field moves to the next', async () => {
    openStory()
    await typeIn('Headline', 'One line')
    await press('{Enter}and a standfirst')
    await expect.element(field('Standfirst')).toHaveTextContent('and a standfirst')
  })
  test('arrows continue at the edges, to the place under the caret', async () => {
    const story = openStory({
      headline: lines('Court keeps the salt pans'),
      standfirst: lines('Judge says the ministry erred'),
    })
    await userEvent.click(field('Headline'))
    await press('{Home}')
    await caretAt(story, 'headline', 'start')
    await press('{ArrowDown}')
    expect(focusedField()).toBe('Standfirst')
    await press('X')
    expect(story.text('standfirst')).toBe('XJudge says the ministry erred')
    await press('{ArrowUp}')
    expect(focusedField()).toBe('Headline')
    await press('{End}')
    await caretAt(story, 'headline', 'end')
    await press('{ArrowRight}')
    expect(focusedField()).toBe('Standfirst')
  })
  test('a click on the empty page under the story moves to its end', async () => {
    const story = openStory({ body: lines('The end') })
    await expect.element(field('Body')).toBeVisible()
    const article = page.getByRole('article')
    const { height } = article.element().getBoundingClientRect()
    await userEvent.click(article, { position: { x: 300, y: height - 20 } })
    await press(' of it')
    expect(story.text('body')).toBe('The end of it')
  })
})

describe('the one undo stack', () => {
  test('takes back edits in all fields, last one first, and moves to each', async () => {
    const story = openStory()
    await typeIn('Headline', 'Court')
    await typeIn('Body', 'Nicosia')
    await mod('z')
    expect([story.text('headline'), story.text('body')]).toEqual(['Court', ''])
    await mod('z')
    expect(story.text('headline')).toBe('')
    expect(focusedField()).toBe('Headline')
    await mod('{Shift>}z{/Shift}')
    expect(story.text('headline')).toBe('Court')
  })
  test('leaves the text of others alone', async () => {
    const story = openStory()
    await typeIn('Headline', 'Mine')
    theyWrite(story, 'Theirs')
    await userEvent.click(button('Undo'))
    expect([story.text('headline'), story.text('body').trim()]).toEqual(['', 'Theirs'])
    await expect.element(button('Undo')).toHaveAttribute('aria-disabled', 'true')
  })
})

describe('while others edit', () => {
  test('a new figure leaves all other editors and the caret unchanged', async () => {
    const story = openStory({ body: lines('Half a sen') })
    await typeIn('Body', 't')
    const before = [...document.querySelectorAll('.ProseMirror')]
    addFigure(story.theirDoc, { id: 'b', picture: null })
    await expect.element(field('Caption')).toBeVisible()
    const after = [...document.querySelectorAll('.ProseMirror')]
    expect(before.every((each) => after.includes(each))).toBe(true)
    await press('ence')
    expect(story.text('body')).toBe('Half a sentence')
  })
  /** Returns where a paragraph is on screen, after layout and the browser's own scroll anchoring. */
  const placeOf = async (text: string) => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    return page.getByText(text, { exact: true }).element().getBoundingClientRect().top
  }
  const fortyParagraphs = Array.from({ length: 40 }, (_, index) => line(`Paragraph ${index}.`))

  test('the line that I write in stays in place on screen', async () => {
    const story = openStory({ body: fortyParagraphs })
    await userEvent.click(page.getByText('Paragraph 30.'))
    const before = await placeOf('Paragraph 30.')
    for (let written = 0; written < 5; written++) theyWrite(story, `News from above, number ${written}`, written)
    await expect.element(field('Body')).toMatchTextContent('number 4')
    expect(await placeOf('Paragraph 30.')).toBeCloseTo(before, 0)
  })
  test('the line stays in place when something visible above it grows', async () => {
    const story = openStory({ headline: lines('Court'), body: fortyParagraphs })
    await expect.element(field('Body')).toBeVisible()
    element('[data-region=page]').scrollTop = 100
    await userEvent.click(page.getByText('Paragraph 5.'))
    const before = await placeOf('Paragraph 5.')
    const more = ' keeps the salt pans open for another season, and one more, and one after that'
    theirField(story, 'headline').insert(6, more, {})
    await expect.element(field('Headline')).toMatchTextContent('after that')
    expect(await placeOf('Paragraph 5.')).toBeCloseTo(before, 0)
  })
  test('the top line stays in place for a reader', async () => {
    const story = openStory({ body: fortyParagraphs })
    await expect.element(field('Body')).toBeVisible()
    element('[data-region=page]').scrollTop = 700
    const before = await placeOf('Paragraph 20.')
    for (let written = 0; written < 5; written++) theyWrite(story, `News from above, number ${written}`, written)
    await expect.element(field('Body')).toMatchTextContent('number 4')
    expect(await placeOf('Paragraph 20.')).toBeCloseTo(before, 0)
  })
  test('an edit that removes that line right after a remote change is saved, and so are later edits', async () => {
    const story = openStory({ body: fortyParagraphs })
    await userEvent.click(page.getByText('Paragraph 30.'))
    theyWrite(story, 'News from above')
    const editor = storyPageOf(story.session).editor('body')
    // Like the menu, without a key press first.
    editor?.commands.clearContent()
    editor?.commands.insertContent('All of it again')
    expect(theirField(story, 'body').toJSON()).toBe('All of it again')
  })
  test('a new figure above my line does not move it', async () => {
    const story = openStory({ body: fortyParagraphs })
    await userEvent.click(page.getByText('Paragraph 20.'))
    const before = await placeOf('Paragraph 20.')
    addFigure(story.theirDoc, { id: 'c', picture: null })
    await expect.element(field('Caption')).toBeInTheDocument()
    expect(await placeOf('Paragraph 20.')).toBeCloseTo(before, 0)
  })
})
