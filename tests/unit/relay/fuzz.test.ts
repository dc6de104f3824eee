/** R12, and that nothing a stranger sends harms anybody else. `npm run fuzz` does the same with many more inputs. */
import { expect, test } from 'vitest'
import { fuzzNewsroom } from '#tests/fuzz/newsroom.ts'

test('whatever is sent, the relay lives, names its refusals, and the honest lose nothing', async () => {
  const report = await fuzzNewsroom({ count: 1500, seed: 1 })
  expect(report.inputs).toBe(1500)
  expect(report.readable).toBeGreaterThan(150)
  expect(Object.keys(report.refusals)).toEqual(expect.arrayContaining(['bad-message', 'read-only', 'too-large']))
}, 120_000)
