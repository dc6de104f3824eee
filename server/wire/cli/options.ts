/** Parses the arguments of `npm run wire`. */
import { parseArgs } from 'node:util'
import { CHECKED_FORMATS } from '#server/wire/validate/check-document.ts'
import { FEEDS, findFeed, findFormat, FORMATS } from '#shared/wire/formats/index.ts'
import type { WireFeed } from '#shared/wire/feed.ts'
import type { WireFormat } from '#shared/wire/item.ts'
import { findReader } from '#shared/wire/intake/readers.ts'
import { DOCX, READ_FORMATS } from '../intake/read-document.ts'

const names = (formats: readonly { name: string; label: string }[]) =>
  formats.map(({ name, label }) => `    ${name.padEnd(14)}${label}`).join('\n')

export const HELP = `Converts wire documents from one format to another, and checks them.

Usage: npm run --silent wire -- COMMAND FILE [flags]

  convert FILE --to FORMAT [--from FORMAT] [--item N] [--home ADDRESS]
      writes the item in FILE to the standard output, in another format
  check FILE [--from FORMAT] [--schemas FOLDER]
      says what is wrong with FILE, a fault to a line: FILE:line:column: message

  FILE              a file, or - for the standard input
  --to FORMAT       the format to write (see below)
  --from FORMAT     the format of FILE; detected when it is not given
  --item N          which item of a file that has several, such as a feed; the first is 1
  --home ADDRESS    address of the site's first page, which a feed has to have, e.g. https://courier.example/
  --encoding NAME   how the characters of FILE are encoded, when it does not say so and is not in UTF-8
  --schemas FOLDER  also holds FILE against IPTC's schemas in this folder
  --help            this text

Formats to write, one item:
${names(FORMATS)}
Formats to write, any number of items (with --home):
${names(FEEDS)}
Formats to read:
${names(READ_FORMATS)}

What was left out of the result, such as the buttons of a copied page, is said on the standard error.
Ends with 0 when all went well, 1 when FILE is not valid (each fault on a line), 2 when it was asked for wrongly.`

/** Wrong arguments. The message says what to do. */
export class UsageError extends Error {}

export interface Convert {
  command: 'convert'
  file: string
  to: { format: WireFormat } | { feed: WireFeed; home: URL }
  from?: string
  encoding?: string
  /** Counted from 1. */
  item?: number
}

export interface Check {
  command: 'check'
  file: string
  from?: string
  encoding?: string
  schemas?: string
}

export type Request = Convert | Check | { command: 'help' }

type Flags = Partial<Record<'to' | 'from' | 'item' | 'home' | 'encoding' | 'schemas', string>>

/** Returns the request. Throws a {@link UsageError} for wrong arguments. */
export function parseRequest(args: string[]): Request {
  const { values, positionals } = parse(args)
  const { help, ...flags } = values
  if (help === true) return { command: 'help' }
  const [command, file, ...more] = positionals
  if (command === undefined) throw new UsageError(HELP)
  if (command !== 'convert' && command !== 'check')
    throw new UsageError(`There is no command "${command}". See --help.`)
  if (file === undefined) throw new UsageError(`${command} needs a FILE, or - for the standard input. See --help.`)
  if (more.length > 0) throw new UsageError(`One file at a time: "${more.join(' ')}" is too much. See --help.`)
  const about = { file, ...fromFlags(flags) }
  return command === 'convert' ? convertRequest(about, flags) : checkRequest(about, flags)
}

function parse(args: string[]) {
  const text = { type: 'string' } as const
  const options = {
    ...{ to: text, from: text, item: text, home: text, encoding: text, schemas: text },
    help: { type: 'boolean', short: 'h' },
  } as const
  try {
    return parseArgs({ args, allowPositionals: true, options })
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)} See --help.`)
  }
}

function fromFlags({ from, encoding }: Flags): { from?: string; encoding?: string } {
  const known = (name: string) => findReader(name) !== undefined || name === DOCX.name || CHECKED_FORMATS.includes(name)
  if (from !== undefined && !known(from)) throw new UsageError(`There is no format "${from}" to read. See --help.`)
  if (encoding !== undefined && !isEncoding(encoding)) {
    throw new UsageError(`There is no encoding "${encoding}". Try utf-8, windows-1252, windows-1253 or iso-8859-7.`)
  }
  return { ...(from === undefined ? {} : { from }), ...(encoding === undefined ? {} : { encoding }) }
}

function isEncoding(name: string): boolean {
  try {
    return new TextDecoder(name).encoding !== ''
  } catch {
    return false
  }
}

function convertRequest(about: { file: string; from?: string; encoding?: string }, flags: Flags): Convert {
  const { to, item, home, schemas } = flags
  if (schemas !== undefined) throw new UsageError('--schemas belongs to check. See --help.')
  if (to === undefined) throw new UsageError('convert needs the format --to write. See --help.')
  if (about.from !== undefined && findReader(about.from) === undefined && about.from !== DOCX.name) {
    throw new UsageError(`Galley writes and checks ${about.from}, and does not read it. See --help.`)
  }
  const number = item === undefined ? undefined : Number(item)
  if (number !== undefined && !(Number.isInteger(number) && number >= 1)) {
    throw new UsageError(`--item is the number of an item, 1 for the first, and not "${item ?? ''}".`)
  }
  const request = { command: 'convert' as const, ...about, ...(number === undefined ? {} : { item: number }) }
  const [format, feed] = [findFormat(to), findFeed(to)]
  if (format !== undefined) return { ...request, to: { format } }
  if (feed === undefined) throw new UsageError(`There is no format "${to}" to write. See --help.`)
  if (home === undefined)
    throw new UsageError(`${feed.label} is the feed of a site: name its first page with --home https://…`)
  if (!/^https?:\/\//u.test(home) || !URL.canParse(home))
    throw new UsageError(`--home is an address on the web, and not "${home}".`)
  return { ...request, to: { feed, home: new URL(home) } }
}

function checkRequest(about: { file: string; from?: string; encoding?: string }, flags: Flags): Check {
  const wrong = (['to', 'item', 'home'] as const).find((name) => flags[name] !== undefined)
  if (wrong !== undefined) throw new UsageError(`--${wrong} belongs to convert. See --help.`)
  return { command: 'check', ...about, ...(flags.schemas === undefined ? {} : { schemas: flags.schemas }) }
}
