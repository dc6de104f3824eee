/** Has the browser keep the app itself, so that it opens without a connection. The desktop app has its files anyway. */

/** Resolves to whether the browser does. Where it cannot (no secure connection, a private window), all else works. */
export async function keepAppForOffline(): Promise<boolean> {
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer }
  // In development there is no built worker, and a cached app would stand in the way.
  if (!import.meta.env.PROD || serviceWorker === undefined || !location.protocol.startsWith('http')) return false
  try {
    await serviceWorker.register('./service-worker.js')
    return true
  } catch {
    return false
  }
}
