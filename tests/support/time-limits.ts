/**
 * In milliseconds: limits for a test that hangs, never a measure of speed. A busy machine takes many times as long as a
 * quiet one.
 */

export const TEST_LIMIT_MS = 120_000

/** The limit for one condition. Below the test's own limit, so that the failure names the condition. */
export const WAIT_LIMIT_MS = 100_000
