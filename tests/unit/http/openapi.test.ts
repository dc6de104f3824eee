import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'
import { ROUTES, type Route } from '#shared/protocol/routes.ts'
import { openApi } from '#server/http/openapi.ts'

const DOCUMENT = resolve(import.meta.dirname, '../../../docs/openapi.json')
const document = openApi() as {
  paths: Record<string, object>
  components: { schemas: Record<string, object> }
}
it('has every route of the contract except the app’s own', () => {
  const said = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  const known = Object.values<Route>(ROUTES)
    .filter(({ internal }) => internal === undefined)
    .map(({ method, path }) => `${method} ${path}`)
  expect(said.sort()).toEqual(known.sort())
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
