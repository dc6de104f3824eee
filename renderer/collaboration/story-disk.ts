/**
 * Writes a story's changes to this computer's disk, in order and in batches: changes made while one batch is being
 * written go into the next. Nothing leaves the queue before it is on the disk, so a disk that fails is tried again.
 */
import type { MessageOrText } from '#shared/messages/message.ts'
import type { Change } from './change-ledger.ts'
import type { KeptText } from './kept-text.ts'
import type { LocalStore, StoryWrite } from './local-store.ts'
import { createRetry, type WakeEvents } from './retry.ts'
import { errorMessage } from '../messages/message-error.ts'

/** How many batches are written between checks of the log's length. */
const BATCHES_BEFORE_COMPACTION = 200

interface Queue {
  updates: { bytes: Uint8Array; change: Change | null }[]
  noLongerWaiting: number[]
  /** Whether `acknowledged()` has something new to say. */
  acknowledged: boolean
  mine: number | null
  mayWrite: boolean | null
  /** What is put into the tray, by id; null for what is taken out of it. */
  tray: Map<string, KeptText | null>
}

export interface StoryDisk {
  /** An update of the document; with its change when it was made here and is to be acknowledged. */
  append(bytes: Uint8Array, change: Change | null): void
  /** These changes are acknowledged, or something arrived that the newsroom is now known to have. */
  acknowledge(changes: readonly Change[]): void
  /** The Yjs client that this person writes as from now on. */
  writeAs(client: number): void
  keepRights(mayWrite: boolean): void
  /** Puts texts into the tray, no later than any update that is appended after this call. */
  keep(texts: readonly KeptText[]): void
  /** Takes texts out of the tray. */
  dismiss(ids: readonly string[]): void
  /** Whether something typed here is neither on this disk nor acknowledged by the newsroom. */
  readonly unsaved: boolean
  /** Resolves once all is on the disk; or, while the disk fails, once the newsroom has acknowledged what was typed. */
  safe(): Promise<void>
  stop(): void
}

export interface StoryDiskOptions {
  storyId: string
  localStore: Pick<LocalStore, 'writeStory' | 'compactStory'>
  /** What the newsroom is known to have, at the time of the call. */
  acknowledged: () => ReadonlyMap<number, number>
  /** Called whenever `unsaved` may have changed; `fault` is null while the disk works. */
  onChange: (fault: MessageOrText | null) => void
  events: WakeEvents | undefined
}

export function openStoryDisk({ storyId, localStore, acknowledged, onChange, events }: StoryDiskOptions): StoryDisk {
  let queue = emptyQueue()
  let writing: Queue | null = null
  let fault: MessageOrText | null = null
  let batches = 0
  let waiters: (() => void)[] = []
  const retry = createRetry(() => void run(), events)

  function queued(): void {
    if (writing === null && fault === null) void run()
    changed()
  }

  const unsaved = (): boolean =>
    [writing, queue].some(
      (part) =>
        part !== null &&
        (part.updates.some(({ change }) => change !== null && !change.acknowledged) ||
          [...part.tray.values()].some((text) => text !== null)),
    )

  const isSafe = (): boolean => (writing === null && isEmpty(queue)) || (fault !== null && !unsaved())

  function changed(): void {
    onChange(fault)
    if (!isSafe()) return
    for (const resolve of waiters) resolve()
    waiters = []
  }

  async function run(): Promise<void> {
    while (writing === null && !isEmpty(queue)) {
      const batch = queue
      writing = batch
      queue = emptyQueue()
      try {
        await write(batch)
        fault = null
        retry.succeeded()
      } catch (error) {
        queue = joined(batch, queue)
        fault = errorMessage(error)
        retry.later()
      }
      writing = null
      changed()
      if (fault !== null) return
    }
  }

  async function write(batch: Queue): Promise<void> {
    const waits = ({ change }: Queue['updates'][number]): boolean => change !== null && !change.acknowledged
    const marked = batch.updates.filter(waits)
    const step: StoryWrite = {
      updates: batch.updates.map((update) => ({ bytes: update.bytes, waits: waits(update) })),
      noLongerWaiting: batch.noLongerWaiting,
      kept: [...batch.tray.values()].filter((text) => text !== null),
      dismissed: [...batch.tray.keys()].filter((id) => batch.tray.get(id) === null),
      ...(batch.acknowledged ? { acknowledged: new Map(acknowledged()) } : {}),
      ...(batch.mine === null ? {} : { mine: batch.mine }),
      ...(batch.mayWrite === null ? {} : { mayWrite: batch.mayWrite }),
    }
    const keys = await localStore.writeStory(storyId, step)
    for (const [index, { change }] of marked.entries()) {
      if (change === null) continue
      change.key = keys[index] ?? null
      // The acknowledgement came while the mark was being written.
      if (change.acknowledged && change.key !== null) queue.noLongerWaiting.push(change.key)
    }
    batches += 1
    if (batches % BATCHES_BEFORE_COMPACTION === 0) await compact()
  }

  /** A log that could not be shortened does no harm but its length. */
  const compact = (): Promise<unknown> => localStore.compactStory(storyId).catch(() => undefined)

  return {
    append(bytes, change) {
      queue.updates.push({ bytes, change })
      queued()
    },
    acknowledge(changes) {
      queue.noLongerWaiting.push(...changes.flatMap(({ key }) => (key === null ? [] : [key])))
      queue.acknowledged = true
      queued()
    },
    writeAs(client) {
      queue.mine = client
      queued()
    },
    keepRights(mayWrite) {
      queue.mayWrite = mayWrite
      queued()
    },
    keep(texts) {
      for (const text of texts) queue.tray.set(text.id, text)
      queued()
    },
    dismiss(ids) {
      for (const id of ids) queue.tray.set(id, null)
      queued()
    },
    get unsaved() {
      return unsaved()
    },
    safe: () => (isSafe() ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
    stop: () => retry.stop(),
  }
}

function emptyQueue(): Queue {
  return {
    updates: [],
    noLongerWaiting: [],
    acknowledged: false,
    mine: null,
    mayWrite: null,
    tray: new Map(),
  }
}

function isEmpty(queue: Queue): boolean {
  return (
    queue.updates.length === 0 &&
    queue.noLongerWaiting.length === 0 &&
    !queue.acknowledged &&
    queue.mine === null &&
    queue.mayWrite === null &&
    queue.tray.size === 0
  )
}

/** What could not be written, followed by what came since. */
function joined(failed: Queue, since: Queue): Queue {
  return {
    updates: [...failed.updates, ...since.updates],
    noLongerWaiting: [...failed.noLongerWaiting, ...since.noLongerWaiting],
    acknowledged: failed.acknowledged || since.acknowledged,
    mine: since.mine ?? failed.mine,
    mayWrite: since.mayWrite ?? failed.mayWrite,
    tray: new Map([...failed.tray, ...since.tray]),
  }
}
