import { once } from 'node:events'
import { createServer } from 'node:net'

/** Returns a free port of this computer, chosen by the system. Another process may take it before you do. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = server.address()
  if (at === null || typeof at === 'string') throw new Error('The system gave no port')
  server.close()
  await once(server, 'close')
  return at.port
}
