import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readResults, sum, summaryLine, writeResults } from '#tests/support/results.ts'
import { tempFolder } from '#tests/support/temp.ts'
import { until } from '#tests/support/until.ts'

const ONE = { passed: 1, failed: [], skipped: [] }
const MIXED = { passed: 2, failed: ['b'], skipped: [{ name: 'c', reason: 'no display' }] }

describe('results', () => {
  it('are written, read and summed up in one line', async () => {
    await using folder = await tempFolder()
    const path = join(folder.path, 'deep/results.json')
    writeResults(path, MIXED)
    const total = sum([ONE, (await readResults(path)) ?? ONE])
    expect(summaryLine(total)).toBe('3 passed, 1 failed, 1 skipped')
  })

  it('that are not there are not good results', async () => {
    await using folder = await tempFolder()
    expect(await readResults(join(folder.path, 'nothing.json'))).toBeNull()
  })
})

describe('until', () => {
  it('waits for a value, through failures', async () => {
    let asked = 0
    const value = await until('the third time', () => {
      asked += 1
      if (asked === 1) throw new Error('not yet')
      return asked === 3 ? 'here' : null
    })
    expect(value).toBe('here')
  })

  it('says what it waited for in vain', async () => {
    await expect(until('rain', () => false, 0)).rejects.toThrow('in vain for rain')
  })
})
