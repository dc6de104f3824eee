import { expect, test } from 'vitest'
import { refuseStrayDrops } from '#renderer/platform/stray-drops.ts'

function drag(type: 'dragover' | 'drop', fill: (data: DataTransfer) => unknown): DragEvent {
  const dataTransfer = new DataTransfer()
  fill(dataTransfer)
  const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })
  document.body.dispatchEvent(event)
  return event
}
const file = (data: DataTransfer) => data.items.add(new File(['copy'], 'copy.txt'))

test('a file that nothing takes does not take the app’s place; text goes on as ever', () => {
  refuseStrayDrops(window)
  expect(drag('dragover', file).defaultPrevented).toBe(true)
  expect(drag('drop', file).defaultPrevented).toBe(true)
  expect(drag('drop', (data) => data.setData('text/plain', 'words')).defaultPrevented).toBe(false)
})
