/**
 * Keeps the app itself for offline use in a browser. Words and pictures are not its business: they are in IndexedDB.
 *
 * The page comes from the newsroom whenever it answers, so that nobody is left with an old version, and from the cache
 * when it does not. The page's files have the hash of their content in their name, so a cached one is always the right
 * one. A new worker waits until the last page of the old one is closed (it never calls `skipWaiting`): no page ever loses
 * the files that it was built with, and none is reloaded with unsaved words in it.
 */

/** The paths of all files of this build, relative to the page. Filled in by vite.config.ts. */
declare const __GALLEY_FILES__: readonly string[]
declare const self: ServiceWorkerGlobalScope

const PAGE = './'
/** Milliseconds after which the page is taken from the cache rather than waited for. */
const PATIENCE = 4000

const paths = [PAGE, ...__GALLEY_FILES__.filter((path) => path !== 'index.html')]
const addresses = new Set(paths.map(addressOf))
/** A cache to each build: its name is what is in it. */
const cacheName = `galley ${paths.join(' ')}`

self.addEventListener('install', (event) => {
  event.waitUntil(keepFiles())
})

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOldBuilds())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (request.method === 'GET' && addresses.has(request.url)) event.respondWith(file(request))
  // Everything else, the newsroom's API above all, goes its way untouched.
})

async function keepFiles(): Promise<void> {
  const cache = await caches.open(cacheName)
  await cache.addAll(paths.map((path) => new Request(addressOf(path), { cache: 'no-cache' })))
}

async function dropOldBuilds(): Promise<void> {
  for (const name of await caches.keys()) if (name !== cacheName) await caches.delete(name)
}

async function page(request: Request): Promise<Response> {
  const kept = await keptFile(PAGE)
  if (kept === undefined) return fetch(request)
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) })
    return response.status >= 500 ? kept : response
  } catch {
    return kept
  }
}

async function file(request: Request): Promise<Response> {
  return (await keptFile(request.url)) ?? fetch(request)
}

async function keptFile(path: string): Promise<Response | undefined> {
  return (await caches.open(cacheName)).match(addressOf(path))
}

function addressOf(path: string): string {
  return new URL(path, self.registration.scope).href
}
