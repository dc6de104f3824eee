/** The front page's lists: work waiting for this role, stories edited since publication, and published stories. */
import { message, type Message } from '#shared/messages/message.ts'
import type { Person, Story } from '#shared/story/story.ts'
import { hasUnpublishedEdits } from '../story/versions/story-words.ts'

export interface FrontList {
  title: Message
  /** Shown when the list is empty; null hides an empty list. */
  none: Message | null
  stories: Story[]
}

export function frontLists(person: Pick<Person, 'id' | 'role'>, stories: readonly Story[]): FrontList[] {
  const published = stories.filter(({ stage }) => stage === 'published').toSorted(byPublication)
  // These need an update or an undo, so they are listed apart.
  const edited = published.filter(
    (story) => hasUnpublishedEdits(story) && (person.role !== 'reporter' || story.createdBy.id === person.id),
  )
  return [
    waitingFor(person, stories),
    { title: message('desk.front.edited'), none: null, stories: edited },
    {
      title: message('desk.front.published'),
      none: edited.length === 0 ? message('desk.front.published-none') : null,
      stories: published.filter((story) => !edited.includes(story)),
    },
  ]
}

/** Returns a reporter's own drafts, the filed stories for an editor, or the ready ones for the wire. */
function waitingFor(person: Pick<Person, 'id' | 'role'>, stories: readonly Story[]): FrontList {
  switch (person.role) {
    case 'reporter':
      return {
        title: message('desk.front.drafts'),
        none: message('desk.front.drafts-none'),
        stories: stories.filter((story) => story.stage === 'draft' && story.createdBy.id === person.id),
      }
    case 'editor':
      return {
        title: message('desk.front.filed'),
        none: message('desk.front.filed-none'),
        stories: stories.filter((story) => story.stage === 'filed'),
      }
    case 'wire':
      return {
        title: message('desk.front.ready'),
        none: message('desk.front.ready-none'),
        stories: stories.filter((story) => story.stage === 'ready'),
      }
  }
}

function byPublication(a: Story, b: Story): number {
  return (b.publishedAt ?? '').localeCompare(a.publishedAt ?? '')
}
