import { mayKill } from '#shared/story/workflow.ts'
import { useNewsroom } from '../../newsroom/newsroom.ts'
import { useOpenedStory } from '../../story/opened-story.ts'
import type { DialogProps } from '../../window/dialogs.tsx'
import { KillDialog } from './KillDialog.tsx'

/** Kills the story on the page. Stays open once the story is killed, to show which destinations have the kill. */
export function KillStoryDialog({ draft, onClose }: DialogProps<void>) {
  const { story } = useOpenedStory()
  const newsroom = useNewsroom()
  if (!mayKill(story.stage, newsroom.person.role) && story.stage !== 'killed') return null
  return (
    <KillDialog
      story={story}
      reason={draft}
      kill={(reason) => newsroom.kill(story.id, reason)}
      api={newsroom.api}
      feed={newsroom.feed}
      onClose={onClose}
    />
  )
}
