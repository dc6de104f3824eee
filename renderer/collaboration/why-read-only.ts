/** Why a story cannot be changed here, in sentences. */
import { SCHEMA_VERSION } from '#shared/article/seed.ts'
import type { StoryPart, WriteRights } from '#shared/story/workflow.ts'

const READ_ONLY = 'You can read this story, but not change it at its present stage.'
const TOO_NEW =
  'This story was written with a newer version of Galley. Update Galley to change it; until then you can read it.'

/** Said of a story whose schema version is older than this app's: the newsroom would have converted it. */
export const OLDER_NEWSROOM =
  'This newsroom runs an older version of Galley than this app. The story can be opened here once the newsroom is updated.'

/** Returns whether a story of this schema version can be read here, and not changed. */
export function isTooNew(schemaVersion: number | null): boolean {
  return schemaVersion !== null && schemaVersion > SCHEMA_VERSION
}

/** Returns whether a story of this schema version can be neither read nor changed here. */
export function isTooOld(schemaVersion: number | null): boolean {
  return schemaVersion !== null && schemaVersion < SCHEMA_VERSION
}

/** Returns why the story, but for its `writable` parts, cannot be changed; null when it can. */
export function whyReadOnly(
  schemaVersion: number | null,
  rights: WriteRights,
  writable: readonly StoryPart[],
  waiting: number,
): string | null {
  if (isTooNew(schemaVersion)) return TOO_NEW
  if (rights === true) return null
  return writable.length > 0 ? onlyThese(writable) : withUnsent(READ_ONLY, waiting)
}

function onlyThese(parts: readonly StoryPart[]): string {
  const names = parts.map((part) => PART_NAMES[part])
  return `At its present stage you can change only ${new Intl.ListFormat('en').format(names)} of this story.`
}

const PART_NAMES: Record<StoryPart, string> = {
  headline: 'the headline',
  standfirst: 'the standfirst',
  byline: 'the byline',
  dateline: 'the dateline',
  body: 'the body',
  caption: 'the captions',
  credit: 'the credits',
  figures: 'the pictures',
  meta: 'what the desk knows',
}

function withUnsent(sentence: string, waiting: number): string {
  if (waiting === 0) return sentence
  const changes = waiting === 1 ? '1 change of yours was' : `${waiting} changes of yours were`
  return `${sentence} ${changes} not sent in time; the words are kept on this computer, and are listed below the page.`
}
