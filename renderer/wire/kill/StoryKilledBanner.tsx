import { useNewsroom } from '../../newsroom/newsroom.ts'
import { useOpenedStory } from '../../story/opened-story.ts'
import { KilledBanner } from './KilledBanner.tsx'

export function StoryKilledBanner() {
  const { story } = useOpenedStory()
  const { api, feed } = useNewsroom()
  if (story.stage !== 'killed') return null
  return <KilledBanner api={api} feed={feed} story={story} />
}
