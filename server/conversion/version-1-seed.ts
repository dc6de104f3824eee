import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'

/** The frozen seed of every story of schema version 1. Their logs build on it without containing it. */
const VERSION_1_SEED_BYTES: Uint8Array = fromBase64(
  'AQsBACgBBG1ldGENc2NoZW1hVmVyc2lvbgF9AQcBCGhlYWRsaW5lAwlwYXJhZ3JhcGgHAAEBBgcBCnN0YW5kZmlyc3QDCXBhcmFncmFwaAcAAQMG' +
    'BwEGYnlsaW5lAwlwYXJhZ3JhcGgHAAEFBgcBCGRhdGVsaW5lAwlwYXJhZ3JhcGgHAAEHBgcBBGJvZHkDCXBhcmFncmFwaAcAAQkGAA==',
)

export function seedVersion1(doc: Y.Doc): void {
  Y.applyUpdate(doc, VERSION_1_SEED_BYTES)
}
