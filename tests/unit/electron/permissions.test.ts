import { describe, expect, it } from 'vitest'
import { limitPermissions, type PermissionSession } from '#electron/main/permissions.ts'

const OWN = 'app://galley'
type RequestHandler = Parameters<PermissionSession['setPermissionRequestHandler']>[0]
type CheckHandler = Parameters<PermissionSession['setPermissionCheckHandler']>[0]

function limited() {
  let onRequest: RequestHandler | undefined
  let onCheck: CheckHandler | undefined
  let onDevice: (() => boolean) | undefined
  limitPermissions(
    {
      setPermissionRequestHandler: (handler) => void (onRequest = handler),
      setPermissionCheckHandler: (handler) => void (onCheck = handler),
      setDevicePermissionHandler: (handler) => void (onDevice = handler),
    },
    OWN,
  )
  const request = (permission: string, requestingUrl = `${OWN}/`, isMainFrame = true): boolean => {
    let granted = false
    onRequest?.(null, permission, (answer) => (granted = answer), { requestingUrl, isMainFrame })
    return granted
  }
  return { request, check: (permission: string, origin = `${OWN}/`) => onCheck?.(null, permission, origin), onDevice }
}

describe('permissions', () => {
  it.each(['notifications', 'clipboard-sanitized-write', 'persistent-storage', 'loopback-network'])(
    'the app has %s',
    (permission) => {
      expect([limited().request(permission), limited().check(permission)]).toEqual([true, true])
    },
  )

  it.each(['media', 'geolocation', 'clipboard-read', 'openExternal', 'fileSystem', 'hid', 'usb', 'anything new'])(
    'nobody has %s',
    (permission) => {
      expect([limited().request(permission), limited().check(permission)]).toEqual([false, false])
    },
  )

  it.each(['https://evil.example/', 'app://galley.evil/', 'app://other/', '', 'null'])('%j has none', (url) => {
    expect([limited().request('notifications', url), limited().check('notifications', url)]).toEqual([false, false])
  })

  it('a frame inside the page has none, and no device is given away', () => {
    expect(limited().request('notifications', `${OWN}/`, false)).toBe(false)
    expect(limited().onDevice?.()).toBe(false)
  })
})
