import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { SidePane } from '#renderer/window/SidePane.tsx'
import { createWindowState } from '#renderer/window/WindowState.tsx'
import { languageChoice, mount } from '../ui/mount.tsx'

async function open(width: number) {
  await page.viewport(width, 600)
  onTestFinished(async () => {
    await page.viewport(1280, 720)
    window.location.hash = ''
  })
  const state = createWindowState(window)
  mount(
    <div style={{ display: 'flex', height: '100%' }}>
      <SidePane pane="queue" label="Queue">
        <a href="#/deliveries">Deliveries</a>
      </SidePane>
      <main style={{ flex: 1 }}>
        <button type="button" onClick={() => state.layout.getState().toggle('queue')}>
          Show the queue
        </button>
      </main>
    </div>,
    languageChoice(),
    state,
  )
  return {
    show: page.getByRole('button', { name: 'Show the queue' }),
    link: page.getByRole('link', { name: 'Deliveries' }),
  }
}

test('is beside the page where there is room', async () => {
  const { link } = await open(1000)
  await expect.element(page.getByRole('complementary', { name: 'Queue' })).toBeVisible()
  await expect.element(link).toBeVisible()
})

test('is a drawer in a narrow window: has the focus while it is open, and gives it back', async () => {
  const { show, link } = await open(400)
  await expect.element(show).toBeVisible()
  expect(link.query()).toBeNull()
  await show.click()
  await expect.element(page.getByRole('dialog', { name: 'Queue' })).toBeVisible()
  await expect.element(page.getByRole('dialog', { name: 'Queue' })).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.poll(() => link.query()).toBeNull()
  await expect.element(show).toHaveFocus()
})

test('closes as a drawer when the page beside it is pressed, and when it has opened another page', async () => {
  const { show, link } = await open(400)
  await show.click()
  await expect.element(link).toBeVisible()
  await userEvent.click(document.elementFromPoint(390, 300) ?? document.body, { position: { x: 390, y: 300 } })
  await expect.poll(() => link.query()).toBeNull()
  await show.click()
  await link.click()
  await expect.poll(() => link.query()).toBeNull()
  expect(window.location.hash).toBe('#/deliveries')
})
