/** A network between two programs that can be made to fail. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface TcpProxy extends AsyncDisposable {
  readonly port: number
  /** Stops all traffic without closing connections, like a pulled cable. */
  pull: () => void
  /** Lets new connections through again. Those from before stay dead. */
  plug: () => void
  close: () => Promise<void>
}

/** Forwards connections from a port of its own to the target port on this computer. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let pulled = false
  const server = createServer({ allowHalfOpen: false }, (near) => {
    const dead = pulled
    const far = connect(target, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      socket.on('error', () => socket.destroy())
    }
    if (dead) {
      far.destroy()
      return
    }
    let wasPulled = false
    const pass = (from: Socket, to: Socket): void => {
      from.on('data', (data) => {
        wasPulled ||= pulled
        if (!wasPulled) to.write(data)
      })
      from.on('close', () => {
        if (!pulled) to.destroy()
      })
    }
    pass(near, far)
    pass(far, near)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = server.address()
  if (at === null || typeof at === 'string') throw new Error('The proxy has no port')
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  }
  return {
    port: at.port,
    pull: () => (pulled = true),
    plug: () => (pulled = false),
    close,
    [Symbol.asyncDispose]: close,
  }
}
