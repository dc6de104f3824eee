/** A minimal FTPS server (RFC 959, 4217) for clients that upload files: one folder, one user, TLS required. */
import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createSecureContext, TLSSocket } from 'node:tls'
import { tempFolder } from '#tests/support/temp.ts'
import { CERTIFICATE, KEY } from './certificate.ts'

const CONTEXT = createSecureContext({ key: KEY, cert: CERTIFICATE })
const secured = (socket: Socket) => new TLSSocket(socket, { isServer: true, secureContext: CONTEXT })
const portOf = (server: Server) => (server.address() as AddressInfo).port

export async function ftpServer() {
  const folder = await tempFolder()
  const said: string[] = []
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }

  function serve(socket: Socket): void {
    keep(socket)
    let control = socket
    let data: Promise<Socket> | null = null
    let from = ''
    let folderNow = ''
    let letIn = false
    const at = (name: string) => join(folder.path, folderNow, name)
    const say = (line: string) => control.write(`${line}\r\n`)

    async function command(name: string, rest: string): Promise<string> {
      said.push(`${name} ${name === 'PASS' ? '***' : rest}`.trim())
      if (control === socket && !['AUTH', 'FEAT', 'QUIT'].includes(name)) return '530 TLS first'
      switch (name) {
        case 'USER':
          return '331 Password'
        case 'PASS':
          letIn = rest === 'secret'
          return letIn ? '230 Welcome' : '530 No'
        case 'FEAT':
          return '211 None'
        case 'PBSZ':
        case 'PROT':
        case 'TYPE':
        case 'OPTS':
        case 'STRU':
        case 'MODE':
          return '200 Well'
      }
      if (!letIn) return '530 Not logged in'
      switch (name) {
        case 'CWD':
          await stat(at(rest))
          folderNow = join(folderNow, rest)
          return '250 There'
        case 'EPSV': {
          const listening = createTcpServer()
          data = new Promise((resolve) =>
            listening.once('connection', (each) => {
              keep(each)
              listening.close()
              resolve(secured(each))
            }),
          )
          await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
          return `229 Entering (|||${portOf(listening)}|)`
        }
        case 'STOR': {
          const coming = data ?? Promise.reject(new Error('No data connection'))
          say('150 Send')
          await pipeline(await coming, createWriteStream(at(rest)))
          return '226 Stored'
        }
        case 'SIZE':
          return `213 ${(await stat(at(rest))).size}`
        case 'RNFR':
          from = rest
          return '350 And to'
        case 'RNTO':
          await rename(at(from), at(rest))
          return '250 Renamed'
        case 'DELE':
          await rm(at(rest))
          return '250 Deleted'
        default:
          return '502 Unknown'
      }
    }

    let answered = Promise.resolve()
    let buffered = ''
    const listen = (to: Socket) =>
      to.on('data', (chunk: Buffer) => {
        buffered += chunk.toString('utf8')
        const lines = buffered.split('\r\n')
        buffered = lines.pop() ?? ''
        for (const line of lines) answered = answered.then(() => take(line))
      })
    async function take(line: string): Promise<void> {
      const [, name = '', rest = ''] = /^(\w+) ?(.*)$/.exec(line) ?? []
      if (name.toUpperCase() === 'AUTH') {
        say('234 Go on')
        socket.removeAllListeners('data')
        control = secured(socket)
        keep(control)
        listen(control)
        return
      }
      say(await command(name.toUpperCase(), rest).catch(() => '550 It cannot be done'))
    }
    listen(socket)
    say('220 Well')
  }

  const server = createTcpServer(serve)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    path: folder.path,
    port: portOf(server),
    said,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await folder.remove()
    },
  }
}
