import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { appFiles } from '#server/http/app-files.ts'
import { answerErrors } from '#server/http/errors.ts'
import { tempFolder } from '#tests/support/temp.ts'

/** A server with these files as its built app. */
async function served(files: Record<string, string>, url: string, accept = '*/*') {
  await using folder = await tempFolder()
  await mkdir(join(folder.path, 'assets'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder.path, name), text)
  const app = Fastify()
  answerErrors(app)
  await appFiles(app, folder.path)
  const { statusCode, headers, body } = await app.inject({ url, headers: { accept } })
  await app.close()
  return { status: statusCode, cache: headers['cache-control'], location: headers.location, body }
}
const BUILT = {
  'index.html': '<!doctype html>',
  'service-worker.js': 'self',
  'assets/index-abc.js': 'app',
  'assets/index-abc.js.map': '{}',
  '.secret': 'x',
}

it('serves the app, and makes clients revalidate files that may change', async () => {
  expect(await served(BUILT, '/')).toMatchObject({ status: 200, cache: 'no-cache', body: '<!doctype html>' })
  expect(await served(BUILT, '/service-worker.js')).toMatchObject({ status: 200, cache: 'no-cache' })
  expect(await served(BUILT, '/assets/index-abc.js')).toMatchObject({
    status: 200,
    cache: 'public, max-age=31536000, immutable',
  })
})

it.each([
  '/assets/index-abc.js.map',
  '/.secret',
  '/assets/../../etc/passwd',
  '/assets/%2e%2e/%2e%2e/etc/passwd',
  '/nothing',
])('does not serve %s', async (url) => {
  expect((await served(BUILT, url)).status).toBeGreaterThanOrEqual(400)
})

it('redirects a link into the app to the app', async () => {
  expect(await served(BUILT, '/story/1', 'text/html')).toMatchObject({ status: 302, location: '/' })
})

it('says how to build the app if it is not built', async () => {
  const answer = await served({}, '/', 'text/html')
  expect(answer.status).toBe(404)
  expect(answer.body).toContain('npm run build')
})
