/**
 * Stories and pictures that were made on this computer. They go to its disk first and are sent from there, oldest first,
 * as soon as the newsroom can be reached: a picture or a story made offline is like any other. Sending one twice does no
 * harm (each is PUT under an id chosen here), and one that the newsroom refuses is kept and shown.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Picture } from '#shared/article/article.ts'
import { SEED_BYTES } from '#shared/article/seed.ts'
import { message, storeMessage, type MessageOrText } from '#shared/messages/message.ts'
import type { CreateStoryRequest } from '#shared/protocol/http.ts'
import type { Person, Story } from '#shared/story/story.ts'
import { ApiError } from '../api/api-error.ts'
import type { Api } from '../api/client.ts'
import { errorMessage, MessageError } from '../messages/message-error.ts'
import type { LocalStore } from './local-store.ts'
import { createRetry, windowEvents, type WakeEvents } from './retry.ts'
import { sendEntry, type ToSend } from './outbox-kinds.ts'

export interface OutboxState {
  /** What the newsroom does not have yet, oldest first. `key` names an entry. */
  entries: readonly { key: number; entry: ToSend }[]
  /** The failure of this computer's disk; null while it works. */
  diskFault: MessageOrText | null
}

export interface Outbox {
  readonly state: StoreApi<OutboxState>
  /** Creates a story, online or offline. Resolves once it is on the disk and can be opened. */
  createStory(request: CreateStoryRequest): Promise<Story>
  /**
   * Adds a picture, online or offline. Resolves once it is on the disk. Rejects with a `MessageError` if the file isn't
   * a picture.
   */
  addPicture(file: Blob, name: string): Promise<Picture>
  /**
   * The address of a picture for an image element: from this computer's disk, where it is put when it was not there.
   * Rejects with an Error while it can be had from neither.
   */
  pictureUrl(mediaId: string): Promise<string>
  /** Resolves to whether the newsroom has this story, after an attempt to send it if needed. */
  storyIsSent(storyId: string): Promise<boolean>
  /** Calls back with each story that the newsroom has accepted. Returns `unsubscribe`. */
  onStorySent(listener: (story: Story) => void): () => void
  /** Sends a refused entry again. */
  sendAgain(key: number): Promise<void>
  /** Drops an entry at the person's request. A story's text stays on this computer's disk. */
  discard(key: number): Promise<void>
  /** Sends all entries, and retries until none is left. */
  start(): void
  stop(): void
}

export interface OutboxOptions {
  api: Api
  localStore: LocalStore
  person: Pick<Person, 'id' | 'name'>
  /** The source of `online` and `focus`; the window by default. */
  events?: WakeEvents
}

export function createOutbox({ api, localStore, person, events = windowEvents }: OutboxOptions): Outbox {
  const state = createStore<OutboxState>(() => ({ entries: [], diskFault: null }))
  const sentListeners = new Set<(story: Story) => void>()
  const pictureUrls = new Map<string, Promise<string>>()
  const retry = createRetry(() => void send(), events)
  let sending: Promise<void> | null = null

  /** The disk is the truth: another window may have added to it, or sent from it. */
  async function readEntries(): Promise<OutboxState['entries']> {
    const entries = await localStore.toSend()
    state.setState({ entries, diskFault: null })
    return entries
  }

  function send(): Promise<void> {
    sending ??= sendAll()
      .catch((error: unknown) => {
        if (!isTemporary(error)) state.setState({ diskFault: errorMessage(error) })
        retry.later()
      })
      .finally(() => {
        sending = null
      })
    return sending
  }

  /** Rejects when the newsroom cannot be reached or the disk fails. */
  async function sendAll(): Promise<void> {
    for (;;) {
      const next = (await readEntries()).find(({ entry }) => entry.refused === null)
      if (next === undefined) break
      if (!api.signedIn()) throw new ApiError('not-signed-in', message('collaboration.sign-in-to-send'))
      await sendOne(next)
    }
    retry.succeeded()
  }

  async function sendOne({ key, entry }: OutboxState['entries'][number]): Promise<void> {
    try {
      await sendEntry(entry, {
        api,
        picture: (mediaId) => localStore.picture(mediaId),
        storySent(story) {
          for (const listener of [...sentListeners]) listener(story)
        },
      })
    } catch (error) {
      if (isTemporary(error) || !(error instanceof ApiError)) throw error
      await localStore.updateToSend(key, { ...entry, refused: storeMessage(error.said) })
      return
    }
    await localStore.removeToSend(key)
  }

  async function findPicture(mediaId: string): Promise<Blob> {
    // If the disk fails, the picture is shown from the newsroom.
    const kept = await localStore.picture(mediaId).catch(() => null)
    if (kept !== null) return kept
    const blob = await api.media(mediaId)
    await localStore.keepPicture(mediaId, blob, '').catch(() => undefined)
    return blob
  }

  return {
    state,

    async createStory(request) {
      const id = crypto.randomUUID()
      const now = new Date().toISOString()
      const story: Story = {
        ...request,
        id,
        headline: '',
        stage: 'draft',
        words: 0,
        createdBy: { id: person.id, name: person.name },
        createdAt: now,
        changedAt: now,
        publishedVersion: null,
        publishedAt: null,
        changedSincePublished: false,
      }
      await localStore.addStoryToSend({ kind: 'story', story, refused: null }, SEED_BYTES)
      await readEntries()
      void send()
      return story
    },

    async addPicture(file, name) {
      const { width, height } = await measure(file)
      const mediaId = crypto.randomUUID()
      await localStore.addPictureToSend({ kind: 'picture', mediaId, name, refused: null }, file)
      await readEntries()
      void send()
      return { mediaId, type: file.type, width, height, name, alt: '' }
    },

    pictureUrl(mediaId) {
      const known = pictureUrls.get(mediaId)
      if (known !== undefined) return known
      const url = findPicture(mediaId).then((blob) => URL.createObjectURL(blob))
      pictureUrls.set(mediaId, url)
      // The next request looks for it again.
      url.catch(() => pictureUrls.delete(mediaId))
      return url
    },

    async storyIsSent(storyId) {
      const isWaiting = ({ entry }: OutboxState['entries'][number]): boolean =>
        entry.kind === 'story' && entry.story.id === storyId
      if (!(await readEntries().catch(() => [])).some(isWaiting)) return true
      await send()
      return !state.getState().entries.some(isWaiting)
    },

    onStorySent(listener) {
      sentListeners.add(listener)
      return () => sentListeners.delete(listener)
    },

    async sendAgain(key) {
      const found = state.getState().entries.find((entry) => entry.key === key)
      if (found === undefined) return
      await localStore.updateToSend(key, { ...found.entry, refused: null })
      await send()
    },

    async discard(key) {
      await localStore.removeToSend(key)
      await readEntries()
    },

    start: () => void send(),

    stop() {
      retry.stop()
      for (const url of pictureUrls.values())
        void url.then(
          (address) => URL.revokeObjectURL(address),
          () => undefined,
        )
      pictureUrls.clear()
    },
  }
}

/** Returns whether the same request may succeed later, or once the person has signed in again. */
function isTemporary(error: unknown): boolean {
  return error instanceof ApiError && (error.offline || error.code === 'not-signed-in' || error.status === 429)
}

/** The size of a picture in pixels, as shown. */
async function measure(file: Blob): Promise<{ width: number; height: number }> {
  try {
    const bitmap = await createImageBitmap(file)
    const { width, height } = bitmap
    bitmap.close()
    return { width, height }
  } catch (cause) {
    throw new MessageError(message('collaboration.not-a-picture'), cause)
  }
}
