import { mayWriteAll, type StorySession } from '../collaboration/story-session.ts'
import { createStoryUndo } from './fields/story-undo.ts'
import { tellOfMerges } from './merge-notices.ts'
import { StoryPageModel } from './story-page-model.ts'

const pages = new WeakMap<StorySession, StoryPageModel>()

/** Returns the page of an open story: one for as long as the story is open, and with it one undo stack. */
export function storyPageOf(session: StorySession): StoryPageModel {
  const known = pages.get(session)
  if (known !== undefined) return known
  const undo = createStoryUndo(session.doc, { mayRecord: () => mayWriteAll(session) })
  const page = new StoryPageModel(session, undo)
  pages.set(session, page)
  tellOfMerges(page)
  return page
}
