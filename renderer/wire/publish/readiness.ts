/** Decides whether a story can go to the wire now, and what it waits for if not. */
import { message, parseStoredMessage, type Message, type MessageOrText } from '#shared/messages/message.ts'
import type { Article } from '#shared/article/article.ts'
import type { OutboxState } from '../../collaboration/outbox.ts'
import type { SaveState } from '../../collaboration/story-session.ts'

export interface Readiness {
  ready: boolean
  /** What it waits for; null if nothing. */
  waiting: MessageOrText | null
}

/** Everything on screen must be in the newsroom first: what the editor sees is what goes out. */
export function readiness(save: SaveState, article: Article, outbox: Pick<OutboxState, 'entries'>): Readiness {
  if (save.kind === 'offline') {
    return wait(message('wire.publish.wait-offline'))
  }
  if (save.kind === 'computer') return wait(message('wire.publish.wait-saving'))
  const shown = new Set(article.figures.map((figure) => figure.picture?.mediaId))
  const pictures = outbox.entries.flatMap(({ entry }) =>
    entry.kind === 'picture' && shown.has(entry.mediaId) ? [entry] : [],
  )
  const refused = pictures.find((picture) => picture.refused !== null)
  if (refused !== undefined)
    return wait(
      message('wire.publish.picture-refused', {
        name: refused.name,
        reason: insertable(parseStoredMessage(refused.refused ?? '')),
      }),
    )
  if (pictures.length > 0) return wait(message('wire.publish.wait-pictures'))
  return { ready: true, waiting: null }
}

/** Returns a message that can be a parameter of another one. */
function insertable(said: MessageOrText): Message | readonly Message[] | string {
  return 'id' in said ? said : 'text' in said ? said.text : said.messages
}

function wait(waiting: MessageOrText): Readiness {
  return { ready: false, waiting }
}
