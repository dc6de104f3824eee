import { describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector, XmlText, type XmlElement } from 'yjs'
import { createStore } from 'zustand/vanilla'
import type { Article, Paragraph } from '#shared/article/article.ts'
import { fieldFragment } from '#shared/article/document.ts'
import { writeArticle } from '#shared/article/write.ts'
import type { Destination, Publication } from '#shared/protocol/http.ts'
import { ApiError } from '#renderer/api/api-error.ts'
import type { OutboxState } from '#renderer/collaboration/outbox.ts'
import type { SaveState, StorySessionState } from '#renderer/collaboration/story-session.ts'
import { PublishDialog, type PublishDialogProps } from '#renderer/wire/PublishDialog.tsx'
import { mount } from '../ui/mount.tsx'

const ID = '00000000-0000-4000-8000-00000000000e'
const lines = (...texts: string[]): Paragraph[] =>
  texts.map((text) => ({ type: 'paragraph', content: text === '' ? [] : [{ type: 'text', text, marks: [] }] }))

const READY: Article = {
  headline: lines('Ferries stop for a day'),
  standfirst: [],
  byline: lines('By Nora Lindqvist'),
  dateline: [],
  figures: [],
  body: lines('The crews went home.'),
  meta: { language: 'en' },
}
const PICTURE = { mediaId: ID, type: 'image/jpeg', width: 3, height: 2, name: 'ferry.jpg', alt: '' }
const WITH_PICTURE: Partial<Article> = {
  figures: [{ id: 'fig', picture: PICTURE, caption: lines('A ferry'), credit: lines('Amery Pictures') }],
}
const WIRE: Destination = { id: ID, name: 'Wire, ninjs 3.1', format: 'ninjs31' }
const PUBLICATION: Publication = {
  id: ID,
  storyId: ID,
  version: 1,
  kind: 'new',
  headline: 'Ferries stop for a day',
  publishedAt: '2026-03-03T12:00:00.000Z',
  publishedBy: { id: ID, name: 'Daniel Okoro' },
  edNote: null,
  embargo: null,
  withheld: false,
  deliveries: [],
}

interface Opened {
  article?: Partial<Article>
  save?: SaveState
  outbox?: OutboxState['entries']
  publishedVersion?: number | null
  destinations?: () => Promise<Destination[]>
  publish?: PublishDialogProps['publish']
}

/** Opens the dialog on a story that is ready for the wire and saved to the newsroom, but for what is told otherwise. */
function open(opened: Opened = {}) {
  const doc = new Doc()
  writeArticle(doc, { ...READY, ...opened.article })
  const state = createStore(() => ({ save: opened.save ?? { kind: 'newsroom' } }) as StorySessionState)
  const outbox = createStore<OutboxState>(() => ({ entries: opened.outbox ?? [], diskFault: null }))
  const onGoTo = vi.fn()
  const onPublished = vi.fn()
  const publish = vi.fn(opened.publish ?? (() => Promise.resolve(PUBLICATION)))
  const shown = (closed: boolean) =>
    closed ? (
      <p>Closed</p>
    ) : (
      <PublishDialog
        story={{ slug: 'ferry-strike', publishedVersion: opened.publishedVersion ?? null }}
        session={{ doc, state }}
        publish={publish}
        api={{ destinations: opened.destinations ?? (() => Promise.resolve([WIRE])) }}
        outbox={{ state: outbox }}
        onGoTo={onGoTo}
        onPublished={onPublished}
        onClose={() => show(shown(true))}
      />
    )
  const show = mount(shown(false))
  return { doc, state, outbox, onGoTo, onPublished, publish }
}

const dialog = () => page.getByRole('dialog')
const press = (version = 1) => page.getByRole('button', { name: `Publish version ${version}` })
const closed = () => page.getByText('Closed', { exact: true })

describe('a story that is ready', () => {
  test('is shown as what will go out, as which version, and where to', async () => {
    open({ article: WITH_PICTURE })
    for (const words of ['Ferries stop for a day', '1, new', 'ferry-strike', '4 words, 1 picture', 'Wire, ninjs 3.1']) {
      await expect.element(dialog().getByText(words)).toBeVisible()
    }
  })

  test('that is out already goes as an update', async () => {
    open({ publishedVersion: 2 })
    await expect.element(page.getByText('3, update of version 2')).toBeVisible()
    await expect.element(press(3)).toBeEnabled()
  })

  test('is sent as it is on screen, and the dialog closes', async () => {
    const { publish, onPublished, doc } = open()
    await press().click()
    await expect.element(closed()).toBeVisible()
    expect(onPublished).toHaveBeenCalledWith(PUBLICATION)
    expect(publish).toHaveBeenCalledExactlyOnceWith(encodeStateVector(doc))
  })

  test('is not sent twice by an impatient hand', async () => {
    let answer: (publication: Publication) => void = () => undefined
    const { publish } = open({ publish: () => new Promise((resolve) => (answer = resolve)) })
    await expect.element(press()).toBeEnabled()
    ;(press().element() as HTMLElement).focus()
    await userEvent.keyboard('{Enter}{Enter}')
    await expect.element(page.getByRole('button', { name: 'Publishing…' })).toBeVisible()
    expect(publish).toHaveBeenCalledTimes(1)
    answer(PUBLICATION)
    await expect.element(closed()).toBeVisible()
  })

  test('says so when it would go nowhere', async () => {
    open({ destinations: () => Promise.resolve([]) })
    await expect.element(page.getByText(/no destination yet/)).toBeVisible()
  })
})

describe('it waits', () => {
  const picture = (refused: string | null): OutboxState['entries'] => [
    { key: 1, entry: { kind: 'picture', mediaId: PICTURE.mediaId, name: PICTURE.name, refused } },
  ]

  test.each<[string, Opened, string]>([
    ['until every word is in the newsroom', { save: { kind: 'computer' } }, 'every word is saved to the newsroom'],
    ['while there is no connection', { save: { kind: 'offline', waiting: 2 } }, 'Offline'],
    ['until every picture is there', { article: WITH_PICTURE, outbox: picture(null) }, 'every picture'],
    [
      'for a picture that was refused, and says why',
      { article: WITH_PICTURE, outbox: picture('It is too large.') },
      'ferry.jpg: It is too large.',
    ],
  ])('%s', async (_what, opened, sentence) => {
    open(opened)
    await expect.element(press()).toBeDisabled()
    await expect.element(dialog().getByRole('status')).toMatchTextContent(sentence)
  })

  test('not for a picture of another story', async () => {
    open({ outbox: picture(null) })
    await expect.element(press()).toBeEnabled()
  })

  test('and can be pressed as soon as the words are there', async () => {
    const { state } = open({ save: { kind: 'computer' } })
    await expect.element(press()).toBeDisabled()
    state.setState({ save: { kind: 'newsroom' } })
    await expect.element(press()).toBeEnabled()
  })
})

describe('a story that is not ready', () => {
  test('says what is missing, each with the way to its field', async () => {
    const { onGoTo } = open({ article: { headline: lines(''), byline: lines('') } })
    await expect.element(page.getByText('2 things are to be put right first.')).toBeVisible()
    await expect.element(press()).not.toBeInTheDocument()
    await page.getByRole('button', { name: /^Go to byline/ }).click()
    await expect.element(closed()).toBeVisible()
    await expect.poll(() => onGoTo.mock.calls).toEqual([['byline']])
  })

  test('becomes ready as somebody else puts it right', async () => {
    const { doc } = open({ article: { headline: lines('') } })
    await expect.element(page.getByText('Not ready for the wire')).toBeVisible()
    const other = new Doc()
    applyUpdate(other, encodeStateAsUpdate(doc))
    const paragraph = fieldFragment(other, 'headline').get(0) as XmlElement
    paragraph.insert(0, [new XmlText('Ferries stop')])
    applyUpdate(doc, encodeStateAsUpdate(other))
    await expect.element(press()).toBeEnabled()
  })

  test('by the newsroom’s own checks shows them in their place', async () => {
    const failures = [{ field: 'body', rule: 'tk', message: 'Fill in what is to come: there is a TK.' }]
    open({ publish: () => Promise.reject(new ApiError('checks-failed', 'Not ready.', failures)) })
    await press().click()
    await expect.element(page.getByRole('button', { name: /^Go to body/ })).toBeVisible()
  })
})

test.each([
  ['refuses', new ApiError('conflict', 'Somebody else has just published it.')],
  ['cannot be reached', new ApiError('offline', 'The newsroom cannot be reached.')],
])('when the newsroom %s, the dialog says so and stays', async (_what, error) => {
  let tries = 0
  const { onPublished } = open({
    publish: () => (tries++ === 0 ? Promise.reject(error) : Promise.resolve(PUBLICATION)),
  })
  await press().click()
  await expect.element(page.getByRole('alert')).toMatchTextContent(error.message)
  expect(onPublished).not.toHaveBeenCalled()
  await press().click()
  await expect.element(closed()).toBeVisible()
})

test('destinations that are not known keep nobody from publishing', async () => {
  open({ destinations: () => Promise.reject(new ApiError('offline', 'The newsroom cannot be reached.')) })
  await expect.element(page.getByText('The newsroom cannot be reached.')).toBeVisible()
  await expect.element(press()).toBeEnabled()
})
