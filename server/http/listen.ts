import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { type Config, ConfigError } from '../config.ts'
import { errorCode } from '../error-code.ts'

/** Listens where the configuration says. Returns the address. Throws a {@link ConfigError} when the port can't be had. */
export async function listen(
  http: FastifyInstance,
  config: Pick<Config, 'host' | 'port'>,
): Promise<{ address: string; port: number }> {
  try {
    await http.listen({ port: config.port, host: config.host })
  } catch (error) {
    throw listenError(error, config)
  }
  const { port } = http.server.address() as AddressInfo
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  return { address: `http://${host}:${port}`, port }
}

function listenError(error: unknown, { host, port }: Pick<Config, 'host' | 'port'>): unknown {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new ConfigError(
        `Port ${port} on ${host} is taken: perhaps Galley is running already. Stop what uses it, or choose another port with --port or GALLEY_PORT (0 for any free one).`,
      )
    case 'EACCES':
      return new ConfigError(
        `Port ${port} may not be used by this user. Choose one above 1023 with --port or GALLEY_PORT.`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ConfigError(`This computer has no address ${host}. Choose another with --host or GALLEY_HOST.`)
    default:
      return error
  }
}
