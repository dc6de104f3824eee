import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { Doc } from 'yjs'
import type { StoryMeta } from '#shared/article/article.ts'
import { readMeta, setMeta } from '#shared/article/document.ts'
import { StoryPanel } from '#renderer/wire/StoryPanel.tsx'
import { story, WORLD } from '../desk/made-up-stories.ts'
import { mount } from '../ui/mount.tsx'

function open(meta: StoryMeta = {}, readOnly: string | null = null) {
  const doc = new Doc()
  setMeta(doc, meta)
  mount(<StoryPanel doc={doc} story={story(1, { slug: 'of-the-record' })} desk={WORLD} readOnly={readOnly} />)
  return { doc, meta: () => readMeta(doc) }
}

const field = (label: string) => page.getByLabelText(label)
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
    await expect.element(field('Slug')).toHaveAccessibleDescription('A story needs a slug.')
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
  open({}, 'You can read this story.')
  await expect.element(field('Slug')).toHaveAttribute('readonly')
  await expect.element(field('Urgency')).toBeDisabled()
})
