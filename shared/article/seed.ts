/**
 * Creates a story. The server and an offline client apply the same frozen bytes: the schema version, and the first
 * separator of each story field, under the same Yjs ids. So seeding twice changes nothing, and copies that were seeded
 * separately merge into one paragraph in each field.
 */
import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { metaShared } from './document.ts'

/** The version of the document format (flat-text.ts). A client with an older version opens the story read-only. */
export const SCHEMA_VERSION = 2

/** The Yjs client id of the seed. A person's client, or a later seed, must never use it. */
export const SEED_CLIENT_ID = 2

/** The Yjs client id that converts stories of version 1. A person's client must never use it. */
export const CONVERSION_CLIENT_ID = 3

/** Client ids that never belong to a person: the seeds of all versions, and the converter. */
export const RESERVED_CLIENT_IDS: readonly number[] = [1, SEED_CLIENT_ID, CONVERSION_CLIENT_ID]

/**
 * A Yjs V1 update. These bytes are in every story and never change. A later schema version brings its own bytes and
 * client id.
 */
export const SEED_BYTES: Uint8Array = fromBase64(
  'AQYCACgBBG1ldGENc2NoZW1hVmVyc2lvbgF9AgcBDXRleHQ6aGVhZGxpbmUBBwEPdGV4dDpzdGFuZGZpcnN0AQcBC3RleHQ6YnlsaW5lAQcBDXRl' +
    'eHQ6ZGF0ZWxpbmUBBwEJdGV4dDpib2R5AQA=',
)

/** The origin of the seed's transaction. It is not a person's edit, so undo stacks ignore it. */
export const SEED = Symbol('Galley: the seed')

/** Adds a story's fields to a document. Does nothing if they exist. */
export function seedStory(doc: Y.Doc): void {
  Y.applyUpdate(doc, SEED_BYTES, SEED)
}

/** Returns the schema version of a story; null if the document is not a story, or is not loaded yet. */
export function schemaVersionOf(doc: Y.Doc): number | null {
  const version = metaShared(doc).get('schemaVersion')
  return typeof version === 'number' ? version : null
}
