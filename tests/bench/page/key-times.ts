/** How long keys take, measured in the page: each key's own time, and how long the browser says an interaction took. */
import type { Page } from 'playwright'

export interface KeyTime {
  /** From the key to the end of all that its events did. */
  handled: number
  /** From the key to the end of the frame that shows it; with the wait for the screen's next frame. */
  painted: number
  /** Of that: what the page did of it, the events and the frame, without the wait for the frame. */
  worked: number
}

/** Must be called before the page is loaded. */
export async function recordKeys(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const record: KeyRecord = { keys: [], interactions: {} }
    ;(globalThis as { keyRecord?: KeyRecord }).keyRecord = record
    let pressed = 0
    /** Called as a task of its own, after all that the task under way does, and its microtasks. */
    const afterTask = (then: () => void) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        then()
        port1.close()
      }
      port2.postMessage(null)
    }
    const options = { capture: true }
    addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), options)
    addEventListener(
      'input',
      () => {
        const key = pressed
        let handled = 0
        afterTask(() => (handled = performance.now()))
        requestAnimationFrame(() => {
          const frame = performance.now()
          // The task after a frame's callbacks follows its style, layout and paint.
          afterTask(() => {
            const painted = performance.now()
            // A frame may come before the task that was to note the end of the events: then nothing was waited for.
            const waited = handled === 0 ? 0 : Math.max(0, frame - handled)
            record.keys.push({
              handled: (handled === 0 ? frame : handled) - key,
              painted: painted - key,
              worked: painted - key - waited,
            })
          })
        })
      },
      options,
    )
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { interactionId, duration } = entry as PerformanceEventTiming
        if (interactionId > 0)
          record.interactions[interactionId] = Math.max(duration, record.interactions[interactionId] ?? 0)
      }
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  })
}

interface KeyRecord {
  keys: KeyTime[]
  /** By interaction: what the Event Timing API says, in steps of 8 ms, and of 16 ms upwards only. */
  interactions: Record<number, number>
}

/** Forgets what was recorded so far. */
export async function resetKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { keyRecord } = globalThis as { keyRecord?: KeyRecord }
    if (keyRecord === undefined) return
    keyRecord.keys = []
    keyRecord.interactions = {}
  })
}

export async function readKeys(page: Page): Promise<{ keys: KeyTime[]; inp: number }> {
  const record = await page.evaluate(() => (globalThis as { keyRecord?: KeyRecord }).keyRecord)
  if (record === undefined) throw new Error('The page records no keys')
  const { keys, interactions } = record
  // Interaction to Next Paint leaves out one interaction in fifty.
  const slowest = Object.values(interactions).sort((a, b) => b - a)
  return { keys, inp: slowest[Math.floor(keys.length / 50)] ?? 16 }
}
