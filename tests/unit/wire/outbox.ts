/** The path from a published story to its destinations, without the server around it. */
import { dropFolders } from './drop-folders.ts'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import * as Y from 'yjs'
import { seedStory } from '#shared/article/seed.ts'
import { createMediaStore } from '#server/media/media-store.ts'
import { createPictureReader } from '#server/media/picture-reader.ts'
import { buildDoc, readHistory } from '#server/relay/history.ts'
import type { NewsroomEvent } from '#server/newsroom-event.ts'
import type { Store } from '#server/store/store.ts'
import { createCommitted } from '#server/wire/committed.ts'
import { type Courier, createCourier } from '#server/wire/courier.ts'
import type { DestinationKind, Parcel, Access } from '#server/wire/destinations/destination.ts'
import { fileDrop } from '#server/wire/destinations/file-drop.ts'
import { createDocumentReader } from '#server/wire/intake/document-reader.ts'
import { createPublish } from '#server/wire/publish.ts'
import { createSchedule } from '#server/wire/schedule.ts'
import { createSecrets } from '#server/wire/secrets.ts'
import { testStore } from '../server/test-store.ts'

export const NOTHING = new Uint8Array([0])

/** For what publishes events that the test is not about. */
export const nothingFollows = (): Promise<void> => Promise.resolve()

/** A destination type that is a function. It replaces the folder, which every newsroom starts with. */
export function kindOf(deliver: (parcel: Parcel, access: Access) => Promise<unknown>): DestinationKind {
  return {
    name: 'file-drop',
    deliver: async (parcel, access) => {
      await deliver(parcel, access)
      return { detail: { text: 'somewhere' } }
    },
    test: () => Promise.resolve({ detail: { text: 'somewhere' } }),
  }
}

export async function outbox(patienceMs = 50, open?: (folder: string) => Promise<Store>) {
  const newsroom = await testStore(open)
  const { db } = newsroom
  const mediaFolder = join(newsroom.folder, 'media')
  const drop = join(newsroom.folder, 'drop')
  await mkdir(mediaFolder)
  await mkdir(drop)
  const pictures = createPictureReader()
  const media = createMediaStore(db, mediaFolder, pictures)
  const readDoc = async (storyId: string): Promise<Y.Doc> => {
    const history = await newsroom.store.read((trx) => readHistory(trx, storyId))
    if (history !== null) return buildDoc(history)
    const doc = new Y.Doc()
    seedStory(doc)
    return doc
  }
  const committed = createCommitted(readDoc, patienceMs, 5)
  const reader = createDocumentReader()
  const couriers: Courier[] = []
  const happened: NewsroomEvent[] = []
  return {
    ...newsroom,
    media,
    reader,
    drop,
    committed,
    /** What the couriers have published. */
    happened,
    readDoc,
    publish: createPublish({ db, committed, media, provider: 'The Test' }),
    schedule: createSchedule({ db, committed, media, provider: 'The Test' }),
    /** `store`: another connection to the same database, as on another node. */
    courier(
      kind: DestinationKind = fileDrop(dropFolders(newsroom.folder)),
      store = newsroom.store,
      attemptMs?: number,
    ): Courier {
      const courier = createCourier({
        store,
        media,
        secrets: createSecrets(newsroom.folder, null),
        destinationKinds: [kind],
        log: pino({ level: 'silent' }),
        publish(events) {
          happened.push(...events)
          return Promise.resolve()
        },
        ...(attemptMs === undefined ? {} : { attemptMs }),
      })
      couriers.push(courier)
      return courier
    },
    dropped: async () => (await readdir(drop)).sort(),
    deliveries: () => db.selectFrom('deliveries').selectAll().execute(),
    /** Makes all failed deliveries due. */
    due: () => db.updateTable('deliveries').set({ next_attempt_at: 0 }).execute(),
    async [Symbol.asyncDispose]() {
      for (const courier of couriers) await courier.close()
      await reader.close()
      await pictures.close()
      await newsroom[Symbol.asyncDispose]()
    },
  }
}
export type Outbox = Awaited<ReturnType<typeof outbox>>
