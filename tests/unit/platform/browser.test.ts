import { describe, expect, it, vi } from 'vitest'
import { createBrowserPlatform, type BrowserWindow } from '#renderer/platform/browser.ts'

/** A browser's window, as far as the platform sees it. */
function browser(permission?: NotificationPermission, answer: NotificationPermission = 'granted') {
  const events = new EventTarget()
  const storage = new Map<string, string>()
  const notices: FakeNotification[] = []
  class FakeNotification {
    static permission = permission
    static requestPermission = () => Promise.resolve(answer)
    onclick: (() => void) | null = null
    readonly close = vi.fn()
    readonly title: string
    readonly options: object
    constructor(title: string, options: object) {
      this.title = title
      this.options = options
      notices.push(this)
    }
  }
  const open = vi.fn()
  const focus = vi.fn()
  const window: BrowserWindow = {
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
    open,
    focus,
    location: { origin: 'http://127.0.0.1:4870' },
    localStorage: {
      getItem: (key) => storage.get(key) ?? null,
      setItem: (key, value) => void storage.set(key, value),
      removeItem: (key) => void storage.delete(key),
    },
    ...(permission === undefined ? {} : { Notification: FakeNotification as unknown as typeof Notification }),
  }
  /** Whether the browser would ask before leaving. */
  const asksBeforeLeaving = () => !events.dispatchEvent(new Event('beforeunload', { cancelable: true }))
  return { platform: createBrowserPlatform(window), notices, open, focus, asksBeforeLeaving }
}

const NOTICE = { title: 'Filed', body: 'Storm', storyId: 'a story' }

describe('in the browser', () => {
  it('the server is where the page came from, and cannot be changed', () => {
    const { platform } = browser()
    expect([platform.kind, platform.server, platform.changeServer]).toEqual(['browser', 'http://127.0.0.1:4870', null])
  })

  it('a secret is kept until it is forgotten', async () => {
    const { platform } = browser()
    await platform.writeSecret('session', 'token')
    expect(await platform.readSecret('session')).toBe('token')
    await platform.writeSecret('session', null)
    expect(await platform.readSecret('session')).toBeNull()
  })

  it('https and mailto links open outside, with no way back to the page', async () => {
    const { platform, open } = browser()
    await platform.openExternal('https://example.org')
    expect(open).toHaveBeenCalledWith('https://example.org/', '_blank', 'noopener,noreferrer')
  })

  it.each(['http://example.org', 'javascript:alert(1)', 'file:///etc/passwd', 'nonsense', ''])(
    'the link %j is refused',
    async (url) => {
      const { platform, open } = browser()
      await expect(platform.openExternal(url)).rejects.toThrow('Only https and mailto')
      expect(open).not.toHaveBeenCalled()
    },
  )

  it('leaving is asked about only while words are unsaved', () => {
    const { platform, asksBeforeLeaving } = browser()
    const asked = [asksBeforeLeaving()]
    for (const unsaved of [true, true, false]) {
      platform.setUnsaved(unsaved)
      asked.push(asksBeforeLeaving())
    }
    expect(asked).toEqual([false, true, true, false])
  })

  it('a notice opens its story when it is chosen, until nobody listens', () => {
    const { platform, notices, focus } = browser('granted')
    const opened: string[] = []
    const stop = platform.onOpenStory((storyId) => opened.push(storyId))
    platform.notify(NOTICE)
    expect(notices[0]).toMatchObject({ title: 'Filed', options: { body: 'Storm', tag: 'a story' } })
    notices[0]?.onclick?.()
    expect([opened, focus.mock.calls.length]).toEqual([['a story'], 1])
    stop()
    notices[0]?.onclick?.()
    expect(opened).toEqual(['a story'])
  })

  it('notices are asked for first, and not shown where they are not wanted', async () => {
    const willing = browser('default', 'granted')
    willing.platform.notify(NOTICE)
    await expect.poll(() => willing.notices).toHaveLength(1)
    for (const { platform, notices } of [browser('denied'), browser('default', 'denied'), browser()]) {
      platform.notify(NOTICE)
      await Promise.resolve()
      expect(notices).toEqual([])
    }
  })

  it('there is no native menu to hear from', () => {
    expect(() => browser().platform.onCommand(() => undefined)()).not.toThrow()
  })
})
