/** What a story was made of and what its sender has said of it since, kept live. */
import { useEffect, useState } from 'react'
import type { StorySource } from '#shared/protocol/http.ts'
import { errorSentence } from '../../api/api-error.ts'
import type { Api } from '../../api/client.ts'
import type { StoryQueue } from '../../collaboration/story-queue.ts'

export interface LiveSource {
  /** Null while it is not known, and of a story that was written here. */
  source: StorySource | null
  /** Why it is not known, in a sentence. */
  problem: string | null
  reload: () => void
}

/** Reads it once, whenever something of it comes in, and whenever `attempt` changes, e.g. because the connection is back. */
export function useSource(
  api: Pick<Api, 'storySource'>,
  queue: Pick<StoryQueue, 'onEvent'>,
  storyId: string,
  attempt: unknown,
): LiveSource {
  const [source, setSource] = useState<StorySource | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [again, setAgain] = useState(0)
  const uri = source?.taken.uri ?? null

  useEffect(
    () =>
      queue.onEvent((event) => {
        if (event.type !== 'intake') return
        if (event.item.storyId === storyId || (uri !== null && event.item.uri === uri)) {
          setAgain((before) => before + 1)
        }
      }),
    [queue, storyId, uri],
  )

  useEffect(() => {
    let stale = false
    api.storySource(storyId).then(
      (read) => {
        if (stale) return
        setProblem(null)
        setSource(read)
      },
      (thrown: unknown) => {
        if (!stale) setProblem(errorSentence(thrown))
      },
    )
    return () => {
      stale = true
    }
  }, [api, storyId, attempt, again])

  return { source, problem, reload: () => setAgain((before) => before + 1) }
}
