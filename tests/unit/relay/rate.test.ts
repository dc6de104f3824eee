import { expect, test } from 'vitest'
import { TokenBucket } from '#server/relay/rate.ts'

test('allows so much at once, and then so much a second [R32]', () => {
  let now = 0
  const bucket = new TokenBucket(10, 20, () => now)
  expect(bucket.take(20)).toBe(0)
  expect(bucket.take(1)).toBe(100)
  now += 100
  expect(bucket.take(0)).toBe(0)
  now += 1000
  expect(bucket.take(10)).toBe(0)
  expect(bucket.take(5)).toBe(500)
})

test('saves up what is not used, up to what may be taken at once [R32]', () => {
  let now = 0
  const bucket = new TokenBucket(10, 20, () => now)
  now += 3_600_000
  expect(bucket.take(21)).toBe(100)
})
