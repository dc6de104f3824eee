import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentSecurityPolicy, fileFor, serveApp } from '#electron/main/protocol.ts'
import { tempFolder, type TempFolder } from '#tests/support/temp.ts'

let folder: TempFolder
let serve: (request: Request) => Promise<Response>

beforeAll(async () => {
  folder = await tempFolder()
  const root = join(folder.path, 'renderer')
  await mkdir(join(root, 'assets'), { recursive: true })
  await writeFile(join(root, 'index.html'), '<p>the page</p>')
  await writeFile(join(root, 'assets/a b.js'), 'run()')
  await writeFile(join(root, 'assets/notes.txt'), 'no type for this')
  await writeFile(join(folder.path, 'secret.js'), 'outside')
  serve = serveApp(root, () => contentSecurityPolicy('https://newsroom.example'))
})
afterAll(() => folder.remove())

const get = (path: string, init?: RequestInit) => serve(new Request(`app://galley${path}`, init))

describe('app://galley', () => {
  it('serves the page with its policy', async () => {
    const response = await get('/')
    expect(await response.text()).toBe('<p>the page</p>')
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('serves files by their type, whatever stands after them', async () => {
    const response = await get('/assets/a%20b.js?v=1#x')
    expect(await response.text()).toBe('run()')
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  })

  it('answers HEAD without a body', async () => {
    expect(await (await get('/', { method: 'HEAD' })).text()).toBe('')
  })

  it.each(['/nothing.js', '/assets', '/assets/', '/assets/notes.txt', '/%E0%A4%A', '/index.html%00.js'])(
    'has no %s',
    async (path) => expect((await get(path)).status).toBe(404),
  )

  it('takes no other method', async () => {
    expect((await get('/', { method: 'POST', body: 'x' })).status).toBe(405)
  })

  it.each([
    '/../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/..%5csecret.js',
    '/assets/..%2f..%2fsecret.js',
    '//etc/passwd',
    '/%2fetc/passwd',
    '/C:/secret.js',
    '/c%3a%5csecret.js',
  ])('lets nobody out of its folder by %s', async (path) => {
    const response = await get(path)
    expect([response.status, await response.text()]).toEqual([404, ''])
  })

  it.each(['app://other/index.html', 'https://galley/index.html', 'file:///index.html', 'nonsense'])(
    'is no other address: %s',
    (address) => expect(fileFor('/app', address)).toBeNull(),
  )
})

describe('the policy', () => {
  const policy = contentSecurityPolicy('http://127.0.0.1:4870')
  const sources = (name: string) =>
    policy
      .split('; ')
      .find((directive) => directive.startsWith(`${name} `))
      ?.split(' ')
      .slice(1)

  it('lets the page talk to its own server alone', () => {
    expect(sources('connect-src')).toEqual(["'self'", 'http://127.0.0.1:4870', 'ws://127.0.0.1:4870'])
    expect(contentSecurityPolicy('https://n.example')).toContain(
      "connect-src 'self' https://n.example wss://n.example;",
    )
  })

  it('runs scripts from the app alone', () => {
    expect(sources('script-src')).toEqual(["'self'"])
    expect(sources('default-src')).toEqual(["'none'"])
    expect(policy).not.toContain('unsafe-eval')
  })
})
