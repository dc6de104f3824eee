/** Decides whether a story can go to the wire now, and what it waits for if not. */
import { inEnglish } from '#shared/messages/english.ts'
import { parseStoredMessage } from '#shared/messages/message.ts'
import type { Article } from '#shared/article/article.ts'
import type { OutboxState } from '../../collaboration/outbox.ts'
import type { SaveState } from '../../collaboration/story-session.ts'

export interface Readiness {
  ready: boolean
  /** What it waits for, in a sentence; null if nothing. */
  waiting: string | null
}

/** Everything on screen must be in the newsroom first: what the editor sees is what goes out. */
export function readiness(save: SaveState, article: Article, outbox: Pick<OutboxState, 'entries'>): Readiness {
  if (save.kind === 'offline') {
    return wait('Offline. The story can go out when the connection is back and every word is in the newsroom.')
  }
  if (save.kind === 'computer') return wait('Waiting until every word is saved to the newsroom…')
  const shown = new Set(article.figures.map((figure) => figure.picture?.mediaId))
  const pictures = outbox.entries.flatMap(({ entry }) =>
    entry.kind === 'picture' && shown.has(entry.mediaId) ? [entry] : [],
  )
  const refused = pictures.find((picture) => picture.refused !== null)
  if (refused !== undefined)
    return wait(
      `The newsroom did not take the picture ${refused.name}: ${inEnglish.say(parseStoredMessage(refused.refused ?? ''))}`,
    )
  if (pictures.length > 0) return wait('Waiting until every picture is in the newsroom…')
  return { ready: true, waiting: null }
}

function wait(waiting: string): Readiness {
  return { ready: false, waiting }
}
