/**
 * How a story is born. Whoever makes it, on the server or offline, applies the same frozen bytes: each story field gets
 * one empty paragraph by the same Yjs ids. So seeding twice changes nothing, copies seeded apart merge into one
 * paragraph a field, and no editor that opens an empty field makes up a skeleton of its own.
 */
import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { metaShared } from './document.ts'

/** The version of the schema in `schema.ts`. A client that is older than a story's opens it read-only. */
export const SCHEMA_VERSION = 1

/** The Yjs client that the seed's ids belong to. No person's client, and no later seed, may ever use it. */
export const SEED_CLIENT_ID = 1

/**
 * A Yjs V1 update. These bytes are in every story there is: they never change. A later schema version brings bytes and
 * a client id of its own.
 */
export const SEED_BYTES: Uint8Array = fromBase64(
  'AQsBACgBBG1ldGENc2NoZW1hVmVyc2lvbgF9AQcBCGhlYWRsaW5lAwlwYXJhZ3JhcGgHAAEBBgcBCnN0YW5kZmlyc3QDCXBhcmFncmFwaAcAAQMG' +
    'BwEGYnlsaW5lAwlwYXJhZ3JhcGgHAAEFBgcBCGRhdGVsaW5lAwlwYXJhZ3JhcGgHAAEHBgcBBGJvZHkDCXBhcmFncmFwaAcAAQkGAA==',
)

/** The origin of the seed's transaction: no edit of anybody's, so no undo stack takes it back. */
export const SEED = Symbol('Galley: the seed')

/** Gives a document a story's fields. Changes nothing when it has them. */
export function seedStory(doc: Y.Doc): void {
  Y.applyUpdate(doc, SEED_BYTES, SEED)
}

/** The schema version that this story was written with; null when the document is no story, or not loaded yet. */
export function schemaVersionOf(doc: Y.Doc): number | null {
  const version = metaShared(doc).get('schemaVersion')
  return typeof version === 'number' ? version : null
}
