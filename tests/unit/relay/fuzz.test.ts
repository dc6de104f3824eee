/** R12, and that hostile input harms no one else. `npm run fuzz` does the same with many more inputs. */
import { expect, test } from 'vitest'
import { fuzzNewsroom } from '#tests/fuzz/newsroom.ts'

test('survives hostile input, names its refusals, and loses nothing of honest people', async () => {
  const report = await fuzzNewsroom({ count: 1500, seed: 1 })
  expect(report.inputs).toBe(1500)
  expect(report.readable).toBeGreaterThan(150)
  expect(Object.keys(report.refusals)).toEqual(expect.arrayContaining(['bad-message', 'read-only', 'too-large']))
}, 120_000)
