import { describe, expect, it } from 'vitest'
import { storeFault } from '#server/store/fault.ts'

const withCode = (code: string) => Object.assign(new Error('said by the database'), { code })

describe('a fault of the store', () => {
  it.each([
    ['ENOSPC', 'disk-full'],
    ['53100', 'disk-full'],
    ['25006', 'disk-read-only'],
    ['XX001', 'database-damaged'],
    ['57P01', 'database-unreachable'],
    ['ECONNREFUSED', 'database-unreachable'],
  ])('of code %s is named', (code, fault) => {
    expect(storeFault(withCode(code))).toBe(fault)
  })

  it.each([withCode('23505'), new Error('another'), null])('is not every error: %s', (error) => {
    expect(storeFault(error)).toBeNull()
  })
})
