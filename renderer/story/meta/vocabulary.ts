/** The newsroom's Media Topics: the built-in top level until the full list is loaded. */
import { TOP_LEVEL_SUBJECTS } from '#shared/wire/subjects/top-level.ts'
import { createVocabulary, type Vocabulary } from '#shared/wire/subjects/vocabulary.ts'
import type { Api } from '../../api/client.ts'
import { useAnswer } from '../../api/use-answer.ts'

export const TOP_LEVEL: Vocabulary = createVocabulary(TOP_LEVEL_SUBJECTS)

/** Loaded once for each sign-in. It changes only when an administrator imports another vocabulary. */
const asks = new WeakMap<object, () => Promise<Vocabulary>>()

function askFor(api: Pick<Api, 'subjects'>): () => Promise<Vocabulary> {
  let answer: Promise<Vocabulary> | null = null
  const ask =
    asks.get(api) ??
    (() => {
      answer ??= api.subjects().then(createVocabulary)
      answer.catch(() => {
        answer = null
      })
      return answer
    })
  asks.set(api, ask)
  return ask
}

export function useVocabulary(api: Pick<Api, 'subjects'>): Vocabulary {
  return useAnswer(askFor(api)).value ?? TOP_LEVEL
}
