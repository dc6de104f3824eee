import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { StoryHeader } from '#renderer/editor/StoryHeader.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { StoryMarks } from '#renderer/story/versions/StoryMarks.tsx'
import { planned, story } from '../desk/made-up-stories.ts'
import { mount } from '../ui/mount.tsx'

const EDITED = story(1, {
  slug: 'A-SLUG-THAT-IS-LONGER-THAN-ITS-PLACE',
  stage: 'published',
  publishedVersion: 1,
  changedSincePublished: true,
})
/** The width of the page at 1024 pixels, with both panes open. */
const NARROW = 408

test('still says in a narrow window that a published story was edited, and nothing is pushed out', async () => {
  mount(
    <div style={{ width: NARROW }}>
      <StoryHeader
        story={EDITED}
        marks={<StoryMarks story={EDITED} scheduled={planned()} onOpen={() => undefined} />}
        actions={<Button>Publish update</Button>}
        inspector={{ open: true, toggle: () => undefined }}
      />
    </div>,
  )
  const mark = page.getByText('Edited since version 1')
  await expect.element(mark).toBeVisible()
  const { scrollWidth, clientWidth } = mark.element()
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth)
  const toggle = page.getByRole('button', { name: 'Hide the inspector' }).element()
  expect(toggle.getBoundingClientRect().right).toBeLessThanOrEqual(NARROW)
})
