import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import pino from 'pino'
import { expect, it } from 'vitest'
import { createHttp } from '#server/http/app.ts'
import { openApi } from '#server/http/openapi.ts'
import type { Services } from '#server/http/services.ts'

const DOCUMENT = resolve(import.meta.dirname, '../../../docs/openapi.json')
const document = openApi() as {
  paths: Record<string, object>
  components: { schemas: Record<string, object> }
}
/** Routes that only the app uses: its live connection, and pictures, which are not JSON. */
const APPS_OWN = [
  'GET /api/health',
  'GET /api/intake/{id}/original',
  'GET /api/newsroom',
  'GET /api/stories/{id}/authors',
  'POST /api/tickets',
  'PUT /api/media/{id}',
]

/** Returns every route under `/api/` and `/intake/`, in the document's notation. */
async function routes(): Promise<string[]> {
  // These services are never called.
  const services = new Proxy({}, { get: () => ({}) }) as Services
  const app = await createHttp(services, pino({ level: 'silent' }), { proxies: [], publicSide: null })
  await app.ready()
  const tree = app.printRoutes({ commonPrefix: false })
  await app.close()
  const path: string[] = []
  return tree.split('\n').flatMap((line) => {
    // Four characters for each level of the tree, then the rest of the path after the branch above, and its methods.
    const [, indent = '', more = '', methods = ''] = /^([│├└─ ]*)(\S+)(?: \((.+)\))?$/.exec(line) ?? []
    path.splice(indent.length / 4 - 1, Infinity, more)
    const whole = path.join('').replaceAll(/:(\w+)/g, '{$1}')
    if (!/^\/(api|intake)\//.test(whole)) return []
    return methods
      .split(', ')
      .filter((method) => !['', 'HEAD', 'OPTIONS'].includes(method))
      .map((method) => `${method} ${whole}`)
  })
}

it('has every route except the app’s own, and no others', async () => {
  const said = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect([...said, ...APPS_OWN].sort()).toEqual((await routes()).sort())
})

it('matches docs/openapi.json; node server/http/openapi.ts writes it again', async () => {
  expect(JSON.parse(await readFile(DOCUMENT, 'utf8'))).toEqual(JSON.parse(JSON.stringify(document)))
})

it('has no dangling references', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '')
  expect(references.length).toBeGreaterThan(10)
  for (const path of references) {
    const found = path.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document)
    expect([path, typeof found]).toEqual([path, 'object'])
  }
})

it('has schemas that a validator accepts', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema({ $id: 'http://galley.example/', ...document })
  for (const name of Object.keys(document.components.schemas)) {
    const check = ajv.compile({ $ref: `http://galley.example/#/components/schemas/${name}` })
    expect([name, check(42)]).toEqual([name, false])
  }
})
