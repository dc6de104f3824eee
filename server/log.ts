/** The server's log: JSON lines on stderr. It names stories and people by id, and never holds words of a story, tokens or tickets. */
import pino, { type Logger } from 'pino'
import type { Config } from './config.ts'
import { redactAddresses } from './redact-addresses.ts'

export function createLog(level: Config['logLevel']): Logger {
  return pino(
    {
      level,
      formatters: { log: redactFields },
      serializers: {
        err: withoutQuotes,
        // Pino knows only `err`: an error under another name would be written without its message.
        error: withoutQuotes,
        // A socket's ticket and a picture's name are in the query of their addresses.
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

/** Returns the fields of a log line without what addresses in them may reveal. */
function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  const redacted = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'string' ? redactAddresses(value) : value,
  ])
  return Object.fromEntries(redacted) as Record<string, unknown>
}

/** Returns an error for the log. V8's messages about invalid JSON quote the text, which may be words of a story, so they are replaced. */
export function withoutQuotes(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  if (!isQuoting(error)) {
    const written = pino.stdSerializers.err(error)
    const { message, stack } = written
    return { ...written, message: redactAddresses(message), stack: redactAddresses(stack) }
  }
  const message = error instanceof SyntaxError ? 'A text cannot be parsed' : error.message
  const stack = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line))
  return { type: error.name, message, stack: stack.join('\n') }
}

function isQuoting(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof Error && isQuoting(error.cause))
}
