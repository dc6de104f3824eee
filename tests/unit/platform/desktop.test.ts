import { describe, expect, it, vi } from 'vitest'
import { createDesktopPlatform, type DesktopBridge } from '#renderer/platform/desktop.ts'

function desktop() {
  const bridge = {
    server: 'https://newsroom.example',
    readSecret: vi.fn<DesktopBridge['readSecret']>(() => Promise.resolve('token')),
    writeSecret: vi.fn<DesktopBridge['writeSecret']>(() => Promise.resolve()),
    openExternal: vi.fn<DesktopBridge['openExternal']>(() => Promise.resolve()),
    changeServer: vi.fn<DesktopBridge['changeServer']>(() => Promise.resolve()),
    onCommand: vi.fn<DesktopBridge['onCommand']>(() => () => undefined),
    onOpenStory: vi.fn<DesktopBridge['onOpenStory']>(() => () => undefined),
    notify: vi.fn<DesktopBridge['notify']>(),
    setUnsaved: vi.fn<DesktopBridge['setUnsaved']>(),
    setLanguage: vi.fn<DesktopBridge['setLanguage']>(),
  }
  const page = new EventTarget()
  const platform = createDesktopPlatform(bridge, page)
  const asksBeforeLeaving = () => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }))
  return { platform, bridge, asksBeforeLeaving }
}

describe('on the desktop', () => {
  it('everything goes over the bridge', async () => {
    const { platform, bridge } = desktop()
    expect([platform.kind, platform.server]).toEqual(['desktop', 'https://newsroom.example'])
    expect(await platform.readSecret('session')).toBe('token')
    await platform.changeServer?.('https://other.example')
    expect(bridge.changeServer).toHaveBeenCalledWith('https://other.example')
    await platform.openExternal('mailto:desk@example.org')
    expect(bridge.openExternal).toHaveBeenCalledWith('mailto:desk@example.org')
  })

  it('a link that is neither https nor mailto does not even reach it', async () => {
    const { platform, bridge } = desktop()
    await expect(platform.openExternal('file:///etc/passwd')).rejects.toThrow('Only https and mailto')
    expect(bridge.openExternal).not.toHaveBeenCalled()
  })

  it('unsaved words are told to the shell, and a reload asks too', () => {
    const { platform, bridge, asksBeforeLeaving } = desktop()
    platform.setUnsaved(true)
    expect([bridge.setUnsaved.mock.calls, asksBeforeLeaving()]).toEqual([[[true]], true])
    platform.setUnsaved(false)
    expect(asksBeforeLeaving()).toBe(false)
  })
})
