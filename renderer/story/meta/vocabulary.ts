/** The newsroom's Media Topics: the top level that Galley has from the start, until more is known. */
import { TOP_LEVEL_SUBJECTS } from '#shared/wire/subjects/top-level.ts'
import { createVocabulary, type Vocabulary } from '#shared/wire/subjects/vocabulary.ts'
import type { Api } from '../../api/client.ts'
import { useAnswer } from '../../api/use-answer.ts'

export const TOP_LEVEL: Vocabulary = createVocabulary(TOP_LEVEL_SUBJECTS)

/** Read once for as long as somebody is signed in: it changes when an administrator loads another. */
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
