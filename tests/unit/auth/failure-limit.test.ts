import { expect, it } from 'vitest'
import { FailureLimit } from '#server/auth/failure-limit.ts'

function limited() {
  const clock = { now: 0 }
  return { clock, limit: new FailureLimit(2, 10_000, { now: () => clock.now }) }
}

it('lets a key fail a number of times, and then makes it wait for the rest of the window', () => {
  const { clock, limit } = limited()
  limit.failed('a')
  expect(limit.secondsToWait('a')).toBe(0)
  clock.now = 4000
  limit.failed('a')
  expect(limit.secondsToWait('a')).toBe(6)
  expect(limit.secondsToWait('b')).toBe(0)
  clock.now = 10_000
  expect(limit.secondsToWait('a')).toBe(0)
})

it('takes back a failure, and forgets a key', () => {
  const { limit } = limited()
  limit.failed('a')
  limit.failed('a')
  limit.forgive('a')
  expect(limit.secondsToWait('a')).toBe(0)
  limit.failed('a')
  limit.clear('a')
  limit.failed('a')
  expect(limit.secondsToWait('a')).toBe(0)
})

it('lets a key with too many failures try again at a slow pace', () => {
  const clock = { now: 0 }
  const limit = new FailureLimit(2, 10_000, { paceMs: 3000, now: () => clock.now })
  limit.failed('a')
  limit.failed('a')
  expect(limit.secondsToWait('a')).toBe(3)
  clock.now = 3000
  expect(limit.secondsToWait('a')).toBe(0)
  limit.failed('a')
  expect(limit.secondsToWait('a')).toBe(3)
  clock.now = 9000
  limit.failed('a')
  expect(limit.secondsToWait('a')).toBe(1)
})
