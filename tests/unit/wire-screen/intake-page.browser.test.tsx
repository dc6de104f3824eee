import { describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { IntakeDetail, IntakeItem, IntakeSource } from '#shared/protocol/http.ts'
import { ApiError } from '#renderer/api/api-error.ts'
import { IntakePage, type IntakePageProps } from '#renderer/wire/intake/IntakePage.tsx'
import { SPORT, story, WORLD } from '../desk/made-up-stories.ts'
import { madeUpFeed } from '../newsroom/made-up-feed.ts'
import { mount } from '../ui/mount.tsx'
import { intakeItem } from './made-up-wire.ts'

const BROKEN = intakeItem(2, { status: 'quarantined', headline: '', reason: 'A tag is not closed.', format: null })
const detailOf = (item: IntakeItem, change: Partial<IntakeDetail> = {}): IntakeDetail => ({
  ...item,
  section: 'Harbour',
  standfirst: '',
  dateline: '',
  paragraphs: ['The crews went home.'],
  pictures: [],
  keywords: [],
  subjects: [],
  leftOut: [{ reason: 'The site’s related posts', text: 'Ten ferries you must see' }],
  faults: [],
  ...change,
})

function open(
  items: IntakeItem[] = [intakeItem(1)],
  api: Partial<IntakePageProps['api']> = {},
  show: string | null = null,
) {
  const feed = madeUpFeed()
  const openStory = vi.fn()
  const calls = {
    takeIntake: vi.fn<IntakePageProps['api']['takeIntake']>(() => Promise.resolve(story(7))),
    discardIntake: vi.fn<IntakePageProps['api']['discardIntake']>(() =>
      Promise.resolve(intakeItem(1, { status: 'discarded' })),
    ),
    paste: vi.fn<IntakePageProps['api']['paste']>(() => Promise.resolve({ items: [intakeItem(3)], duplicates: 0 })),
  }
  mount(
    <IntakePage
      show={show}
      api={{
        intake: ({ status }) =>
          Promise.resolve({
            items: items.filter((item) => status?.includes(item.status) === true),
            counts: { new: 1, quarantined: 1 },
            next: null,
          }),
        intakeItem: (id) =>
          Promise.resolve(
            id === BROKEN.id
              ? detailOf(BROKEN, { faults: [{ line: 3, column: 7, message: 'Expected </p>.' }] })
              : detailOf(intakeItem(id === intakeItem(3).id ? 3 : 1)),
          ),
        intakeOriginal: () => Promise.resolve('<p>broken'),
        readIntakeAgain: () => Promise.resolve(intakeItem(2)),
        intakeSources: () => Promise.resolve([]),
        putIntakeSource: () => Promise.reject(new ApiError('conflict', { text: 'That name is taken.' })),
        removeIntakeSource: () => Promise.resolve(),
        newIntakeToken: () => Promise.resolve({ token: 't', path: '/intake/x' }),
        ...calls,
        ...api,
      }}
      feed={feed}
      online
      desks={[WORLD, SPORT]}
      counts={{ new: 1, quarantined: 1 }}
      storyLink={(id) => `#/story/${id}`}
      openStory={openStory}
      server="https://newsroom.example"
    />,
  )
  return { ...calls, openStory, hear: feed.hear }
}

const says = (words: string | RegExp) => expect.element(page.getByText(words).first()).toBeVisible()
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
const dialog = () => page.getByRole('dialog')

describe('an item', () => {
  const choose = async (opened = open()) => {
    await press(/Headline 1/)
    await says('The crews went home.')
    return opened
  }

  test('shows its section and the text that was left out', async () => {
    await choose()
    await says('Harbour')
    await says('Left out: 1 part of the document')
    await says('Ten ferries you must see')
  })

  test('becomes a story of the chosen desk', async () => {
    const { takeIntake, openStory } = await choose()
    await page.getByLabelText('Desk').selectOptions('Sport')
    await press('Create story')
    await expect.poll(() => openStory.mock.lastCall).toEqual([story(7).id])
    expect(takeIntake.mock.lastCall).toMatchObject([intakeItem(1).id, { deskId: SPORT.id }])
  })

  test('is discarded, and leaves the list', async () => {
    const { discardIntake } = await choose()
    await press('Discard…')
    await page.getByLabelText('Reason (optional)').fill('An advertisement')
    await press('Discard')
    await says('Nothing new')
    expect(discardIntake.mock.lastCall).toEqual([intakeItem(1).id, 'An advertisement'])
  })

  test('says why it cannot be discarded, and keeps the typed reason', async () => {
    open([intakeItem(1)], {
      discardIntake: () => Promise.reject(new ApiError('conflict', { text: 'It is a story already.' })),
    })
    await page.getByText('Headline 1').click()
    await press('Discard…')
    await page.getByLabelText('Reason (optional)').fill('An advertisement')
    await press('Discard')
    await says('It is a story already.')
    await expect.element(page.getByLabelText('Reason (optional)')).toHaveValue('An advertisement')
    await expect.element(page.getByRole('button', { name: 'Discard', exact: true })).toBeEnabled()
  })

  test('is marked if it is a kill or under embargo', async () => {
    open([intakeItem(1, { kind: 'kill', embargo: '2096-03-03T16:00:00.000Z', withheld: true })])
    for (const words of ['Kill: do not use', /Embargoed until/, 'Hold for release: do not use yet']) await says(words)
  })

  test('appears as soon as it arrives', async () => {
    const { hear } = open()
    await says('Headline 1')
    hear({ type: 'intake', items: [intakeItem(9)], by: null })
    await says('Headline 9')
  })
})

test('the quarantine shows the fault and its place, and keeps the original', async () => {
  open([BROKEN])
  await press(/^Quarantine/)
  await says('A tag is not closed.')
  await press(/No headline/)
  await says('Line 3, column 7')
  await expect.element(page.getByRole('region', { name: 'Original document' })).toMatchTextContent('<p>broken')
})

describe('copy with no items to show', () => {
  test.each<[string, IntakeItem[], number, string, RegExp]>([
    [
      'that is here already says where to look',
      [],
      1,
      'Nothing new',
      /1 identical item is already here.*Look under New/,
    ],
    ['that cannot be parsed is not reported as added', [BROKEN], 0, 'Couldn’t be parsed', /is in quarantine/],
  ])('%s', async (_what, items, duplicates, title, words) => {
    open([], { paste: () => Promise.resolve({ items, duplicates }) })
    await press('Paste copy')
    await page.getByLabelText('Copy', { exact: true }).fill('Copy')
    await press('Parse')
    await expect.element(dialog().getByRole('heading', { name: title })).toBeVisible()
    await expect.element(dialog().getByText(words)).toBeVisible()
  })

  test('that is refused is reported beside copy that was parsed', async () => {
    const answers = [
      () => Promise.resolve({ items: [intakeItem(3)], duplicates: 0 }),
      () => Promise.reject(new ApiError('too-large', { text: 'It is too large.' })),
    ]
    open([], { paste: () => answers.shift()?.() ?? Promise.reject(new Error('Not asked for')) })
    await press('Paste copy')
    await userEvent.upload(page.getByLabelText('Files with copy'), [new File(['a'], 'a.txt'), new File(['b'], 'b.txt')])
    await expect.element(dialog().getByText(/b.txt was not added: It is too large/)).toBeVisible()
    await expect.element(dialog().getByText(/1 part of the document was left out/)).toBeVisible()
    await expect.element(dialog().getByText('Headline 3')).toBeVisible()
  })
})

describe('copy', () => {
  test('pasted in the dialog is shown as parsed, and becomes a story', async () => {
    const { paste, openStory } = open()
    await press('Paste copy')
    await page.getByLabelText('Copy', { exact: true }).fill('A headline\n\nA paragraph.')
    await press('Parse')
    await expect.element(dialog().getByText('Ten ferries you must see')).toBeVisible()
    expect(paste).toHaveBeenCalledExactlyOnceWith({ text: 'A headline\n\nA paragraph.' })
    await dialog().getByRole('button', { name: 'Create story' }).click()
    await expect.poll(() => openStory.mock.lastCall).toEqual([story(7).id])
  })

  test('pasted under an embargo shows it, with the year, before becoming a story', async () => {
    const item = intakeItem(3, { embargo: '2099-07-01T15:00:00.000Z' })
    open([], {
      paste: () => Promise.resolve({ items: [item], duplicates: 0 }),
      intakeItem: () => Promise.resolve(detailOf(item)),
    })
    await press('Paste copy')
    await page.getByLabelText('Copy', { exact: true }).fill('A headline')
    await press('Parse')
    await expect.element(dialog().getByText(/^Embargoed until .*1 July 2099/)).toBeVisible()
  })

  test('pasted anywhere on the page is parsed at once', async () => {
    const { paste } = open()
    await says('Headline 1')
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', 'From a mail')
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    await expect.element(dialog().getByText('Ten ferries you must see')).toBeVisible()
    expect(paste).toHaveBeenCalledExactlyOnceWith({ text: 'From a mail' })
  })

  test('in a file is sent as bytes', async () => {
    const { paste } = open()
    await press('Paste copy')
    const input = document.querySelector<HTMLInputElement>('input[type="file"]')
    await userEvent.upload(input as HTMLInputElement, new File(['{}'], 'item.json'))
    await expect.poll(() => paste.mock.lastCall).toMatchObject([{ fileName: 'item.json' }])
    const pasted = paste.mock.lastCall?.[0]
    expect(pasted !== undefined && 'file' in pasted && (await pasted.file.text())).toBe('{}')
  })

  test('that cannot be parsed goes to quarantine, with a message', async () => {
    open([], { paste: () => Promise.resolve({ items: [BROKEN], duplicates: 0 }) })
    await press('Paste copy')
    await page.getByLabelText('Copy', { exact: true }).fill('<x')
    await press('Parse')
    await says(/in quarantine: A tag is not closed\.$/)
  })
})

test('a refused source says why, and its form stays open', async () => {
  open()
  await press('Sources…')
  await press('Add source')
  await page.getByLabelText('Name').fill('Agency')
  await press('Add')
  await expect.element(page.getByLabelText('Address')).toHaveAccessibleDescription(/an address such as/)
  await page.getByLabelText('Address').fill('https://agency.example/feed.xml')
  await press('Add')
  await says('That name is taken.')
})

describe('a source', () => {
  const SOURCE: IntakeSource = {
    id: intakeItem(1).source?.id ?? '',
    name: 'Agency',
    kind: 'http',
    deskId: WORLD.id,
    paused: false,
    settings: {},
    lastHeardAt: null,
    fault: null,
  }
  async function edit() {
    const removeIntakeSource = vi.fn(() => Promise.resolve())
    const newIntakeToken = vi.fn(() => Promise.resolve({ token: 'a-new-one', path: '/intake/x' }))
    open([], { intakeSources: () => Promise.resolve([SOURCE]), removeIntakeSource, newIntakeToken })
    await press('Sources…')
    await press('Edit Agency')
    return { removeIntakeSource, newIntakeToken }
  }

  test('is removed after a confirmation', async () => {
    const { removeIntakeSource } = await edit()
    await press('Remove…')
    expect(removeIntakeSource).not.toHaveBeenCalled()
    await press('Remove')
    await expect.poll(() => removeIntakeSource.mock.calls.length).toBe(1)
  })

  test('keeps its token until a new one is confirmed', async () => {
    const { newIntakeToken } = await edit()
    await press('New token…')
    expect(newIntakeToken).not.toHaveBeenCalled()
    await press('Create token')
    await says('a-new-one')
  })

  test('returns the focus to the button that opened the list, after any number of dialogs', async () => {
    await edit()
    await press('Back')
    await dialog().getByRole('button', { name: 'Close' }).first().click()
    await expect.element(page.getByRole('button', { name: 'Sources…' })).toHaveFocus()
  })
})

test('shows a linked item, in any list and at any depth', async () => {
  const far = intakeItem(9, { status: 'taken', headline: 'Far down', storyId: story(7).id })
  open([intakeItem(1)], { intakeItem: () => Promise.resolve(detailOf(far)) }, far.id)
  await expect.element(page.getByRole('region', { name: 'Far down' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Used' })).toHaveAttribute('aria-pressed', 'true')
})

test('says so when a linked item does not exist', async () => {
  const missing = () => Promise.reject(new ApiError('not-found', { text: 'Nothing of this id has come in.' }))
  open([intakeItem(1)], { intakeItem: missing }, intakeItem(9).id)
  await says('Nothing of this id has come in.')
})
