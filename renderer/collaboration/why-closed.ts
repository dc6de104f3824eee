/** Why the newsroom ends a story's connection, in sentences for whoever writes it. Words stay on this computer meanwhile. */
import { CLOSE_CODES, type CloseReason } from '#shared/protocol/close-codes.ts'

const SENTENCES: Partial<Record<CloseReason, string>> = {
  tooLarge:
    'A change is larger than the newsroom takes, and could not be sent. Your words are kept on this computer. Undo what ' +
    'was pasted last, or copy it to a story of its own, in parts.',
  badMessage:
    'The newsroom cannot read what this copy of the story sends. Your words are kept on this computer. Update Galley; if ' +
    'this stays, copy the story to a new one.',
  incomplete:
    'This copy of the story builds on changes that the newsroom has never had. Your words are kept on this computer: copy ' +
    'the story to a new one, and tell whoever keeps the newsroom.',
  forged:
    'This copy of the story holds changes in the name of somebody else, which the newsroom does not take. Your words are ' +
    'kept on this computer: copy them to a new story, and tell whoever keeps the newsroom.',
  tooFast:
    'More was sent than the newsroom takes at a time. Your words are kept on this computer, and are sent again soon.',
  tooManyConnections:
    'You have Galley open in as many windows as the newsroom allows. Close some; what you write is kept here and sent then.',
  tooManyStories:
    'You have as many stories open as the newsroom allows. Close some; what you write is kept here and sent then.',
  tooManyFromAddress:
    'There are as many connections from your network as the newsroom allows. What you write is kept here and sent later.',
  loadFailed:
    'The newsroom cannot read this story at the moment. What you write is kept on this computer; whoever keeps the ' +
    'newsroom has to look at it.',
  notStored:
    'The newsroom cannot write this story down at the moment. What you write is kept on this computer, and is sent again.',
}

/** What is to be said of a connection that was closed with this code; null where it is nothing that lasts. */
export function whyClosed(code: number | undefined): string | null {
  const reason = Object.entries(CLOSE_CODES).find(([, close]) => close.code === code)?.[0]
  return SENTENCES[reason as CloseReason] ?? null
}
