/** @y/websocket-server with its own LevelDB persistence (`YPERSISTENCE`), which stores each update as it arrives, without fsync. */
import { getPersistence, setupWSConnection } from '@y/websocket-server/utils'
import { obey } from './control.ts'
import { listen, storyOf } from './listen.ts'

const { port, close } = await listen((socket, request) => {
  setupWSConnection(socket, request, { docName: storyOf(request) })
  socket.on('error', () => {})
})
obey(port, async () => {
  await close()
  const persistence: unknown = getPersistence()
  if (hasLevel(persistence)) await persistence.provider.destroy()
})

function hasLevel(persistence: unknown): persistence is { provider: { destroy(): Promise<void> } } {
  return typeof persistence === 'object' && persistence !== null && 'provider' in persistence
}
