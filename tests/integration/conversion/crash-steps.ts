/** The steps at which a test kills the process, at its third story. */
export const CRASH_STEPS = ['a story is being converted', 'a story was converted'] as const
export type CrashStep = (typeof CRASH_STEPS)[number]
