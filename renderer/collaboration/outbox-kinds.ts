/**
 * What can be made on this computer and sent later. Each kind says how its entry is kept and how it is sent; a new kind is a
 * new entry of the registry. Sending one twice has to do no harm.
 */
import { z } from 'zod'
import { message } from '#shared/messages/message.ts'
import { idSchema, storySchema, type Story } from '#shared/story/story.ts'
import { ApiError } from '../api/api-error.ts'
import type { Api } from '../api/client.ts'

/** What sending may use. */
export interface Sending {
  api: Pick<Api, 'createStory' | 'uploadMedia'>
  /** Returns a picture of this computer's disk. */
  picture: (mediaId: string) => Promise<Blob | null>
  /** The newsroom has taken this story. */
  storySent: (story: Story) => void
}

interface OutboxKind<Entry extends { kind: string }> {
  kind: Entry['kind']
  schema: z.ZodType<Entry>
  /** Rejects with an `ApiError` if the newsroom refuses the entry, or cannot be reached. */
  send(entry: Entry, sending: Sending): Promise<void>
}

/** Why the newsroom refused an entry: a stored message. */
const refused = z.string().nullable()

/** A story that was made here and is not known to the newsroom yet. */
const storyToSendSchema = z.object({ kind: z.literal('story'), story: storySchema, refused })
export type StoryToSend = z.infer<typeof storyToSendSchema>

/** A picture that was added here and is not known to the newsroom yet. Its bytes are in the picture cache. */
const pictureToSendSchema = z.object({ kind: z.literal('picture'), mediaId: idSchema, name: z.string(), refused })
export type PictureToSend = z.infer<typeof pictureToSendSchema>

const story: OutboxKind<StoryToSend> = {
  kind: 'story',
  schema: storyToSendSchema,
  async send({ story: { id, slug, deskId, language } }, { api, storySent }) {
    storySent(await api.createStory(id, { slug, deskId, language }))
  },
}

const picture: OutboxKind<PictureToSend> = {
  kind: 'picture',
  schema: pictureToSendSchema,
  async send({ mediaId, name }, { api, picture }) {
    const blob = await picture(mediaId)
    if (blob === null) {
      throw new ApiError('not-found', message('collaboration.file-missing', { name }))
    }
    await api.uploadMedia(mediaId, blob, name)
  },
}

export type ToSend = StoryToSend | PictureToSend

const OUTBOX_KINDS: { [Kind in ToSend['kind']]: OutboxKind<Extract<ToSend, { kind: Kind }>> } = { story, picture }

export const toSendSchema: z.ZodType<ToSend> = z.union(Object.values(OUTBOX_KINDS).map(({ schema }) => schema))

export function sendEntry(entry: ToSend, sending: Sending): Promise<void> {
  const kind: OutboxKind<StoryToSend> | OutboxKind<PictureToSend> = OUTBOX_KINDS[entry.kind]
  return kind.send(entry as never, sending)
}
