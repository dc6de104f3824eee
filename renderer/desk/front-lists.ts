/** What the front page names: what waits for somebody in this role, what was edited and not sent, and what is out. */
import type { Person, Story } from '#shared/story/story.ts'
import { hasUnpublishedEdits } from '../story/versions/story-words.ts'

export interface FrontList {
  title: string
  /** What it says when there is none; null where there is nothing to say then. */
  none: string | null
  stories: Story[]
}

export function frontLists(person: Pick<Person, 'id' | 'role'>, stories: readonly Story[]): FrontList[] {
  const published = stories.filter(({ stage }) => stage === 'published').toSorted(byPublication)
  // Somebody has to send these, or take the edit back: they are not left to be found at the end of a queue.
  const edited = published.filter(
    (story) => hasUnpublishedEdits(story) && (person.role !== 'reporter' || story.createdBy.id === person.id),
  )
  return [
    waitingFor(person, stories),
    { title: 'Edited since they went out', none: null, stories: edited },
    {
      title: 'On the wire',
      none: edited.length === 0 ? 'Nothing is out.' : null,
      stories: published.filter((story) => !edited.includes(story)),
    },
  ]
}

/** Their own drafts, what was filed, or what is ready for the wire. */
function waitingFor(person: Pick<Person, 'id' | 'role'>, stories: readonly Story[]): FrontList {
  switch (person.role) {
    case 'reporter':
      return {
        title: 'You are writing',
        none: 'Nothing of yours is in draft.',
        stories: stories.filter((story) => story.stage === 'draft' && story.createdBy.id === person.id),
      }
    case 'editor':
      return {
        title: 'Filed, for you to edit',
        none: 'Nothing filed is waiting.',
        stories: stories.filter((story) => story.stage === 'filed'),
      }
    case 'wire':
      return {
        title: 'Ready for the wire',
        none: 'Nothing is waiting for the wire.',
        stories: stories.filter((story) => story.stage === 'ready'),
      }
  }
}

function byPublication(a: Story, b: Story): number {
  return (b.publishedAt ?? '').localeCompare(a.publishedAt ?? '')
}
