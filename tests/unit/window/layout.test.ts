import { describe, expect, test } from 'vitest'
import { createLayout, type Pane } from '#renderer/window/layout.ts'

function open(innerWidth: number, storage = new Map<string, string>()) {
  let resized = (): void => undefined
  const window = {
    innerWidth,
    localStorage: {
      getItem: (key: string) => storage.get(key) ?? null,
      setItem: (key: string, value: string) => void storage.set(key, value),
    } as Storage,
    addEventListener: (_type: 'resize', listen: () => void) => {
      resized = listen
    },
  }
  const layout = createLayout(window)
  return {
    storage,
    state: layout.getState,
    shown: () => (['queue', 'inspector'] satisfies Pane[]).filter((pane) => layout.getState()[pane].open),
    drawers: () => (['queue', 'inspector'] satisfies Pane[]).filter((pane) => layout.getState()[pane].isDrawer),
    resize(width: number) {
      window.innerWidth = width
      resized()
    },
  }
}

describe('the panes', () => {
  test.each([
    [1440, ['queue', 'inspector'], []],
    [1024, ['queue'], []],
    [1000, ['queue'], ['inspector']],
    [784, ['queue'], ['inspector']],
    [720, [], ['queue']],
    [640, [], ['queue', 'inspector']],
    [320, [], ['queue', 'inspector']],
  ])('of a window %i pixels wide leave room for the page', (width, shown, drawers) => {
    const layout = open(width)
    expect(layout.shown()).toEqual(shown)
    expect(layout.drawers()).toEqual(drawers)
  })

  test('take the room of a queue that is closed', () => {
    const layout = open(800)
    expect(layout.drawers()).toEqual(['inspector'])
    layout.state().toggle('queue')
    expect(layout.drawers()).toEqual([])
  })

  test('open one at a time where both are drawers', () => {
    const layout = open(500)
    layout.state().toggle('queue')
    expect(layout.shown()).toEqual(['queue'])
    layout.state().inspect('checks')
    expect(layout.shown()).toEqual(['inspector'])
    expect(layout.state().tab).toBe('checks')
    layout.state().closeDrawer()
    expect(layout.shown()).toEqual([])
  })

  test('are as before when a narrow window is widened again', () => {
    const layout = open(1440)
    layout.resize(500)
    expect(layout.shown()).toEqual([])
    layout.state().toggle('inspector')
    layout.resize(1440)
    expect(layout.shown()).toEqual(['queue', 'inspector'])
    layout.state().toggle('inspector')
    layout.resize(500)
    layout.resize(1440)
    expect(layout.shown()).toEqual(['queue'])
  })

  test('are kept on this computer, but for a drawer', () => {
    const wide = open(1440)
    wide.state().toggle('queue')
    wide.state().resize('inspector', 400)
    const narrow = open(500, wide.storage)
    narrow.state().toggle('queue')
    const again = open(1440, wide.storage)
    expect(again.shown()).toEqual(['inspector'])
    expect(again.state().inspector.width).toBe(400)
  })
})
