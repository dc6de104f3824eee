/** Of all that a page can ask the system for, only these, and only for the app's own page. */
const ALLOWED: ReadonlySet<string> = new Set([
  'notifications',
  'clipboard-sanitized-write',
  // What keeps the words on this computer is not to be cleared when its disk fills up.
  'persistent-storage',
  // The newsroom's server may be on this computer or in the house; which one it is, the page's policy says.
  'local-network-access',
  'local-network',
  'loopback-network',
])

/** The part of Electron's session that is used. */
export interface PermissionSession {
  setPermissionRequestHandler(
    handler: (
      contents: unknown,
      permission: string,
      answer: (granted: boolean) => void,
      details: { requestingUrl?: string; isMainFrame: boolean },
    ) => void,
  ): void
  setPermissionCheckHandler(handler: (contents: unknown, permission: string, requestingOrigin: string) => boolean): void
  setDevicePermissionHandler(handler: () => boolean): void
}

/** Denies everything but the list above; `origin` is the app's own. */
export function limitPermissions(session: PermissionSession, origin: string): void {
  const allowed = (permission: string, url: string): boolean => ALLOWED.has(permission) && originOf(url) === origin
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(details.isMainFrame && allowed(permission, details.requestingUrl ?? '')),
  )
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => allowed(permission, requestingOrigin))
  session.setDevicePermissionHandler(() => false)
}

/** An address's origin. (`URL.origin` is "null" for a scheme that Node does not know.) */
function originOf(url: string): string | null {
  const parsed = URL.parse(url)
  return parsed === null ? null : `${parsed.protocol}//${parsed.host}`
}
