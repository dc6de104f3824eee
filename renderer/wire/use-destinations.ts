/** The destinations as they are set up, read anew when something about them was heard of and when the connection is back. */
import { useCallback, useEffect, useState } from 'react'
import type { DestinationSettings } from '#shared/protocol/http.ts'
import type { Api } from '../api/client.ts'
import { useAnswer, type Answer } from '../api/use-answer.ts'
import type { StoryQueue } from '../collaboration/story-queue.ts'

export function useDestinations(
  api: Pick<Api, 'destinationSettings'>,
  queue: Pick<StoryQueue, 'onEvent'>,
  online: boolean,
): Answer<DestinationSettings[]> {
  const [heard, setHeard] = useState(0)
  const answer = useAnswer(useCallback(() => api.destinationSettings(), [api]))
  const [before, setBefore] = useState({ heard, online })

  useEffect(
    () =>
      queue.onEvent(({ type }) => {
        if (type === 'destinations') setHeard((times) => times + 1)
      }),
    [queue],
  )
  if (before.heard !== heard || before.online !== online) {
    setBefore({ heard, online })
    if (online) answer.again()
  }
  return answer
}
