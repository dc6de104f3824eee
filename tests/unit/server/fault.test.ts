import { describe, expect, it } from 'vitest'
import { storeFault } from '#server/store/fault.ts'

const withCode = (code: string) => Object.assign(new Error('said by the database'), { code })

describe('a fault of the store', () => {
  it.each([
    ['ENOSPC', 'full'],
    ['53100', 'full'],
    ['25006', 'cannot be written'],
    ['XX001', 'has a fault'],
    ['57P01', 'cannot be reached'],
    ['ECONNREFUSED', 'cannot be reached'],
  ])('of code %s says what is wrong', (code, words) => {
    expect(storeFault(withCode(code))).toContain(words)
  })

  it.each([withCode('23505'), new Error('another'), null])('is not every error: %s', (error) => {
    expect(storeFault(error)).toBeNull()
  })
})
