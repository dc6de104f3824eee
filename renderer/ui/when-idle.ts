/** At the latest, in milliseconds: a window that is never idle still gets round to it. */
const LATEST = 2000

/** Runs something once the window has nothing more urgent to do. Returns the function that calls it off. */
export function whenIdle(run: () => void): () => void {
  // WebKit has no idle callbacks.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(run, LATEST / 10)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(run, { timeout: LATEST })
  return () => cancelIdleCallback(handle)
}
