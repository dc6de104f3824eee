import { describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import { createStore } from 'zustand/vanilla'
import type { Article, Paragraph } from '#shared/article/article.ts'
import { fieldText } from '#shared/article/document.ts'
import { writeArticle } from '#shared/article/write.ts'
import type {
  DestinationSettings,
  IntakeItem,
  Moment,
  MomentRequest,
  Publication,
  Scheduled,
  StorySource,
} from '#shared/protocol/http.ts'
import { readMoment } from '#shared/story/moment.ts'
import { ApiError } from '#renderer/api/api-error.ts'
import type { OutboxState } from '#renderer/collaboration/outbox.ts'
import type { SaveState, StorySessionState } from '#renderer/collaboration/story-session.ts'
import { PublishDialog, type PublishDialogProps } from '#renderer/wire/publish/PublishDialog.tsx'
import { planned, story } from '../desk/made-up-stories.ts'
import { mount } from '../ui/mount.tsx'
import { destination, intakeItem, publication } from './made-up-wire.ts'

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
const WIRE = destination(1, { name: 'Wire, ninjs 3.1' })
const PUBLICATION = publication(1)

interface Opened {
  article?: Partial<Article>
  save?: SaveState
  outbox?: OutboxState['entries']
  publishedVersion?: number | null
  kind?: PublishDialogProps['kind']
  note?: string
  /** True if edited since publication. Default: true. */
  edited?: boolean
  planned?: Scheduled
  source?: StorySource
  destinations?: () => Promise<DestinationSettings[]>
  publish?: PublishDialogProps['publish']
  api?: Partial<PublishDialogProps['api']>
}

/** Opens the dialog on a story that is ready and saved to the newsroom, unless the options say otherwise. */
function open(opened: Opened = {}) {
  const doc = new Doc()
  writeArticle(doc, { ...READY, ...opened.article })
  const state = createStore(() => ({ save: opened.save ?? { kind: 'newsroom' } }) as StorySessionState)
  const outbox = createStore<OutboxState>(() => ({ entries: opened.outbox ?? [], diskFault: null }))
  const onGoTo = vi.fn()
  const onPublished = vi.fn()
  const onScheduled = vi.fn()
  const onClose = vi.fn()
  const reload = vi.fn()
  const publish = vi.fn(opened.publish ?? (() => Promise.resolve(PUBLICATION)))
  const schedule = vi.fn<PublishDialogProps['schedule']>(() => Promise.resolve(planned()))
  const preview = vi.fn<PublishDialogProps['api']['preview']>((_id, { format }) =>
    Promise.resolve({ format, contentType: 'text/plain', extension: 'txt', text: `As ${format}` }),
  )
  let source = opened.source ?? null
  const shown = (closed: boolean) =>
    closed ? (
      <p>Closed</p>
    ) : (
      <PublishDialog
        story={story(1, {
          slug: 'ferry-strike',
          publishedVersion: opened.publishedVersion ?? null,
          changedSincePublished: opened.edited ?? true,
        })}
        session={{ doc, state }}
        kind={opened.kind ?? 'update'}
        note={opened.note ?? ''}
        publish={publish}
        schedule={schedule}
        api={{
          destinationSettings: opened.destinations ?? (() => Promise.resolve([WIRE])),
          formats: () =>
            Promise.resolve([
              { name: 'ninjs31', label: 'ninjs 3.1' },
              { name: 'html', label: 'HTML page' },
            ]),
          preview,
          publications: () => Promise.resolve([publication(2), publication(1)]),
          publicationWords: () => Promise.resolve([]),
          ...opened.api,
        }}
        provider="Amery News"
        source={{ source, problem: null, reload }}
        planned={opened.planned ?? null}
        outbox={{ state: outbox }}
        onGoTo={onGoTo}
        onPublished={onPublished}
        onScheduled={onScheduled}
        onClose={(note) => {
          onClose(note)
          show(shown(true))
        }}
      />
    )
  const show = mount(shown(false))
  const hearSource = (newest: IntakeItem) => {
    if (source !== null) source = { ...source, newest }
    show(shown(false))
  }
  return {
    hearSource,
    doc,
    state,
    outbox,
    onGoTo,
    onPublished,
    onScheduled,
    onClose,
    publish,
    schedule,
    preview,
    reload,
  }
}

const dialog = () => page.getByRole('dialog')
const press = (version = 1) => page.getByRole('button', { name: `Publish version ${version}` })
const closed = () => page.getByText('Closed', { exact: true })

describe('a ready story', () => {
  test('is shown with its version and destinations', async () => {
    open({ article: WITH_PICTURE })
    for (const words of ['Ferries stop for a day', '1, new', 'ferry-strike', '4 words, 1 picture', 'Wire, ninjs 3.1']) {
      await expect.element(dialog().getByText(words)).toBeVisible()
    }
  })

  test('keeps the note after an accidental Escape', async () => {
    const { onClose } = open({ note: 'Replaces' })
    await page.getByLabelText(/^Note to editors/).fill('Replaces the one from Tuesday')
    await userEvent.keyboard('{Escape}')
    await expect.element(closed()).toBeVisible()
    expect(onClose).toHaveBeenCalledExactlyOnceWith('Replaces the one from Tuesday')
  })

  test('goes out with the note', async () => {
    const { onClose, publish } = open({ note: 'Replaces the one from Tuesday' })
    await press().click()
    await expect.element(closed()).toBeVisible()
    expect(publish.mock.lastCall?.[1]).toMatchObject({ edNote: 'Replaces the one from Tuesday' })
    expect(onClose).toHaveBeenCalledExactlyOnceWith('')
  })

  test.each([
    ['nothing was edited since', false, 1],
    ['something was', true, 0],
  ])('that is published, and %s, warns only if nothing changed', async (_what, edited, times) => {
    open({ publishedVersion: 2, edited })
    await expect.element(press(3)).toBeVisible()
    expect(page.getByText(/Nothing has changed since version 2/).elements()).toHaveLength(times)
  })

  test('goes as an update if already published', async () => {
    open({ publishedVersion: 2 })
    await expect.element(page.getByText('3, update of version 2')).toBeVisible()
    await expect.element(press(3)).toBeEnabled()
  })

  test('is sent as shown on screen, and the dialog closes', async () => {
    const { publish, onPublished, doc } = open()
    await press().click()
    await expect.element(closed()).toBeVisible()
    expect(onPublished).toHaveBeenCalledWith(PUBLICATION)
    expect(publish).toHaveBeenCalledExactlyOnceWith(encodeStateVector(doc), {})
  })

  test('is sent once on a double click', async () => {
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

  test('warns if it would go to no destination', async () => {
    open({ destinations: () => Promise.resolve([]) })
    await expect.element(page.getByText(/no destinations yet/)).toBeVisible()
  })
})

describe('publishing waits', () => {
  const picture = (refused: string | null): OutboxState['entries'] => [
    { key: 1, entry: { kind: 'picture', mediaId: PICTURE.mediaId, name: PICTURE.name, refused } },
  ]

  test.each<[string, Opened, string]>([
    ['until every word is in the newsroom', { save: { kind: 'computer' } }, 'all changes to be saved to the newsroom'],
    ['while there is no connection', { save: { kind: 'offline', waiting: 2 } }, 'You’re offline'],
    ['until every picture is there', { article: WITH_PICTURE, outbox: picture(null) }, 'all pictures'],
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

  test('does not wait for a picture of another story', async () => {
    open({ outbox: picture(null) })
    await expect.element(press()).toBeEnabled()
  })

  test('can be pressed as soon as the text is saved', async () => {
    const { state } = open({ save: { kind: 'computer' } })
    await expect.element(press()).toBeDisabled()
    state.setState({ save: { kind: 'newsroom' } })
    await expect.element(press()).toBeEnabled()
  })
})

describe('an incomplete story', () => {
  test('lists what is missing, each with a link to its field', async () => {
    const { onGoTo } = open({ article: { headline: lines(''), byline: lines('') } })
    await expect.element(page.getByText('2 problems to fix before publishing.')).toBeVisible()
    await expect.element(press()).not.toBeInTheDocument()
    await page.getByRole('button', { name: /^Go to byline/ }).click()
    await expect.element(closed()).toBeVisible()
    await expect.poll(() => onGoTo.mock.calls).toEqual([['byline']])
  })

  test('becomes ready when another person completes it', async () => {
    const { doc } = open({ article: { headline: lines('') } })
    await expect.element(page.getByText('Not ready to publish')).toBeVisible()
    const other = new Doc()
    applyUpdate(other, encodeStateAsUpdate(doc))
    fieldText(other, 'headline').insert(1, 'Ferries stop', {})
    applyUpdate(doc, encodeStateAsUpdate(other))
    await expect.element(press()).toBeEnabled()
  })

  test('shows the failures of the newsroom’s own checks', async () => {
    const failures = [{ field: 'body', rule: 'tk', params: { count: 1 } }]
    open({ publish: () => Promise.reject(new ApiError('checks-failed', { text: 'Not ready.' }, { failures })) })
    await press().click()
    await expect.element(page.getByRole('button', { name: /^Go to body/ })).toBeVisible()
  })
})

test.each([
  ['refuses', new ApiError('conflict', { text: 'Somebody else has just published it.' }), /has just published it\.$/],
  ['cannot be reached', new ApiError('offline', { text: 'The newsroom cannot be reached.' }), /It may have gone out/],
])('when the newsroom %s, the dialog says so and stays', async (_what, error, expected) => {
  let tries = 0
  const { onPublished } = open({
    publish: () => (tries++ === 0 ? Promise.reject(error) : Promise.resolve(PUBLICATION)),
  })
  await press().click()
  await expect.element(page.getByRole('alert')).toMatchTextContent(expected)
  expect(onPublished).not.toHaveBeenCalled()
  await press().click()
  await expect.element(closed()).toBeVisible()
})

test('allows publishing when the destinations could not be loaded', async () => {
  open({ destinations: () => Promise.reject(new ApiError('offline', { text: 'The newsroom cannot be reached.' })) })
  await expect.element(page.getByText('The newsroom cannot be reached.')).toBeVisible()
  await expect.element(press()).toBeEnabled()
})

const field = (label: string) => dialog().getByLabelText(label, { exact: true })

describe('a correction', () => {
  const correct = () => open({ publishedVersion: 2, kind: 'correction' })
  const pressCorrection = () => page.getByRole('button', { name: 'Publish correction, version 3' })

  test('requires the public correction note', async () => {
    const { publish } = correct()
    await pressCorrection().click()
    await expect.element(dialog().getByRole('alert')).toMatchTextContent('Write what was wrong')
    expect(publish).not.toHaveBeenCalled()
  })

  test('goes out with the note', async () => {
    const { publish } = correct()
    await field('Correction note (public)').fill('An earlier version named the wrong port.')
    await pressCorrection().click()
    await expect.element(closed()).toBeVisible()
    expect(publish.mock.calls[0]?.[1]).toEqual({
      kind: 'correction',
      edNote: 'An earlier version named the wrong port.',
    })
  })

  test('is not offered for an unpublished story', async () => {
    open({ kind: 'correction' })
    await expect.element(press()).toBeEnabled()
    expect(page.getByLabelText('Correction', { exact: true }).query()).toBeNull()
  })
})

describe('the terms of use', () => {
  test('hold a story for release', async () => {
    const { publish } = open()
    await field('Hold for release').click()
    await press().click()
    await expect.element(closed()).toBeVisible()
    expect(publish.mock.calls[0]?.[1]).toEqual({ withheld: true })
  })

  test('prevent publishing while the embargo has no time', async () => {
    const { publish } = open()
    await field('Embargo').click()
    await press().click()
    await expect.element(dialog().getByRole('alert')).toMatchTextContent('Choose a day and a time.')
    expect(publish).not.toHaveBeenCalled()
  })
})

describe('a story from another source', () => {
  const UNTIL = '2096-03-03T16:00:00.000Z'
  const sourced = (change: Partial<IntakeItem>) => {
    const item = intakeItem(1, { status: 'taken', ...change })
    return { taken: item, newest: item }
  }
  const box = (name: RegExp) => dialog().getByRole('checkbox', { name })
  const embargoAt = (call: unknown) => {
    const { embargo } = call as { embargo: MomentRequest }
    return Date.parse((readMoment(embargo) as Moment).at)
  }

  test('starts with the embargo set, its source named, and its note shown', async () => {
    const { publish } = open({ source: sourced({ embargo: UNTIL, edNote: 'Hold for the vote.' }) })
    await expect.element(field('Embargo')).toBeChecked()
    for (const words of [
      'Agency feed',
      'urn:item:1, version 1',
      'Hold for the vote.',
      /Agency feed has set an embargo/,
    ]) {
      await expect.element(dialog().getByText(words).first()).toBeVisible()
    }
    await press().click()
    await expect.element(closed()).toBeVisible()
    expect(embargoAt(publish.mock.calls[0]?.[1])).toBe(Date.parse(UNTIL))
    expect(publish.mock.calls[0]?.[1]).not.toHaveProperty('lifted')
  })

  test('cannot go out without the embargo, unless it is marked as lifted', async () => {
    const source = sourced({ embargo: UNTIL })
    const { publish } = open({ source })
    await expect.element(press()).toBeEnabled()
    await field('Embargo').click()
    await expect.element(press()).toBeDisabled()
    await expect
      .element(dialog().getByRole('status').last())
      .toMatchTextContent('Agency feed has embargoed this item until 3 Mar 2096')
    await box(/^Agency feed has lifted its embargo/).click()
    await press().click()
    await expect.element(closed()).toBeVisible()
    expect(publish.mock.calls[0]?.[1]).toEqual({ lifted: { item: source.newest.id, terms: ['embargo'] } })
  })

  test.each([
    [{ withheld: true }, /^Agency feed has released it/, 'withheld'],
    [{ kind: 'kill' }, /^Agency feed killed the item, but/, 'kill'],
  ] as const)('%j: goes out in spite of it only when that is said', async (change, name, term) => {
    const source = sourced(change)
    const { publish } = open({ source })
    if (term === 'withheld') {
      await expect.element(field('Hold for release')).toBeChecked()
      await field('Hold for release').click()
    }
    await expect.element(press()).toBeDisabled()
    await box(name).click()
    await press().click()
    await expect.element(closed()).toBeVisible()
    expect(publish.mock.calls[0]?.[1]).toEqual({ lifted: { item: source.newest.id, terms: [term] } })
  })

  test('is not held up once its embargo is over', async () => {
    const { publish } = open({ source: sourced({ embargo: '2020-03-03T16:00:00.000Z' }) })
    await expect.element(field('Embargo')).not.toBeChecked()
    await press().click()
    await expect.element(closed()).toBeVisible()
    expect(publish.mock.calls[0]?.[1]).toEqual({})
  })

  test('shows what its sender has sent since', async () => {
    const { taken } = sourced({})
    open({ source: { taken, newest: intakeItem(2, { kind: 'correction', version: 2 }) } })
    await expect.element(dialog().getByText(/Agency feed has corrected .* version 2/)).toBeVisible()
    await expect.element(press()).toBeEnabled()
  })

  test('follows its sender’s terms while the dialog is open, whatever was lifted before', async () => {
    const source = sourced({ embargo: UNTIL })
    const { hearSource, publish } = open({ source })
    await field('Embargo').click()
    await box(/has lifted its embargo/).click()
    await expect.element(press()).toBeEnabled()
    const later = '2096-04-04T16:00:00.000Z'
    hearSource(intakeItem(2, { version: 2, embargo: later }))
    await expect.element(field('Embargo')).toBeChecked()
    await press().click()
    await expect.element(closed()).toBeVisible()
    expect(embargoAt(publish.mock.calls[0]?.[1])).toBe(Date.parse(later))
    expect(publish.mock.calls[0]?.[1]).not.toHaveProperty('lifted')
  })

  test('is reloaded when the newsroom has a newer version, and the dialog stays open', async () => {
    const failures = [{ field: 'source', rule: 'source-kill', params: { who: 'Agency feed' } }]
    const { reload } = open({
      source: sourced({}),
      publish: () => Promise.reject(new ApiError('checks-failed', { text: 'Not ready.' }, { failures })),
    })
    await press().click()
    await expect
      .element(dialog().getByRole('alert'))
      .toMatchTextContent('Agency feed has killed this item: do not use it.')
    expect(reload).toHaveBeenCalledTimes(1)
    await expect.element(press()).toBeVisible()
  })
})

describe('scheduling', () => {
  async function at(date: string, time: string, opened: Opened = {}) {
    const result = open(opened)
    await field('Schedule').click()
    await field('Time zone').selectOptions('Europe/Athens')
    await field('Day').fill(date)
    await field('Time').fill(time)
    return result
  }
  const go = () => page.getByRole('button', { name: 'Schedule', exact: true })

  test('schedules the local time, with its place', async () => {
    const { schedule, publish, onScheduled, doc } = await at('2096-03-03', '18:00')
    await go().click()
    await expect.element(closed()).toBeVisible()
    expect(schedule).toHaveBeenCalledExactlyOnceWith(
      encodeStateVector(doc),
      { local: '2096-03-03T18:00', zone: 'Europe/Athens' },
      {},
    )
    expect(publish).not.toHaveBeenCalled()
    expect(onScheduled).toHaveBeenCalledTimes(1)
  })

  test('rejects a time that the clocks skip', async () => {
    const { schedule } = await at('2096-03-25', '03:30')
    await expect
      .element(dialog().getByRole('alert'))
      .toMatchTextContent('2096-03-25 03:30 doesn’t exist in Europe/Athens')
    await go().click()
    expect(schedule).not.toHaveBeenCalled()
  })

  test('asks which instant is meant for a time that occurs twice', async () => {
    const { schedule } = await at('2096-10-28', '03:30')
    await go().click()
    expect(schedule).not.toHaveBeenCalled()
    await dialog()
      .getByLabelText(/^The second 03:30/)
      .click()
    await go().click()
    await expect.element(closed()).toBeVisible()
    expect(schedule.mock.calls[0]?.[1]).toEqual({ local: '2096-10-28T03:30', zone: 'Europe/Athens', offset: '+02:00' })
  })

  test('rejects a time in the past', async () => {
    await at('2020-03-03', '18:00')
    await expect.element(dialog().getByRole('alert')).toMatchTextContent('That time is in the past.')
  })

  test('shows an existing schedule', async () => {
    open({ planned: planned() })
    await expect.element(dialog().getByText(/Publishing now cancels that schedule/)).toBeVisible()
  })
})

describe('a destination', () => {
  const STRICT = destination(2, {
    name: 'Strict Agency',
    rules: { ...destination(2).rules, required: ['genre'], headlineAtMost: 10 },
  })
  const box = (name: RegExp) => dialog().getByRole('checkbox', { name })

  test('says why it would refuse the story, and can be left out', async () => {
    const { publish } = open({ destinations: () => Promise.resolve([WIRE, STRICT]) })
    await expect.element(dialog().getByText('Strict Agency needs a genre.')).toBeVisible()
    await expect.element(press()).toBeDisabled()
    await box(/Strict Agency/).click()
    await press().click()
    await expect.element(closed()).toBeVisible()
    expect(publish.mock.calls[0]?.[1]).toEqual({ except: [STRICT.id] })
  })

  test('shows the newsroom’s own reason to refuse the story', async () => {
    const failures = [
      {
        field: 'subjects',
        rule: 'subject',
        params: { destination: WIRE.name, count: 1, subjects: 'medtop:04000000' },
        destination: { id: WIRE.id, name: WIRE.name },
      },
    ]
    open({ publish: () => Promise.reject(new ApiError('checks-failed', { text: 'Not ready.' }, { failures })) })
    await press().click()
    await expect.element(dialog().getByText(/doesn’t take this subject: medtop:04000000\./)).toBeVisible()
    await expect.element(press()).toBeDisabled()
  })

  test('is unticked and disabled if its filter excludes the story', async () => {
    const sport = destination(3, { filter: { ...destination(3).filter, desks: ['another-desk'] } })
    open({ destinations: () => Promise.resolve([sport]) })
    await expect.element(box(/Receiver 3/)).toBeDisabled()
    await expect.element(box(/Receiver 3/)).not.toBeChecked()
  })
})

describe('changes since the published version', () => {
  const changes = async (before: { name: string; lines: string[] }[]) => {
    open({ publishedVersion: 2, api: { publicationWords: () => Promise.resolve(before) } })
    await page.getByRole('tab', { name: 'Changes' }).click()
  }

  test('are shown word by word', async () => {
    await changes([{ name: 'Headline', lines: ['Ferries stop for a week'] }])
    const headline = dialog().getByRole('region', { name: 'Headline' })
    await expect.poll(() => headline.element().querySelector('ins')?.textContent).toBe('day')
    expect(headline.element().querySelector('del')?.textContent).toBe('week')
  })

  test('are reported as none', async () => {
    await changes([
      { name: 'Headline', lines: ['Ferries stop for a day'] },
      { name: 'Byline', lines: ['By Nora Lindqvist'] },
      { name: 'Body', lines: ['The crews went home.'] },
      { name: 'Slug', lines: ['ferry-strike'] },
      { name: 'Language', lines: ['en'] },
    ])
    await expect.element(dialog().getByText('No changes since version 2.')).toBeVisible()
  })
})

test('previews each format, including the note', async () => {
  const { preview } = open()
  await field('Note to editors (optional)').fill('Pictures follow.')
  await page.getByRole('tab', { name: 'Preview' }).click()
  await expect.element(page.getByRole('region', { name: 'Preview as ninjs 3.1' })).toMatchTextContent('As ninjs31')
  await page.getByRole('button', { name: 'HTML page' }).click()
  await expect.element(page.getByRole('region', { name: 'Preview as HTML page' })).toMatchTextContent('As html')
  expect(preview).toHaveBeenLastCalledWith(story(1).id, { format: 'html', edNote: 'Pictures follow.' })
})
