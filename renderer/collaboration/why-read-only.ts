/** Why a story can't be changed here. */
import { SCHEMA_VERSION } from '#shared/article/seed.ts'
import { message, type Message } from '#shared/messages/message.ts'
import type { StoryPart, WriteRights } from '#shared/story/workflow.ts'

/** Returns whether a story of this schema version can be read here, and not changed. */
export function isTooNew(schemaVersion: number | null): boolean {
  return schemaVersion !== null && schemaVersion > SCHEMA_VERSION
}

/** Returns whether a story of this schema version can be neither read nor changed here. */
export function isTooOld(schemaVersion: number | null): boolean {
  return schemaVersion !== null && schemaVersion < SCHEMA_VERSION
}

/** Returns why the story, except for its `writable` parts, can't be changed; null when it can. */
export function whyReadOnly(
  schemaVersion: number | null,
  rights: WriteRights,
  writable: readonly StoryPart[],
  waiting: number,
): Message | null {
  if (isTooNew(schemaVersion)) return message('collaboration.newer-version')
  if (rights === true) return null
  if (writable.length > 0) {
    const parts = writable.map((part) => message(`collaboration.part.${part}`))
    return message('collaboration.read-only-but', { parts })
  }
  return waiting === 0
    ? message('collaboration.read-only')
    : message('collaboration.read-only-unsent', { count: waiting })
}
