import type { StoryQueueState } from '../collaboration/story-queue.ts'

/** Whether the newsroom, or at least this computer's disk, has said what there is. */
export function queueIsKnown({ status, desks, stories }: StoryQueueState): boolean {
  return status === 'live' || desks.length > 0 || stories.length > 0
}
