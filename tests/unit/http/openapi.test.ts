import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'
import { openApi } from '#server/http/openapi.ts'

const DOCUMENT = resolve(import.meta.dirname, '../../../docs/openapi.json')
const document = openApi() as { components: { schemas: Record<string, object> } }

it('is what docs/openapi.json says; node server/http/openapi.ts writes it anew', async () => {
  expect(JSON.parse(await readFile(DOCUMENT, 'utf8'))).toEqual(JSON.parse(JSON.stringify(document)))
})

it('refers to nothing that is not in it', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '')
  expect(references.length).toBeGreaterThan(10)
  for (const path of references) {
    const found = path.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document)
    expect([path, typeof found]).toEqual([path, 'object'])
  }
})

it('has schemas that a validator takes', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema({ $id: 'http://galley.example/', ...document })
  for (const name of Object.keys(document.components.schemas)) {
    const check = ajv.compile({ $ref: `http://galley.example/#/components/schemas/${name}` })
    expect([name, check(42)]).toEqual([name, false])
  }
})
