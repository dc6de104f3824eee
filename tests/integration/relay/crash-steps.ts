/** The steps of a compaction at which a test kills its process, in order. */
export const CRASH_STEPS = [
  'the history was read',
  'the snapshot is being written',
  'the snapshot was written',
  'the log was cut',
  'it is being committed',
  'it was committed',
] as const
export type CrashStep = (typeof CRASH_STEPS)[number]

/** Rows after which the story is compacted. */
export const COMPACT_ROWS = 6
