/** A story's publications, newest first, kept live. */
import { useEffect, useRef, useState } from 'react'
import type { Publication } from '#shared/protocol/http.ts'
import { errorSentence } from '../api/api-error.ts'
import type { Api } from '../api/client.ts'
import type { StoryQueue } from '../collaboration/story-queue.ts'

export interface Publications {
  /** Null while they are not known. */
  list: readonly Publication[] | null
  /** Why they are not, in a sentence. */
  error: string | null
  reload: () => void
}

/** The list with a publication put in its place: instead of what it was before, newest first. */
export function withPublication(list: readonly Publication[], publication: Publication): Publication[] {
  return [...list.filter((each) => each.id !== publication.id), publication].sort((a, b) => b.version - a.version)
}

/** Reads them once, and again whenever `attempt` changes, e.g. because the connection is back. */
export function usePublications(
  api: Pick<Api, 'publications'>,
  queue: Pick<StoryQueue, 'onPublication'>,
  storyId: string,
  attempt: unknown,
): Publications {
  const [list, setList] = useState<readonly Publication[] | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [again, setAgain] = useState(0)
  const killIsRead = useRef(false)

  useEffect(() => {
    let stale = false
    const early: Publication[] = []
    const stop = queue.onPublication((publication) => {
      if (publication.storyId !== storyId) return
      early.push(publication)
      // A kill skips what still waited of the versions before it, of which nothing else is heard.
      if (publication.kind === 'kill' && !killIsRead.current) {
        killIsRead.current = true
        setAgain((before) => before + 1)
      }
      setList((before) => before && withPublication(before, publication))
    })
    api.publications(storyId).then(
      (read) => {
        if (stale) return
        setError(null)
        killIsRead.current = read.some(({ kind }) => kind === 'kill')
        // What was heard of meanwhile is at least as new as the answer.
        setList(early.reduce(withPublication, [...read]))
      },
      (thrown: unknown) => {
        if (!stale) setError(errorSentence(thrown))
      },
    )
    return () => {
      stale = true
      stop()
    }
  }, [api, queue, storyId, attempt, again])

  return { list, error, reload: () => setAgain((before) => before + 1) }
}
