/** The server's log: JSON lines on stderr. It names stories and people by id; words of a story, tokens and tickets never get in. */
import pino, { type Logger } from 'pino'
import type { Config } from './config.ts'

export function createLog(level: Config['logLevel']): Logger {
  return pino(
    {
      level,
      serializers: {
        // Pino knows `err` alone; an error under any other name would be written without its message.
        error: pino.stdSerializers.err,
        // A socket's ticket is in its address's query, and a picture's name too.
        req: (request: { method: string; url: string; ip?: string }) => ({
          method: request.method,
          path: request.url.split('?')[0],
          address: request.ip,
        }),
      },
    },
    pino.destination({ dest: 2, sync: false }),
  )
}
