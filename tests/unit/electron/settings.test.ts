import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { serverAddressSchema } from '#electron/bridge.ts'
import { chooseServer, DEFAULT_SERVER } from '#electron/main/server-address.ts'
import { openSettings } from '#electron/main/settings.ts'
import { tempFolder } from '#tests/support/temp.ts'

const PLACE = { x: 10, y: 20, width: 900, height: 700, maximized: false }
const NOTHING = { server: null, window: null, language: null }

describe('the settings file', () => {
  it('remembers what was changed, and only that', async () => {
    await using folder = await tempFolder()
    const path = join(folder.path, 'settings.json')
    const settings = openSettings(path)
    expect(settings.read()).toEqual(NOTHING)
    settings.change({ window: PLACE })
    settings.change({ server: 'https://newsroom.example' })
    expect(openSettings(path).read()).toEqual({ ...NOTHING, server: 'https://newsroom.example', window: PLACE })
  })

  it.each(['', '{', '[]', 'null', '"text"', '{"server": "http://plain.example", "window": {"x": "a"}}'])(
    'that holds %j counts as empty',
    async (text) => {
      await using folder = await tempFolder()
      const path = join(folder.path, 'settings.json')
      await writeFile(path, text)
      expect(openSettings(path).read()).toEqual(NOTHING)
    },
  )

  it('keeps the good part of a file that is partly bad', async () => {
    await using folder = await tempFolder()
    const path = join(folder.path, 'settings.json')
    await writeFile(path, JSON.stringify({ server: 7, window: PLACE }))
    expect(openSettings(path).read()).toEqual({ ...NOTHING, window: PLACE })
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ server: 7, window: PLACE })
  })
})

describe("a server's address", () => {
  it.each([
    ['https://newsroom.example', 'https://newsroom.example'],
    ['https://newsroom.example:8443/', 'https://newsroom.example:8443'],
    ['newsroom.example', 'https://newsroom.example'],
    ['http://127.0.0.1:4870', 'http://127.0.0.1:4870'],
    ['http://localhost:4870', 'http://localhost:4870'],
    ['http://[::1]:4870', 'http://[::1]:4870'],
  ])('%s is %s', (text, address) => expect(serverAddressSchema.parse(text)).toBe(address))

  it.each([
    '',
    'http://newsroom.example',
    'http://127.0.0.1.evil.example',
    'https://newsroom.example/path',
    'https://newsroom.example?x',
    'https://name:password@newsroom.example',
    'file:///etc',
    'app://galley',
    'not an address',
  ])('%j is none', (text) => expect(serverAddressSchema.safeParse(text).success).toBe(false))

  it('is taken from the environment, else from the settings, else is this computer', () => {
    expect(chooseServer('https://a.example', 'https://b.example')).toBe('https://a.example')
    expect(chooseServer('', 'https://b.example')).toBe('https://b.example')
    expect(chooseServer(undefined, null)).toBe(DEFAULT_SERVER)
  })

  it('that is wrong in the environment is said, not passed over', () => {
    expect(() => chooseServer('http://plain.example', null)).toThrow('GALLEY_SERVER')
  })
})
