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
const banner = () => page.getByRole('note', { name: 'From its source' })
const show = (source: StorySource, itemLink: ((id: string) => string) | null = (id) => `#/intake/${id}`) =>
  mount(<SourceBanner source={source} itemLink={itemLink} />)

describe('over the page of a story that others sent', () => {
  test.each<[string, StorySource, RegExp]>([
    ['an embargo', itself({ embargo: '2096-03-03T16:00:00Z' }), /Agency feed has it under embargo until .* 2096/],
    ['a hold', itself({ withheld: true }), /Agency feed withholds it/],
    ['a kill since', since({ kind: 'kill' }), /Agency feed has killed it: it must not be used/],
    ['a kill since that was set aside', since({ kind: 'kill', status: 'discarded' }), /Agency feed has killed it/],
    ['a correction since', since({ kind: 'correction' }), /Agency feed has corrected .* with version 2/],
    ['an update since', since({}), /Agency feed has updated .* with version 2/],
  ])('%s is said, with the way to the item', async (_what, source, words) => {
    show(source)
    await expect.element(banner()).toMatchTextContent(words)
    await expect
      .element(page.getByRole('link', { name: 'See the item' }))
      .toHaveAttribute('href', `#/intake/${source.newest.id}`)
  })

  test('its sender’s note stands by it', async () => {
    show(itself({ withheld: true, edNote: 'Hold for the vote.' }))
    await expect.element(banner()).toMatchTextContent('Agency feed notes: Hold for the vote.')
  })

  test.each<[string, StorySource]>([
    ['an embargo that is over', itself({ embargo: '2020-03-03T16:00:00Z' })],
    ['an update that was seen to', since({ status: 'discarded' })],
  ])('%s is not', async (_what, source) => {
    mount(
      <>
        <SourceBanner source={source} itemLink={null} />
        <p>Shown</p>
      </>,
    )
    await expect.element(page.getByText('Shown')).toBeVisible()
    expect(banner().query()).toBeNull()
  })

  test('whoever does not read the intake is given no way there', async () => {
    show(itself({ withheld: true }), null)
    await expect.element(banner()).toBeVisible()
    expect(page.getByRole('link').query()).toBeNull()
  })
})

test('a kill by its source is said as soon as it comes in', async () => {
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
  feed.hear({ type: 'intake', item: answer.newest })
  await expect.element(banner()).toMatchTextContent('has killed it')
})

test('where it came from stays with it', async () => {
  mount(<SourceFacts source={itself({ edNote: 'Hold for the vote.', embargo: '2020-03-03T16:00:00Z' })} />)
  for (const words of ['Agency feed', 'urn:item:1, version 1', 'Hold for the vote.', /2020/]) {
    await expect.element(page.getByText(words)).toBeVisible()
  }
})

test('its note is not unsaid by a later version without one, and the way leads to the very item', async () => {
  const source = { ...since({}), taken: { ...TAKEN, edNote: 'Hold for the vote.' } }
  mount(<SourceFacts source={source} itemLink={(id) => `#/intake/${id}`} />)
  await expect.element(page.getByText('Hold for the vote.')).toBeVisible()
  await expect
    .element(page.getByRole('link', { name: 'Agency feed' }))
    .toHaveAttribute('href', `#/intake/${source.taken.id}`)
})

test('the checks say what its source has said', async () => {
  mount(<ChecksPanel source={since({ kind: 'kill' })} failures={[]} figureIds={[]} onGoTo={() => undefined} />)
  await expect.element(page.getByRole('alert')).toMatchTextContent('has killed it')
  expect(page.getByText(/can go to the wire/).query()).toBeNull()
})
