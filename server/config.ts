/** The server's configuration, from its environment and command line. */
import { homedir } from 'node:os'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'

export interface Config {
  /** The data folder, absolute. */
  data: string
  /** With 0 the system chooses. */
  port: number
  host: string
  /** The folder that file-drop destinations deliver to, absolute. */
  drop: string
  /** The folders that file drops may use, absolute: `drop`, the operator's others, and the one in the data folder. */
  dropRoots: string[]
  /** The folders that may be watched, absolute: the operator's, and the one in the data folder. */
  intakeRoots: string[]
  /** Whether destinations and feeds may be in private networks, where their own settings allow it. */
  allowPrivate: boolean
  /** Whether to create and open the demo newsroom. */
  demo: boolean
  logLevel: (typeof LOG_LEVELS)[number]
  /** The token for reading metrics from elsewhere; null restricts them to this computer. */
  metricsToken: string | null
  /** Proxies whose `X-Forwarded-For` is trusted: addresses, subnets, and proxy-addr's names for some. */
  proxies: string[]
  /** The names that people reach this server by, besides its addresses and loopback names. */
  hosts: string[]
  /** Where `npm run dev` serves the app from, on this computer. */
  devPort: number
  /** PostgreSQL's address; null for SQLite in the data folder. */
  databaseUrl: string | null
  /** Redis's address, which connects several servers on one database; null for a single server. */
  redisUrl: string | null
  /** The address of the public site, or `here` for the address of each request; null for no public site. */
  publicSide: string | null
  /** The key that seals destinations' secrets; null for a key in the data folder. */
  secretKey: string | null
}

/** An invalid setting in the environment or on the command line. The message says which, and what is allowed. */
export class ConfigError extends Error {}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

export const HELP = `Galley's server: the relay, the newsroom's data and the way to the wire.

Usage: npm run server -- [flags]

  --demo              make the demo newsroom at the first run, and open it (this computer only)
  --data FOLDER       the data folder                                   GALLEY_DATA
                      default: $XDG_DATA_HOME/galley, or ~/.galley where that is not set;
                      with --demo the same with "-demo" behind it
  --port NUMBER       the port to listen on; 0 for any free one         GALLEY_PORT   default: 4870
  --host ADDRESS      the address to listen on                          GALLEY_HOST   default: 127.0.0.1
  --drop FOLDERS      where published stories are dropped as files:     GALLEY_DROP   default: "drop" in the data folder
                      the first folder, and further ones that destinations may use, with "${delimiter}" in between
  --intake FOLDERS    further folders that sources may watch,           GALLEY_INTAKE   default: "intake" in the data folder
                      with "${delimiter}" in between
  --proxies LIST      the proxies in front of it: addresses or subnets   GALLEY_PROXIES   default: loopback
                      with commas in between, or loopback, linklocal, uniquelocal
  --hosts LIST        the names that people reach the server by          GALLEY_HOSTS   default: none
                      with commas in between, such as galley.paper.example
  --log LEVEL         ${LOG_LEVELS.join(', ')}           GALLEY_LOG    default: info
  --help              this text

  The token with which another computer may read /metrics               GALLEY_METRICS_TOKEN   default: none may
  Shows readers what is out, under /public/: 1, or the address that      GALLEY_PUBLIC   default: it is not shown
  readers know this server by
  Lets destinations and feeds into private networks, where their own     GALLEY_ALLOW_PRIVATE   default: 0, they may not
  settings allow it, too: 1
  The key that the destinations' passwords are kept under               GALLEY_SECRET_KEY   default: one in the data folder
A newsroom on several machines (docs/large-newsroom.md) is told two more, in the environment alone since they may hold
passwords:

  DATABASE_URL        PostgreSQL, postgres://USER:PASSWORD@HOST/DATABASE; without it SQLite, in the data folder
  REDIS_URL           Redis or Valkey, redis://HOST:PORT, by which the servers on one database find each other

A flag wins over its environment variable. A real newsroom is made with: npm run admin -- create-newsroom --help`

const filled = z.string().min(1)
const folders = filled
  .transform((list) => list.split(delimiter).filter((each) => each !== ''))
  .pipe(z.array(z.string()).min(1))

const proxySchema = z.union(
  [z.enum(['loopback', 'linklocal', 'uniquelocal']), z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()],
  { error: 'is a list of addresses or subnets, such as 10.0.0.7,10.1.0.0/16' },
)

const HOST_ERROR = 'is a list of names without ports, such as galley.paper.example,galley.local'
const hostSchema = z
  .string()
  .regex(/^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/, HOST_ERROR)
  .max(253, HOST_ERROR)

const port = z.coerce
  .number({ error: 'is a number from 0 to 65535' })
  .int('is a whole number')
  .min(0, 'is at least 0')
  .max(65_535, 'is at most 65535')

const settingsSchema = z.object({
  data: filled.optional(),
  port: port.default(4870),
  devPort: port.default(5173),
  host: filled.default('127.0.0.1'),
  drop: folders.optional(),
  intake: folders.optional(),
  allowPrivate: z
    .enum(['0', '1'], { error: 'is 0 or 1' })
    .default('0')
    .transform((value) => value === '1'),
  metricsToken: z
    .string()
    .regex(/^[!-~]{16,}$/, 'has at least 16 characters, and no space among them')
    .nullable()
    .default(null),
  publicSide: z
    .union(
      [
        z.literal('1').transform(() => 'here'),
        z.literal('0').transform(() => null),
        z.url({ protocol: /^https?$/ }).transform((address) => address.replace(/\/+$/, '')),
      ],
      { error: 'is 1, or the address that readers know this server by, such as https://news.example' },
    )
    .nullable()
    .default(null),
  secretKey: z
    .string()
    .regex(/^[!-~]{32,}$/, 'has at least 32 characters, and no space among them')
    .nullable()
    .default(null),
  proxies: z
    .string()
    .default('loopback')
    .transform((list) => list.split(',').map((each) => each.trim()))
    .pipe(z.array(proxySchema)),
  hosts: z
    .string()
    .transform((list) => list.split(',').map((each) => each.trim()))
    .pipe(z.array(hostSchema))
    .default([]),
  log: z.enum(LOG_LEVELS, { error: `is one of ${LOG_LEVELS.join(', ')}` }).default('info'),
})

const databaseUrlSchema = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'is an address such as postgres://user:password@host/database',
})
const redisUrlSchema = z.url({ protocol: /^rediss?$/, error: 'is an address such as redis://host:6379' })

/** Returns PostgreSQL's address from `DATABASE_URL`, or null. Throws a {@link ConfigError}. */
export function readDatabaseUrl(env: NodeJS.ProcessEnv): string | null {
  return readUrl('DATABASE_URL', databaseUrlSchema, env)
}

function readUrl(name: string, schema: z.ZodType<string>, env: NodeJS.ProcessEnv): string | null {
  const given = notEmpty(env[name])
  if (given === undefined) return null
  const parsed = schema.safeParse(given)
  if (!parsed.success) throw new ConfigError(`${name} ${parsed.error.issues[0]?.message ?? 'cannot be read'}`)
  return parsed.data
}

/** Returns the default data folder. */
export function defaultDataFolder(demo: boolean, env: NodeJS.ProcessEnv = process.env): string {
  const shared = env['XDG_DATA_HOME']
  const folder = shared !== undefined && isAbsolute(shared) ? join(shared, 'galley') : join(homedir(), '.galley')
  return demo ? `${folder}-demo` : folder
}

/** Reads flags (without `node` and the script) and environment. Returns `help` when that was asked for; throws a {@link ConfigError}. */
export function readConfig(args: readonly string[], env: NodeJS.ProcessEnv): Config | 'help' {
  const flags = readFlags(args)
  if (flags.help === true) return 'help'
  const demo = flags.demo === true
  const given = {
    data: flags.data ?? notEmpty(env['GALLEY_DATA']),
    port: flags.port ?? notEmpty(env['GALLEY_PORT']),
    host: flags.host ?? notEmpty(env['GALLEY_HOST']),
    drop: flags.drop ?? notEmpty(env['GALLEY_DROP']),
    intake: flags.intake ?? notEmpty(env['GALLEY_INTAKE']),
    allowPrivate: notEmpty(env['GALLEY_ALLOW_PRIVATE']),
    proxies: flags.proxies ?? notEmpty(env['GALLEY_PROXIES']),
    hosts: flags.hosts ?? notEmpty(env['GALLEY_HOSTS']),
    devPort: notEmpty(env['GALLEY_DEV_PORT']),
    log: flags.log ?? notEmpty(env['GALLEY_LOG']),
    // Secrets do not belong on a command line, which everyone on the computer can read.
    metricsToken: notEmpty(env['GALLEY_METRICS_TOKEN']),
    secretKey: notEmpty(env['GALLEY_SECRET_KEY']),
    publicSide: notEmpty(env['GALLEY_PUBLIC']),
  }
  const parsed = settingsSchema.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const name = String(issue?.path[0] ?? '')
    const secret = {
      metricsToken: 'GALLEY_METRICS_TOKEN',
      secretKey: 'GALLEY_SECRET_KEY',
      publicSide: 'GALLEY_PUBLIC',
      allowPrivate: 'GALLEY_ALLOW_PRIVATE',
      devPort: 'GALLEY_DEV_PORT',
    }[name]
    if (secret !== undefined) throw new ConfigError(`${secret} ${issue?.message ?? 'cannot be read'}`)
    throw new ConfigError(`--${name} (GALLEY_${name.toUpperCase()}) ${issue?.message ?? 'cannot be read'}`)
  }
  const { port, host, hosts, devPort, proxies, log, metricsToken, secretKey, publicSide } = parsed.data
  if (demo && !LOOPBACK.has(host)) {
    throw new ConfigError(
      `The demo newsroom's passwords are known to everyone, so it listens on 127.0.0.1 alone and not on ${host}`,
    )
  }
  const databaseUrl = readDatabaseUrl(env)
  const redisUrl = readUrl('REDIS_URL', redisUrlSchema, env)
  if (redisUrl !== null && databaseUrl === null) {
    throw new ConfigError(
      'REDIS_URL is for several servers on one database: name that too, with DATABASE_URL. A server that is alone needs neither.',
    )
  }
  const data = resolve(parsed.data.data ?? defaultDataFolder(demo, env))
  const dropRoots = [...(parsed.data.drop ?? []).map((each) => resolve(each)), join(data, 'drop')]
  const intakeRoots = [...(parsed.data.intake ?? []).map((each) => resolve(each)), join(data, 'intake')]
  return {
    data,
    port,
    host,
    drop: dropRoots[0] ?? join(data, 'drop'),
    dropRoots,
    intakeRoots,
    allowPrivate: parsed.data.allowPrivate,
    demo,
    logLevel: log,
    metricsToken,
    publicSide,
    secretKey,
    proxies,
    hosts,
    devPort,
    databaseUrl,
    redisUrl,
  }
}

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        demo: { type: 'boolean' },
        data: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        drop: { type: 'string' },
        intake: { type: 'string' },
        proxies: { type: 'string' },
        hosts: { type: 'string' },
        log: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message : String(error)} See --help.`)
  }
}

/** Treats an empty environment variable as not set. */
function notEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value
}
