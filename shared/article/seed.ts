/**
 * How a story is born. On the server and offline alike, the same frozen bytes are applied: the schema version, and
 * the first separator of each story field under the same Yjs ids. So seeding twice changes nothing, and copies seeded
 * apart merge into one paragraph a field.
 */
import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { metaShared } from './document.ts'

/** The version of the document's format (flat-text.ts). A client that is older than a story's opens it read-only. */
export const SCHEMA_VERSION = 2

/** The Yjs client that the seed's ids belong to. No person's client, and no later seed, may ever use it. */
export const SEED_CLIENT_ID = 2

/** The Yjs client that converts stories of version 1. No person's client may ever use it. */
export const CONVERSION_CLIENT_ID = 3

/** Yjs clients that are no person's: the seeds of all versions, and what converts between them. */
export const RESERVED_CLIENT_IDS: readonly number[] = [1, SEED_CLIENT_ID, CONVERSION_CLIENT_ID]

/**
 * A Yjs V1 update. These bytes are in every story there is: they never change. A later schema version brings bytes and
 * a client id of its own.
 */
export const SEED_BYTES: Uint8Array = fromBase64(
  'AQYCACgBBG1ldGENc2NoZW1hVmVyc2lvbgF9AgcBDXRleHQ6aGVhZGxpbmUBBwEPdGV4dDpzdGFuZGZpcnN0AQcBC3RleHQ6YnlsaW5lAQcBDXRl' +
    'eHQ6ZGF0ZWxpbmUBBwEJdGV4dDpib2R5AQA=',
)

/** The origin of the seed's transaction: no edit of anybody's, so no undo stack takes it back. */
export const SEED = Symbol('Galley: the seed')

/** Gives a document a story's fields. Changes nothing when it has them. */
export function seedStory(doc: Y.Doc): void {
  Y.applyUpdate(doc, SEED_BYTES, SEED)
}

/** Returns the schema version that this story was written with; null when the document is no story, or not loaded yet. */
export function schemaVersionOf(doc: Y.Doc): number | null {
  const version = metaShared(doc).get('schemaVersion')
  return typeof version === 'number' ? version : null
}
