/** A parcel with a picture, and the access to a destination. */
import type { MessageOrText } from '#shared/messages/message.ts'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Parcel, Access } from '#server/wire/destinations/destination.ts'
import { tempFolder } from '#tests/support/temp.ts'

export const TEXT = '{"headline":"Καλημέρα"}'
export const PICTURE = 'the bytes of a picture'

export async function parcelIn(): Promise<{ parcel: Parcel; path: string } & AsyncDisposable> {
  const folder = await tempFolder()
  const path = join(folder.path, 'kept-picture')
  await writeFile(path, PICTURE)
  const parcel: Parcel = {
    id: '6a1f4c1e-0000-4000-8000-000000000001',
    name: 'story-v2.ninjs.json',
    text: TEXT,
    contentType: 'application/json',
    item: {
      uri: 'urn:uuid:1',
      version: 2,
      kind: 'correction',
      slug: 'HARBOUR',
      headline: 'A headline',
      edNote: 'A note',
    },
    pictures: [{ name: 'p.jpg', type: 'image/jpeg', path }],
  }
  return { parcel, path: folder.path, [Symbol.asyncDispose]: () => folder.remove() }
}

export function access(
  settings: object,
  secrets: Record<string, string> = {},
  signal = new AbortController().signal,
): Access {
  return { settings, secrets, signal }
}

export interface Refused {
  message: string
  said?: MessageOrText
  permanent: boolean
  response: string | null
}

/** Returns the error of a delivery. */
export const refusal = (refused: Promise<unknown>): Promise<Refused> =>
  refused.then(
    () => ({ message: 'taken', permanent: false, response: null }),
    (error: unknown) => error as Refused,
  )
