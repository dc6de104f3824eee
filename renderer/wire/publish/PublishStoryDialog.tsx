import { useStore } from 'zustand'
import { mayPublish } from '#shared/story/workflow.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { useNewsroom } from '../../newsroom/newsroom.ts'
import { useOpenedStory } from '../../story/opened-story.ts'
import { momentText } from '../../ui/moment-words.ts'
import { useToast } from '../../ui/Toasts.tsx'
import type { DialogProps } from '../../window/dialogs.tsx'
import { useLayout } from '../../window/layout.ts'
import { PublishDialog } from './PublishDialog.tsx'
import { sentWords } from './sent-words.ts'

/** Publishes or schedules the story on the page. */
export function PublishStoryDialog({
  argument: { kind },
  draft,
  onClose,
}: DialogProps<{ kind: 'update' | 'correction' }>) {
  const { session, story, source, goToField } = useOpenedStory()
  const newsroom = useNewsroom()
  const layout = useLayout()
  const messages = useMessages()
  const { t, say } = messages
  const toast = useToast()
  const scheduled = useStore(newsroom.wireDesk.state, (state) => state.scheduled.get(story.id) ?? null)
  if (!mayPublish(story.stage, newsroom.person.role)) return null
  return (
    <PublishDialog
      story={story}
      session={session}
      kind={kind}
      note={draft}
      publish={(stateVector, options) => newsroom.publish(story.id, stateVector, options)}
      schedule={(stateVector, at, options) => newsroom.schedule(story.id, stateVector, at, options)}
      api={newsroom.api}
      outbox={newsroom.outbox}
      provider={newsroom.name}
      source={source}
      planned={scheduled}
      onGoTo={goToField}
      onPublished={(publication) => {
        const { kind: outcome, title } = sentWords(publication, story.publishedVersion)
        toast({
          kind: outcome,
          title: say(title),
          text: story.slug,
          action: { label: t('app.story.view-deliveries'), run: () => layout.inspect('wire') },
        })
      }}
      onScheduled={({ at }) =>
        toast({
          kind: 'done',
          title: t('app.story.scheduled', { slug: story.slug }),
          text: t('app.story.scheduled-for', { when: momentText(at, messages) }),
        })
      }
      onClose={onClose}
    />
  )
}
