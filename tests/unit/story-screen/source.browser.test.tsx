import { describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { IntakeItem, StorySource } from '#shared/protocol/http.ts'
import { ChecksPanel } from '#renderer/story/checks/ChecksPanel.tsx'
import { SourceBanner } from '#renderer/story/source/SourceBanner.tsx'
import { SourceFacts } from '#renderer/story/source/SourceFacts.tsx'
import { useSource } from '#renderer/story/source/use-source.ts'
import { madeUpFeed } from '../newsroom/made-up-feed.ts'
import { mount } from '../ui/mount.tsx'
import { intakeItem } from '../wire-screen/made-up-wire.ts'

const STORY = '00000000-0000-4000-8000-000000000001'
const TAKEN = intakeItem(1, { status: 'taken', storyId: STORY })
const since = (change: Partial<IntakeItem>): StorySource => ({
  taken: TAKEN,
  newest: intakeItem(2, { uri: TAKEN.uri, version: 2, storyId: STORY, ...change }),
})
const itself = (change: Partial<IntakeItem>): StorySource => ({
  taken: { ...TAKEN, ...change },
  newest: { ...TAKEN, ...change },
})
const banner = () => page.getByRole('note', { name: 'From the source' })
const show = (source: StorySource, itemLink: ((id: string) => string) | null = (id) => `#/intake/${id}`) =>
  mount(<SourceBanner source={source} itemLink={itemLink} />)

describe('above a story from another source', () => {
  test.each<[string, StorySource, RegExp]>([
    ['an embargo', itself({ embargo: '2096-03-03T16:00:00Z' }), /Agency feed has embargoed this item until .* 2096/],
    ['a hold', itself({ withheld: true }), /Agency feed holds this item for release/],
    ['a kill since', since({ kind: 'kill' }), /Agency feed has killed this item. Do not use it/],
    [
      'a kill since that was discarded',
      since({ kind: 'kill', status: 'discarded' }),
      /Agency feed has killed this item/,
    ],
    ['a correction since', since({ kind: 'correction' }), /Agency feed has corrected .* in version 2/],
    ['an update since', since({}), /Agency feed has updated .* to version 2/],
  ])('shows %s, with a link to the item', async (_what, source, words) => {
    show(source)
    await expect.element(banner()).toMatchTextContent(words)
    await expect
      .element(page.getByRole('link', { name: 'Open item' }))
      .toHaveAttribute('href', `#/intake/${source.newest.id}`)
  })

  test('shows the sender’s note', async () => {
    show(itself({ withheld: true, edNote: 'Hold for the vote.' }))
    await expect.element(banner()).toMatchTextContent('Agency feed notes: Hold for the vote.')
  })

  test.each<[string, StorySource]>([
    ['an embargo that is over', itself({ embargo: '2020-03-03T16:00:00Z' })],
    ['an update that was discarded', since({ status: 'discarded' })],
  ])('does not show %s', async (_what, source) => {
    mount(
      <>
        <SourceBanner source={source} itemLink={null} />
        <p>Shown</p>
      </>,
    )
    await expect.element(page.getByText('Shown')).toBeVisible()
    expect(banner().query()).toBeNull()
  })

  test('has no link for people who do not use the intake', async () => {
    show(itself({ withheld: true }), null)
    await expect.element(banner()).toBeVisible()
    expect(page.getByRole('link').query()).toBeNull()
  })
})

test('shows a kill by the source as soon as it arrives', async () => {
  const feed = madeUpFeed()
  let answer = itself({})
  function Story() {
    const { source } = useSource({ storySource: () => Promise.resolve(answer) }, feed, STORY, false)
    return source === null ? <p>Not known</p> : <SourceBannerOr source={source} />
  }
  const SourceBannerOr = ({ source }: { source: StorySource }) => (
    <>
      <p>{source.newest.version}</p>
      <SourceBanner source={source} itemLink={null} />
    </>
  )
  mount(<Story />)
  await expect.element(page.getByText('1', { exact: true })).toBeVisible()
  answer = since({ kind: 'kill' })
  feed.hear({ type: 'intake', items: [answer.newest], by: null })
  await expect.element(banner()).toMatchTextContent('has killed this item')
})

test('lists the sender, the item and its terms', async () => {
  mount(<SourceFacts source={itself({ edNote: 'Hold for the vote.', embargo: '2020-03-03T16:00:00Z' })} />)
  for (const words of ['Agency feed', 'urn:item:1, version 1', 'Hold for the vote.', /2020/]) {
    await expect.element(page.getByText(words)).toBeVisible()
  }
})

test('keeps the note when a later version has none, and links to the item that became the story', async () => {
  const source = { ...since({}), taken: { ...TAKEN, edNote: 'Hold for the vote.' } }
  mount(<SourceFacts source={source} itemLink={(id) => `#/intake/${id}`} />)
  await expect.element(page.getByText('Hold for the vote.')).toBeVisible()
  await expect
    .element(page.getByRole('link', { name: 'Agency feed' }))
    .toHaveAttribute('href', `#/intake/${source.taken.id}`)
})

test('the checks include the warnings of the source', async () => {
  mount(<ChecksPanel source={since({ kind: 'kill' })} failures={[]} figureIds={[]} onGoTo={() => undefined} />)
  await expect.element(page.getByRole('alert')).toMatchTextContent('has killed this item')
  expect(page.getByText(/can be published/).query()).toBeNull()
})
