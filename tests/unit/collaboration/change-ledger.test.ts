import { describe, expect, it } from 'vitest'
import { createChangeLedger } from '#renderer/collaboration/change-ledger.ts'

const ME = 7
const at = (clock: number) => new Map([[ME, clock]])

describe('the account of changes', () => {
  it('begins with what the disk says', () => {
    const ledger = createChangeLedger([1, 2, 3], at(4))
    expect([ledger.waiting, ledger.settled, ledger.acknowledged.get(ME)]).toEqual([3, false, 4])
  })

  it('is not settled before all was sent once, even when nothing waits', () => {
    const ledger = createChangeLedger([], new Map())
    expect(ledger.settled).toBe(false)
    ledger.sentAll(1, new Map())
    expect(ledger.settled).toBe(false)
    ledger.acknowledge(1)
    expect(ledger.settled).toBe(true)
  })

  it('counts a change until the frame that carried it is acknowledged', () => {
    const ledger = createChangeLedger([], new Map())
    ledger.sentAll(1, new Map())
    const first = ledger.changed(2, at(1))
    const second = ledger.changed(3, at(2))
    expect(ledger.waiting).toBe(2)
    expect(ledger.acknowledge(2)).toEqual([first])
    expect([first.acknowledged, second.acknowledged, ledger.settled]).toEqual([true, false, false])
    expect(ledger.acknowledged.get(ME)).toBe(1)
    expect(ledger.acknowledge(3)).toEqual([second])
    expect(ledger.settled).toBe(true)
  })

  it('takes changes of earlier sessions as sent with everything', () => {
    const ledger = createChangeLedger([11, 12], new Map())
    ledger.sentAll(1, at(9))
    expect(ledger.acknowledge(1).map(({ key }) => key)).toEqual([11, 12])
    expect(ledger.acknowledged.get(ME)).toBe(9)
  })

  it('counts a change that no frame carried until everything is sent', () => {
    const ledger = createChangeLedger([], new Map())
    const change = ledger.changed(null, at(1))
    expect(ledger.acknowledge(5)).toEqual([])
    ledger.sentAll(1, at(1))
    expect(ledger.acknowledge(1)).toEqual([change])
  })

  it('does not take what stands before a frame as known by that frame alone', () => {
    const ledger = createChangeLedger([], new Map())
    ledger.changed(null, at(5))
    // The socket is open, and sync step 2 has not gone out: the relay lacks the first five.
    ledger.changed(1, at(6))
    expect(ledger.acknowledge(1)).toHaveLength(1)
    expect(ledger.acknowledged.get(ME)).toBeUndefined()
    ledger.sentAll(2, at(6))
    ledger.acknowledge(2)
    expect(ledger.acknowledged.get(ME)).toBe(6)
  })

  it('forgets the frames of a connection that is gone, and none of the changes', () => {
    const ledger = createChangeLedger([], new Map())
    ledger.sentAll(1, new Map())
    ledger.acknowledge(1)
    ledger.changed(2, at(1))
    ledger.disconnected()
    expect([ledger.waiting, ledger.settled]).toEqual([1, false])
    expect(ledger.acknowledge(2)).toEqual([])
    ledger.sentAll(1, at(1))
    expect(ledger.acknowledge(1)).toHaveLength(1)
  })

  it('knows that the newsroom has what came from it, and never knows less', () => {
    const ledger = createChangeLedger([], at(4))
    ledger.received(new Map([[8, 3]]))
    ledger.received(at(2))
    expect([...ledger.acknowledged]).toEqual([
      [ME, 4],
      [8, 3],
    ])
  })
})
