/** `npm run --silent wire`: converts and checks wire documents, for scripts and for reproducing faults. */
import type { ReadFault } from '#shared/wire/reading/read-item.ts'
import { check } from './wire/cli/check.ts'
import { convert } from './wire/cli/convert.ts'
import { HELP, parseRequest, UsageError } from './wire/cli/options.ts'

const EXIT_INVALID = 1
const EXIT_USAGE = 2

const say = (line: string) => process.stderr.write(`${line}\n`)

/** Formats a fault as compilers do, so that editors find the place. */
function sayFaults(file: string, faults: readonly ReadFault[]): number {
  for (const { line, column = 1, message } of faults) say(`${file}:${line}:${column}: ${message.replace(/\s+/gu, ' ')}`)
  return EXIT_INVALID
}

async function run(args: string[]): Promise<number> {
  const request = parseRequest(args)
  switch (request.command) {
    case 'help':
      process.stdout.write(`${HELP}\n`)
      return 0
    case 'check': {
      const { faults, as } = await check(request)
      if (faults.length > 0) return sayFaults(request.file, faults)
      process.stdout.write(`${request.file}: valid (${as})\n`)
      return 0
    }
    case 'convert': {
      const converted = await convert(request)
      if ('faults' in converted) return sayFaults(request.file, converted.faults)
      for (const note of converted.notes) say(`${request.file}: ${note}`)
      process.stdout.write(converted.text)
      return 0
    }
  }
}

// The reader of the result may stop early, as `head` does. A full disk is not a fault of FILE.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return
  say(`The result cannot be written: ${error.message}`)
  process.exit(EXIT_USAGE)
})

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  say(error.message)
  process.exitCode = EXIT_USAGE
}
