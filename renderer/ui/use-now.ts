import { useSyncExternalStore } from 'react'

const TICK = 10_000

let now = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) timer = setInterval(tick, TICK)
  listeners.add(listener)
  // The clock stood still while nobody looked at it.
  tick()
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

/** The time, in milliseconds since 1970; a few seconds late at most. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}
