import { describe, expect, it } from 'vitest'
import type { Change } from '#renderer/collaboration/change-ledger.ts'
import type { KeptText } from '#renderer/collaboration/kept-text.ts'
import type { StoryWrite } from '#renderer/collaboration/local-store.ts'
import { openStoryDisk } from '#renderer/collaboration/story-disk.ts'
import { until } from '#tests/support/until.ts'
import { inEnglish } from '#shared/messages/english.ts'

const change = (): Change => ({ frame: null, key: null, acknowledged: false })
const bytes = (value: number) => new Uint8Array([value])
const text = (id: string): KeptText => ({ id, why: 'unsent', field: 'body', text: id, words: 1, at: 0, after: '' })

/** A story's way to a disk that writes when it is told to; `written` is what it wrote. */
function slowDisk() {
  const written: StoryWrite[] = []
  const faults: (string | null)[] = []
  const begun: { write: StoryWrite; done: (keys: number[]) => void; failed: (error: Error) => void }[] = []
  const events = new EventTarget()
  let key = 0
  const disk = openStoryDisk({
    storyId: 'story',
    localStore: {
      writeStory: (_storyId, write) =>
        new Promise((done, failed) => {
          begun.push({ write, done, failed })
        }),
      compactStory: () => Promise.resolve(false),
    },
    acknowledged: () => new Map(),
    onChange: (fault) => faults.push(fault && inEnglish.say(fault)),
    events,
  })
  const next = () => until('a write', () => begun.shift())
  return {
    disk,
    written,
    fault: () => faults.at(-1),
    writeNext: async () => {
      const { write, done } = await next()
      written.push(write)
      done(write.updates.filter(({ waits }) => waits).map(() => ++key))
    },
    failNext: async () => {
      const { failed } = await next()
      failed(new Error('The disk is on fire.'))
    },
    tryAgain: () => events.dispatchEvent(new Event('focus')),
  }
}

describe("a story's way to the disk", () => {
  it('writes in order, and what comes up meanwhile together', async () => {
    const { disk, written, writeNext } = slowDisk()
    for (const value of [1, 2, 3]) disk.append(bytes(value), null)
    await writeNext()
    await writeNext()
    expect(written.map(({ updates }) => updates.map((update) => update.bytes[0]))).toEqual([[1], [2, 3]])
    await disk.safe()
  })

  it('marks a change that waits, and takes the mark away once it is acknowledged', async () => {
    const { disk, written, writeNext } = slowDisk()
    const typed = change()
    disk.append(bytes(1), typed)
    expect(disk.unsaved).toBe(true)
    await writeNext()
    await until('the change to have its key', () => typed.key === 1)
    expect(disk.unsaved).toBe(false)
    typed.acknowledged = true
    disk.acknowledge([typed])
    await writeNext()
    expect(written[1]?.noLongerWaiting).toEqual([1])
  })

  it('takes the mark away when the acknowledgement came while it was being written', async () => {
    const { disk, written, writeNext } = slowDisk()
    const typed = change()
    disk.append(bytes(1), typed)
    typed.acknowledged = true
    disk.acknowledge([typed])
    await writeNext()
    await writeNext()
    expect(written.flatMap(({ noLongerWaiting }) => noLongerWaiting)).toEqual([1])
  })

  it('puts a text into the tray no later than the update that came with it, and the last word on it counts', async () => {
    const { disk, written, writeNext } = slowDisk()
    disk.append(bytes(0), null)
    disk.keep([text('kept'), text('gone'), text('back')])
    disk.append(bytes(1), null)
    disk.dismiss(['gone', 'back'])
    disk.keep([text('back')])
    await writeNext()
    await writeNext()
    expect(written[1]?.kept?.map(({ id }) => id)).toEqual(['kept', 'back'])
    expect(written[1]?.dismissed).toEqual(['gone'])
  })

  it('keeps everything in its order when the disk fails, says so, and tries again', async () => {
    const { disk, written, fault, writeNext, failNext, tryAgain } = slowDisk()
    disk.append(bytes(1), change())
    disk.append(bytes(2), change())
    await failNext()
    await until('the fault', () => fault() === 'The disk is on fire.')
    disk.append(bytes(3), change())
    expect(disk.unsaved).toBe(true)
    tryAgain()
    await writeNext()
    await disk.safe()
    expect(written[0]?.updates.map((update) => update.bytes[0])).toEqual([1, 2, 3])
    expect(fault()).toBeNull()
  })

  it('is safe without a disk once the newsroom has what was typed', async () => {
    const { disk, failNext } = slowDisk()
    const typed = change()
    disk.append(bytes(1), typed)
    await failNext()
    let safe = false
    const waiting = disk.safe().then(() => (safe = true))
    expect(safe).toBe(false)
    typed.acknowledged = true
    disk.acknowledge([typed])
    await waiting
    disk.stop()
  })
})
