import { useStore } from 'zustand'
import { useNewsroom } from '../../newsroom/newsroom.ts'
import { useStoryList } from '../../newsroom/use-stories.ts'
import { useOpenedStory } from '../opened-story.ts'
import { StoryPanel } from './StoryPanel.tsx'
import { useVocabulary } from './vocabulary.ts'

/** How many published stories can be chosen as related; an older one is named by its address. */
const MOST_RELATED = 500

export function StoryTab() {
  const { session, story } = useOpenedStory()
  const { api, queue, language } = useNewsroom()
  const desks = useStore(queue.state, (state) => state.desks)
  const { stories: published } = useStoryList({ published: true, limit: MOST_RELATED })
  const readOnly = useStore(session.state, (state) => state.readOnly)
  return (
    <StoryPanel
      doc={session.doc}
      story={story}
      desk={desks.find((desk) => desk.id === story.deskId)}
      readOnly={readOnly}
      vocabulary={useVocabulary(api)}
      labelLanguage={language}
      published={published ?? []}
    />
  )
}
