import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { createNotifier } from '#electron/main/notifications.ts'

const NOTICE = { title: 'Filed to World', body: 'Storm', storyId: '0b8a3f0e-5b0e-4a6e-9b32-4a3c0f1d2e3f' }

it('shows a notice, and opens its story when it is chosen', () => {
  const shown: object[] = []
  const opened: string[] = []
  const notification = Object.assign(new EventEmitter(), { show: () => shown.push({}) })
  const notify = createNotifier(
    (content) => {
      shown.push(content)
      return notification
    },
    (storyId) => opened.push(storyId),
  )
  notify(NOTICE)
  expect(shown).toEqual([{ title: 'Filed to World', body: 'Storm' }, {}])
  notification.emit('click')
  expect(opened).toEqual([NOTICE.storyId])
})

it('does nothing on a system without notifications', () => {
  expect(() => createNotifier(null, () => undefined)(NOTICE)).not.toThrow()
})
