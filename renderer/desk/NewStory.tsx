import { useStore } from 'zustand'
import { useNewsroom } from '../newsroom/newsroom.ts'
import { useStoryList } from '../newsroom/use-stories.ts'
import type { DialogProps } from '../window/dialogs.tsx'
import { useNavigation } from '../window/routes.ts'
import { NewStoryDialog } from './NewStoryDialog.tsx'

/** Creates a story, in the language of the person's last one, and opens it. */
export function NewStory({ onClose }: DialogProps<void>) {
  const { queue, watch, outbox, person, language } = useNewsroom()
  const { desks, status } = useStore(queue.state)
  const { stories: own } = useStoryList({ writer: person.id, limit: 1 })
  const deskId = useStore(watch.state, (state) => state.deskId)
  const navigation = useNavigation()
  return (
    <NewStoryDialog
      desks={desks}
      deskId={deskId}
      language={own?.[0]?.language ?? language}
      online={status === 'live'}
      create={async (request) => {
        const made = await outbox.createStory(request)
        navigation.goToNewStory(made.id)
      }}
      onClose={onClose}
    />
  )
}
