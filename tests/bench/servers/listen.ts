import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'

/** A bare WebSocket server on a free port, for all servers of the bench except Hocuspocus. */
export async function listen(
  onSocket: (socket: WebSocket, request: IncomingMessage) => void,
): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 64 * 1024 * 1024 })
  const server = createServer()
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (webSocket) => onSocket(webSocket, request))
  })
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, resolve))
  const close = async (): Promise<void> => {
    for (const socket of sockets.clients) socket.terminate()
    await new Promise((resolve) => server.close(resolve))
  }
  return { port: (server.address() as AddressInfo).port, close }
}

/** Returns the story in a request's path, `/<story>`. */
export function storyOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://localhost').pathname.slice(1)
}
