/** The catalogue is whole in every language, and holds no message that nothing shows. */
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { describe, expect, test } from 'vitest'
import { greek } from '#shared/messages/el/index.ts'
import { english } from '#shared/messages/en/index.ts'
import { createMessages } from '#shared/messages/messages.ts'
import { message, type MessageId } from '#shared/messages/message.ts'
import { pseudoMessage } from '#shared/messages/pseudo.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
const CATALOGUES: Record<string, Record<MessageId, string>> = { english, greek }
const ids = Object.keys(english) as MessageId[]

/** The parameters and tags that a text has, each with its kind, in the order of their names. */
function holes(elements: readonly MessageFormatElement[]): string[] {
  const found = elements.flatMap((element): string[] => {
    switch (element.type) {
      case TYPE.literal:
      case TYPE.pound:
        return []
      case TYPE.tag:
        return [`<${element.value}>`, ...holes(element.children)]
      case TYPE.plural:
      case TYPE.select:
        return [
          `${element.value}: ${TYPE[element.type]}`,
          ...Object.values(element.options).flatMap(({ value }) => holes(value)),
        ]
      default:
        return [`${element.value}: ${TYPE[element.type]}`]
    }
  })
  return [...new Set(found)].sort()
}

/** The choices of each `select`, which have to be the same ones in every language. */
function choices(elements: readonly MessageFormatElement[]): string[] {
  return elements
    .flatMap((element): string[] => {
      if (element.type === TYPE.tag) return choices(element.children)
      if (element.type !== TYPE.select && element.type !== TYPE.plural) return []
      const own =
        element.type === TYPE.select ? [`${element.value}: ${Object.keys(element.options).sort().join()}`] : []
      return [...own, ...Object.values(element.options).flatMap(({ value }) => choices(value))]
    })
    .sort()
}

describe.each(Object.entries(CATALOGUES))('in %s', (_language, catalogue) => {
  test.each(ids)('%s parses, and has the parameters, tags and choices of the English', (id) => {
    const parsed = parse(catalogue[id])
    expect(holes(parsed)).toEqual(holes(parse(english[id])))
    expect(choices(parsed)).toEqual(choices(parse(english[id])))
  })

  test('no text is empty, quotes a brace, or has spaces at its ends', () => {
    for (const text of Object.values(catalogue)) {
      expect(text).toBe(text.trim())
      expect(text).not.toMatch(/^$|'[{}]/)
    }
  })
})

test('each id begins with the name of its file', () => {
  for (const path of globSync('shared/messages/en/*.ts', { cwd: ROOT })) {
    const area = /([a-z-]+)\.ts$/.exec(path)?.[1] ?? ''
    for (const [, id] of readFileSync(join(ROOT, path), 'utf8').matchAll(/^ {2}'([^']+)':/gm)) {
      expect(id?.split('.')[0]).toBe(area)
    }
  }
})

test('every message is used: by its id, or by a template that begins like it', () => {
  const source = globSync('{renderer,server,electron,shared}/**/*.{ts,tsx}', { cwd: ROOT })
    .filter((path) => !/^shared[\\/]messages[\\/](en|el)[\\/]/.test(path))
    .map((path) => readFileSync(join(ROOT, path), 'utf8'))
    .join('\n')
  const named = new Set([...source.matchAll(/['"`]([a-z-]+(?:\.[\w-]+)+)['"`]/g)].map((match) => match[1]))
  const templates = [...source.matchAll(/`((?:[a-z-]+\.)(?:[\w-]+\.)*)\$\{[^`]*`/g)].map((match) => match[1] ?? '')
  expect(ids.filter((id) => !named.has(id) && !templates.some((start) => id.startsWith(start)))).toEqual([])
})

describe('the pseudo-language', () => {
  test('keeps parameters and tags, and lengthens the rest', () => {
    for (const id of ids) expect(holes(pseudoMessage(english[id]))).toEqual(holes(parse(english[id])))
    const { t } = createMessages('en-XA')
    expect(t('desk.notice.killed', { slug: 'FERRY' })).toBe('[Ķîļļéð:~~~ FERRY]')
  })
})

test('says a message with parameters of another version by its bare text', () => {
  const { say } = createMessages('en')
  expect(say({ id: 'desk.notice.killed' })).toBe('Killed: {slug}')
  expect(say(message('desk.notice.killed', { slug: 'FERRY' }))).toBe('Killed: FERRY')
})

test('says messages inside of a message, and lists them', () => {
  const parts = [message('collaboration.part.caption'), message('collaboration.part.credit')]
  const said = message('collaboration.read-only-but', { parts })
  expect(createMessages('en').say(said)).toBe('At this stage you can still edit captions and credits.')
  expect(createMessages('el').say(said)).toContain('τις λεζάντες και τις πηγές φωτογραφιών')
})
