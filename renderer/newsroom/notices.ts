/** What to tell this person about a change in the queue. */
import { message, type Message } from '#shared/messages/message.ts'
import type { Desk, Person, Story } from '#shared/story/story.ts'

export interface StoryNotice {
  storyId: string
  title: Message
  body: string
}

export interface Watching {
  person: Pick<Person, 'id' | 'role'>
  /** The desk that this person watches; null for all desks. */
  deskId: string | null
  desks: readonly Desk[]
}

/**
 * Returns what to tell this person about a story that moved; null if it doesn't concern them. Editors hear of stories filed
 * to their desk, wire editors of ready ones, and writers of their own stories when returned or published. Everyone but
 * other reporters hears of a kill.
 */
export function noticeOf(after: Story, watching: Watching): StoryNotice | null {
  const { person, deskId, desks } = watching
  const title = what()
  return title === null ? null : { storyId: after.id, title, body: after.headline || after.slug }

  function what(): Message | null {
    const { slug } = after
    const desk = desks.find((each) => each.id === after.deskId)?.name
    const watched = deskId === null || deskId === after.deskId
    const writer = after.createdBy.id === person.id
    if (after.stage === 'filed' && watched && person.role !== 'reporter')
      return desk === undefined
        ? message('desk.notice.filed-to-your-desk', { slug })
        : message('desk.notice.filed', { desk, slug })
    if (after.stage === 'ready' && watched && person.role === 'wire') return message('desk.notice.ready', { slug })
    if (after.stage === 'draft' && writer) return message('desk.notice.returned', { slug })
    if (after.stage === 'killed')
      return writer || person.role !== 'reporter' ? message('desk.notice.killed', { slug }) : null
    if (after.stage === 'published' && writer) return message('desk.notice.published', { slug })
    return null
  }
}
