/**
 * app://galley: the built page, served from the app's own files. Not file://, which has powers that no page needs and
 * no origin of its own for its storage.
 */
import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, relative, resolve } from 'node:path'

export const APP_SCHEME = 'app'
export const APP_ORIGIN = 'app://galley'
export const APP_PAGE = `${APP_ORIGIN}/`

/** What the scheme may do: be an origin with storage, and fetch. To be registered before the app is ready. */
export const APP_PRIVILEGES = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, codeCache: true },
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** Nothing, and then what the page needs: its own files, and the one newsroom server that it is configured for. */
export function contentSecurityPolicy(server: string): string {
  const live = server.replace(/^http/, 'ws')
  return [
    "default-src 'none'",
    "script-src 'self'",
    // The editor and the dialogs write style elements of their own at run time.
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    // blob: a picture that was just dragged in; data: the small ones that the build inlines.
    `img-src 'self' blob: data: ${server}`,
    `connect-src 'self' ${server} ${live}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Answers requests to app://galley with the files in `folder`, and with nothing outside it. */
export function serveApp(folder: string, policy: () => string): (request: Request) => Promise<Response> {
  const root = resolve(folder)
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
    const path = fileFor(root, request.url)
    if (path === null) return refuse(404)
    const type = TYPES[extname(path)]
    if (type === undefined) return refuse(404)
    const body = await readFile(path).catch(() => null)
    if (body === null) return refuse(404)
    return new Response(request.method === 'HEAD' ? null : body, {
      headers: {
        'content-type': type,
        'content-security-policy': policy(),
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      },
    })
  }
}

/** The file that an address of the app names; null when it names none, or one outside `root`. */
export function fileFor(root: string, address: string): string | null {
  const url = URL.parse(address)
  if (url === null || `${url.protocol}//${url.host}` !== APP_ORIGIN) return null
  let name: string
  try {
    name = decodeURIComponent(url.pathname)
  } catch {
    return null
  }
  // A backslash is a separator on Windows, and no file of the build has one, a colon or a NUL in its name.
  if (/[\\:\0]/.test(name)) return null
  const path = resolve(root, `.${name === '/' ? '/index.html' : name}`)
  const inside = relative(root, path)
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? null : path
}

function refuse(status: 404 | 405): Response {
  return new Response(null, { status })
}
