import { mayWriteAll, type StorySession } from '../collaboration/story-session.ts'
import { createStoryUndo } from './fields/story-undo.ts'
import { watchMerges } from './merge-notices.ts'
import { StoryPageModel } from './story-page-model.ts'

const pages = new WeakMap<StorySession, StoryPageModel>()

/** Returns the page of an open story. It exists, with its one undo stack, for as long as the story is open. */
export function storyPageOf(session: StorySession): StoryPageModel {
  const known = pages.get(session)
  if (known !== undefined) return known
  const undo = createStoryUndo(session.doc, { mayRecord: () => mayWriteAll(session) })
  const page = new StoryPageModel(session, undo)
  pages.set(session, page)
  watchMerges(page)
  return page
}
