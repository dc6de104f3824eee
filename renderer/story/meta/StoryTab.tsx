import { useStore } from 'zustand'
import { useNewsroom } from '../../newsroom/newsroom.ts'
import { useOpenedStory } from '../opened-story.ts'
import { StoryPanel } from './StoryPanel.tsx'
import { useVocabulary } from './vocabulary.ts'

export function StoryTab() {
  const { session, story } = useOpenedStory()
  const { api, queue, language } = useNewsroom()
  const desks = useStore(queue.state, (state) => state.desks)
  const stories = useStore(queue.state, (state) => state.stories)
  const readOnly = useStore(session.state, (state) => state.readOnly)
  return (
    <StoryPanel
      doc={session.doc}
      story={story}
      desk={desks.find((desk) => desk.id === story.deskId)}
      readOnly={readOnly}
      vocabulary={useVocabulary(api)}
      labelLanguage={language}
      published={stories.filter(({ publishedAt, stage }) => publishedAt !== null && stage !== 'killed')}
    />
  )
}
