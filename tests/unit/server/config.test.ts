import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Config, ConfigError, readConfig } from '#server/config.ts'

const read = (args: string[], env: Record<string, string> = {}): Config => {
  const config = readConfig(args, env)
  if (config === 'help') throw new Error('It returned help')
  return config
}
const refusal = (args: string[], env: Record<string, string> = {}): string => {
  try {
    read(args, env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  throw new Error('It was taken')
}

describe('the configuration', () => {
  it('has defaults', () => {
    const data = join(homedir(), '.galley')
    expect(read([])).toEqual({
      data,
      port: 4870,
      host: '127.0.0.1',
      drop: join(data, 'drop'),
      dropRoots: [join(data, 'drop')],
      intakeRoots: [join(data, 'intake')],
      allowPrivate: false,
      demo: false,
      logLevel: 'info',
      metricsToken: null,
      publicSide: null,
      secretKey: null,
      proxies: ['loopback'],
      hosts: [],
      devPort: 5173,
      databaseUrl: null,
      redisUrl: null,
    })
  })

  it('keeps the demo apart from a real newsroom', () => {
    expect(read(['--demo']).data).toBe(join(homedir(), '.galley-demo'))
    expect(read(['--demo'], { XDG_DATA_HOME: '/xdg' }).data).toBe('/xdg/galley-demo')
  })

  it('reads the environment, and ignores empty variables', () => {
    const env = {
      GALLEY_DATA: 'some/where',
      GALLEY_PORT: '0',
      GALLEY_DROP: '/drop',
      GALLEY_HOST: '::1',
      GALLEY_LOG: '',
    }
    expect(read([], env)).toEqual({
      data: resolve('some/where'),
      port: 0,
      host: '::1',
      drop: '/drop',
      dropRoots: ['/drop', resolve('some/where/drop')],
      intakeRoots: [resolve('some/where/intake')],
      allowPrivate: false,
      demo: false,
      logLevel: 'info',
      metricsToken: null,
      publicSide: null,
      secretKey: null,
      proxies: ['loopback'],
      hosts: [],
      devPort: 5173,
      databaseUrl: null,
      redisUrl: null,
    })
  })

  it('allows the operator’s folders beside those in the data folder, and private networks when told to', () => {
    const env = {
      GALLEY_DATA: '/data',
      GALLEY_DROP: ['/drop', '/web'].join(delimiter),
      GALLEY_INTAKE: ['/agency', '/more'].join(delimiter),
      GALLEY_ALLOW_PRIVATE: '1',
    }
    expect(read([], env)).toMatchObject({
      drop: '/drop',
      dropRoots: ['/drop', '/web', '/data/drop'],
      intakeRoots: ['/agency', '/more', '/data/intake'],
      allowPrivate: true,
    })
    expect(refusal([], { GALLEY_ALLOW_PRIVATE: 'yes' })).toContain('GALLEY_ALLOW_PRIVATE is 0 or 1')
  })

  it('lets a flag win', () => {
    expect(read(['--port', '1234', '--data', '/flag'], { GALLEY_PORT: '1', GALLEY_DATA: '/env' })).toMatchObject({
      port: 1234,
      data: '/flag',
      drop: '/flag/drop',
    })
  })

  it.each([
    [['--port', 'http'], 'GALLEY_PORT'],
    [['--port', '70000'], '65535'],
    [['--port', '1.5'], 'whole number'],
    [['--log', 'loud'], 'one of'],
    [['--proxies', '10.0.0.0/8,nonsense'], 'addresses or subnets'],
    [['--hosts', 'galley.example,http://other'], 'names without ports'],
    [['--prot', '1'], '--prot'],
    [['--data', ''], 'data'],
    [['stray'], 'stray'],
  ])('refuses %j and says why', (args, part) => {
    expect(refusal(args)).toContain(part)
  })

  it.each(['short', 'long enough but spaced'])(
    'refuses %j as the token for the metrics, and does not repeat it',
    (token) => {
      const said = refusal([], { GALLEY_METRICS_TOKEN: token })
      expect(said).toContain('GALLEY_METRICS_TOKEN has at least 16 characters')
      expect(said).not.toContain(token)
    },
  )

  it('reads the addresses of PostgreSQL and Redis', () => {
    const env = { DATABASE_URL: 'postgres://galley:secret@db/galley', REDIS_URL: 'rediss://cache:6380' }
    expect(read([], env)).toMatchObject({ databaseUrl: env.DATABASE_URL, redisUrl: env.REDIS_URL })
    expect(refusal([], { DATABASE_URL: 'mysql://db' })).toContain('postgres://')
    expect(refusal([], { ...env, REDIS_URL: 'http://cache' })).toContain('redis://')
    expect(refusal([], { REDIS_URL: env.REDIS_URL })).toContain('DATABASE_URL')
  })

  it('keeps the demo on this computer', () => {
    expect(refusal(['--demo', '--host', '0.0.0.0'])).toContain('127.0.0.1 alone')
  })

  it('returns help before anything else', () => {
    expect(readConfig(['--help', '--port', 'http'], {})).toBe('help')
  })
})
