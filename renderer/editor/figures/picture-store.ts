/** The page's view of the outbox for pictures: it keeps them on this computer until the newsroom has them. */
import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { parseStoredMessage, type MessageOrText } from '#shared/messages/message.ts'
import type { Outbox } from '../../collaboration/outbox.ts'

export type PictureStore = Pick<Outbox, 'state' | 'addPicture' | 'pictureUrl' | 'sendAgain'>

/** How far a picture has got on its way to the newsroom. */
export type Sending =
  { kind: 'sent' } | { kind: 'waiting' } | { kind: 'refused'; reason: MessageOrText; sendAgain: () => void }

const SENT: Sending = { kind: 'sent' }
const WAITING: Sending = { kind: 'waiting' }

export function useSending(pictures: PictureStore, mediaId: string): Sending {
  const waiting = useStore(pictures.state, ({ entries }) =>
    entries.find(({ entry }) => entry.kind === 'picture' && entry.mediaId === mediaId),
  )
  return useMemo(() => {
    if (waiting === undefined) return SENT
    const { key, entry } = waiting
    if (entry.refused === null) return WAITING
    return { kind: 'refused', reason: parseStoredMessage(entry.refused), sendAgain: () => void pictures.sendAgain(key) }
  }, [waiting, pictures])
}

/** A picture's address for an image element; null while loading, `missing` if it cannot be loaded. */
export type PictureAddress = { url: string } | 'missing' | null

/**
 * Looks for a picture on this computer, then in the newsroom. Looks again when `attempt` changes, e.g. when the
 * connection is back.
 */
export function usePictureAddress(pictures: PictureStore, mediaId: string, attempt: unknown): PictureAddress {
  const [found, setFound] = useState<PictureAddress>(null)
  useEffect(() => {
    let wanted = true
    pictures.pictureUrl(mediaId).then(
      (url) => wanted && setFound((before) => (isAt(before, url) ? before : { url })),
      () => wanted && setFound('missing'),
    )
    return () => {
      wanted = false
    }
  }, [pictures, mediaId, attempt])
  return found
}

function isAt(address: PictureAddress, url: string): boolean {
  return address !== null && address !== 'missing' && address.url === url
}
