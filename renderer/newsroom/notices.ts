/** What a change in the queue means to the person at this screen. */
import type { Desk, Person, Story } from '#shared/story/story.ts'

export interface StoryNotice {
  storyId: string
  title: string
  body: string
}

export interface Watching {
  person: Pick<Person, 'id' | 'role'>
  /** The desk this person watches; null is every desk. */
  deskId: string | null
  desks: readonly Desk[]
}

/**
 * What to tell them of a story that was one thing `before` and is another now; null when it is none of their business.
 * Editors hear what is filed to their desk, wire editors what is ready, writers what is returned to them or out; of a kill
 * all of them hear but other reporters.
 */
export function noticeOf(before: Story | undefined, after: Story, watching: Watching): StoryNotice | null {
  const { person, deskId, desks } = watching
  if (before === undefined || (before.stage === after.stage && before.publishedVersion === after.publishedVersion)) {
    return null
  }
  const title = sentence()
  return title === null ? null : { storyId: after.id, title, body: after.headline || after.slug }

  function sentence(): string | null {
    const desk = desks.find((each) => each.id === after.deskId)?.name ?? 'your desk'
    const watched = deskId === null || deskId === after.deskId
    const writer = after.createdBy.id === person.id
    if (after.stage === 'filed' && watched && person.role !== 'reporter') return `Filed to ${desk}: ${after.slug}`
    if (after.stage === 'ready' && watched && person.role === 'wire') return `Ready for the wire: ${after.slug}`
    if (after.stage === 'draft' && writer) return `Returned to you: ${after.slug}`
    if (after.stage === 'killed') return writer || person.role !== 'reporter' ? `Killed: ${after.slug}` : null
    if (after.stage === 'published' && writer) return `On the wire: ${after.slug}`
    return null
  }
}
