import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { Doc } from 'yjs'
import type { StoryMeta } from '#shared/article/article.ts'
import { readMeta, setMeta } from '#shared/article/document.ts'
import { StoryPanel } from '#renderer/story/meta/StoryPanel.tsx'
import { createVocabulary } from '#shared/wire/subjects/vocabulary.ts'
import { message, type Message } from '#shared/messages/message.ts'
import { story, WORLD } from '../desk/made-up-stories.ts'
import { mount } from '../ui/mount.tsx'

const VOCABULARY = createVocabulary([
  { code: 'medtop:11000000', broader: null, labels: { en: 'politics', el: 'πολιτική' } },
  { code: 'medtop:20000587', broader: 'medtop:11000000', labels: { en: 'election', el: 'εκλογές' } },
  { code: 'medtop:20000588', broader: 'medtop:20000587', labels: { en: 'by-election' } },
  { code: 'medtop:15000000', broader: null, labels: { en: 'sport', el: 'αθλητισμός' } },
])

function open(meta: StoryMeta = {}, readOnly: Message | null = null, language = 'en') {
  const doc = new Doc()
  setMeta(doc, meta)
  mount(
    <StoryPanel
      doc={doc}
      story={story(1, { slug: 'of-the-record' })}
      desk={WORLD}
      readOnly={readOnly}
      vocabulary={VOCABULARY}
      labelLanguage={language}
      published={[story(2, { headline: 'The harbour reopens' })]}
    />,
  )
  return { doc, meta: () => readMeta(doc) }
}

const field = (label: string, options = { exact: true }) => page.getByLabelText(label, options)
const leave = () => userEvent.tab()

describe('a line of the panel', () => {
  test('is in the document with each key, and not only when it is left', async () => {
    const { meta } = open()
    await field('Section').fill('World')
    expect(meta().section).toBe('World')
  })

  test('shows what somebody else writes, unless it is being written in', async () => {
    const { doc, meta } = open({ section: 'World' })
    setMeta(doc, { section: 'Sport' })
    await expect.element(field('Section')).toHaveValue('Sport')
    await field('Section').fill('Spor')
    setMeta(doc, { section: 'Culture' })
    await expect.element(field('Section')).toHaveValue('Spor')
    await leave()
    await expect.element(field('Section')).toHaveValue('Culture')
    expect(meta().section).toBe('Culture')
  })

  test('that is emptied is taken out of the document', async () => {
    const { meta } = open({ section: 'World', keywords: ['a'], targetLength: 10 })
    for (const label of ['Section', 'Keywords', 'Target length']) await field(label).fill('')
    expect(meta()).toEqual({})
  })
})

describe('the slug', () => {
  test('is the record’s until the document has one', async () => {
    open()
    await expect.element(field('Slug')).toHaveValue('of-the-record')
  })

  test('that cannot be used says why and stays out of the document', async () => {
    const { meta } = open({ slug: 'ferry-strike' })
    await field('Slug').fill(' ')
    await expect.element(field('Slug')).toHaveAccessibleDescription('Enter a slug: one line, up to 80 characters.')
    expect(meta().slug).toBe('ferry-strike')
    await leave()
    await expect.element(field('Slug')).toHaveValue('ferry-strike')
  })
})

test('keywords are told apart by commas, Arabic ones too', async () => {
  const { meta } = open()
  await field('Keywords').fill('ferries,  strike, ferries،  بحر , ')
  expect(meta().keywords).toEqual(['ferries', 'strike', 'بحر'])
})

test.each([
  ['450', 450],
  ['many', undefined],
  ['-3', undefined],
  ['1.5', undefined],
])('a target length of %s is %s', async (typed, expected) => {
  const { meta } = open()
  await field('Target length').fill(typed)
  expect(meta().targetLength).toBe(expected)
  await expect.poll(() => field('Target length').element().ariaInvalid).toBe(expected === undefined ? 'true' : null)
})

test('urgency and language are chosen', async () => {
  const { meta } = open()
  await field('Urgency').selectOptions('1, flash')
  await field('Language').selectOptions('Greek (Cyprus)')
  expect(meta()).toEqual({ urgency: 1, language: 'el-CY' })
})

test('nothing can be changed in a story that may only be read', async () => {
  open({}, message('collaboration.read-only'))
  await expect.element(field('Slug')).toHaveAttribute('readonly')
  await expect.element(field('Urgency')).toBeDisabled()
})

describe('subjects', () => {
  const add = () => page.getByRole('button', { name: 'Add a subject' }).click()
  const press = (keys: string) => userEvent.keyboard(keys)
  const options = () =>
    page
      .getByRole('listbox')
      .getByRole('option')
      .elements()
      .map((option) => option.textContent)

  test('are found by their words, at any depth, with where they belong', async () => {
    const { meta } = open()
    await add()
    await press('by-el')
    await expect.poll(options).toEqual(['politics › electionby-election'])
    await press('{Enter}')
    expect(meta().subjects).toEqual(['medtop:20000588'])
  })

  test('are walked with the arrows, into a subject and out of it', async () => {
    const { meta } = open()
    await add()
    await expect.poll(options).toEqual(['politics', 'sport'])
    await press('{ArrowRight}')
    await expect.poll(options).toEqual(['election'])
    await press('{ArrowRight}')
    await expect.poll(options).toEqual(['by-election'])
    await press('{ArrowLeft}{Enter}')
    expect(meta().subjects).toEqual(['medtop:20000587'])
    await press('{ArrowLeft}{ArrowDown}{Enter}')
    expect(meta().subjects).toEqual(['medtop:20000587', 'medtop:15000000'])
  })

  test('are called as in the newsroom’s language', async () => {
    open({ subjects: ['medtop:20000587'] }, null, 'el-CY')
    await expect.element(page.getByText('εκλογές')).toBeVisible()
    await add()
    await press('αθλητισμος')
    await expect.poll(options).toEqual(['αθλητισμός'])
  })

  test('are taken away, also those that nobody knows', async () => {
    const { meta } = open({ subjects: ['medtop:99'] })
    await page.getByRole('button', { name: 'Remove medtop:99' }).click()
    expect(meta()).toEqual({})
  })
})

test('the dateline’s place and day, the genre and each line of the rights are the document’s', async () => {
  const { meta } = open()
  await field('Place').fill('Gdynia')
  await field('Date').fill('2026-03-03')
  await field('Genre').selectOptions('Curtain raiser')
  await field('Rights holder').fill('Amery News')
  await field('Usage terms').fill('Not for archives')
  await field('Rights holder').fill('')
  expect(meta()).toEqual({
    place: 'Gdynia',
    datelineDate: '2026-03-03',
    genre: 'genre:Curtain_Raiser',
    rights: { usage: 'Not for archives' },
  })
})

describe('related items', () => {
  const begin = () => page.getByRole('button', { name: 'Add a related item' }).click()
  const add = () => page.getByRole('button', { name: 'Add', exact: true }).click()

  test('are the newsroom’s own, by their uri', async () => {
    const { meta } = open()
    await begin()
    await field('Published story').selectOptions('The harbour reopens')
    await add()
    expect(meta().related).toEqual([{ uri: `urn:uuid:${story(2).id}`, title: 'The harbour reopens' }])
  })

  test('or pages with an address that can be one', async () => {
    const { meta } = open()
    await begin()
    await field('Address').fill('javascript:alert(1)')
    await field('Title').fill('The port’s own page')
    await add()
    expect(meta().related).toBeUndefined()
    await field('Address').fill('https://port.example')
    await add()
    expect(meta().related).toEqual([{ uri: 'https://port.example', title: 'The port’s own page' }])
  })

  test('are taken away', async () => {
    const { meta } = open({ related: [{ uri: 'urn:x', title: 'A' }] })
    await page.getByRole('button', { name: 'Remove A' }).click()
    expect(meta()).toEqual({})
  })
})
