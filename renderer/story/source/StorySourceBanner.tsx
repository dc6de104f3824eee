import { useItemLink } from '../item-link.ts'
import { useOpenedStory } from '../opened-story.ts'
import { SourceBanner } from './SourceBanner.tsx'

/** Over the page, unless the story was killed, which says more. */
export function StorySourceBanner() {
  const { story, source } = useOpenedStory()
  const itemLink = useItemLink()
  if (story.stage === 'killed' || source.source === null) return null
  return <SourceBanner source={source.source} itemLink={itemLink} />
}
