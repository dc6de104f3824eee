import { expect, it } from 'vitest'
import { createUnsavedWords } from '#renderer/collaboration/unsaved.ts'

it('says that words are unsaved while any story has some, and says so once', () => {
  const told: boolean[] = []
  const unsaved = createUnsavedWords((now) => told.push(now))
  const [one, other] = [unsaved.holder(), unsaved.holder()]
  one.set(false)
  one.set(true)
  one.set(true)
  other.set(true)
  one.set(false)
  expect(told).toEqual([true])
  other.set(false)
  expect(told).toEqual([true, false])
})
