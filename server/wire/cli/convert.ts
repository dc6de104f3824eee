/** `wire convert`: converts a document to another format. */
import { createHash } from 'node:crypto'
import type { Feed } from '#shared/wire/feed.ts'
import { FEEDS } from '#shared/wire/formats/index.ts'
import { wireItemOf } from '#shared/wire/intake/wire-item.ts'
import type { WireItem } from '#shared/wire/item.ts'
import type { ReadFault, ReadItem } from '#shared/wire/reading/read-item.ts'
import { readDocument } from '../intake/read-document.ts'
import { readInput } from './input.ts'
import { type Convert, UsageError } from './options.ts'

export type Converted = { text: string; notes: string[] } | { faults: ReadFault[] }

/** Rejects with a {@link UsageError} if the file has no items, or several where one is needed. */
export async function convert({ file, from, encoding, to, item: wanted }: Convert): Promise<Converted> {
  const { bytes, time } = await readInput(file)
  const { outcome } = await readDocument(bytes, {
    ...(from === undefined ? {} : { format: from }),
    ...(encoding === undefined ? {} : { encoding }),
  })
  if ('faults' in outcome) return outcome
  const chosen = choose(outcome.items, wanted, file)
  const items = chosen.map((each) => wireItemOf(each, { time, uuidOf }))
  const notes = chosen.flatMap((each, index) => notesOn(each, items[index]))
  if ('feed' in to) return { text: to.feed.write(feedOf(items, to.home)), notes }
  const [item, ...others] = items
  if (item === undefined) throw new UsageError(`${file} is a feed without an item: there is nothing to convert.`)
  if (others.length > 0) {
    const feeds = FEEDS.map(({ name }) => name).join(', ')
    throw new UsageError(
      `${file} has ${items.length} items, and a document of ${to.format.label} holds one: ` +
        `choose it with --item 1 to --item ${items.length}, or convert all of them --to ${feeds}.`,
    )
  }
  return { text: to.format.write(item).text, notes }
}

/** Returns notes for the person who converts: text that was left out, and values that were made up. */
function notesOn({ leftOut, pictures }: ReadItem, item: WireItem | undefined): string[] {
  return [
    ...leftOut.map(({ reason, text }) => `left out (${reason}): ${text.replace(/\s+/gu, ' ')}`),
    ...pictures.flatMap(({ href }, index) =>
      href === undefined
        ? [`it does not say where its picture is: the result calls it ${item?.pictures[index]?.href ?? ''}`]
        : [],
    ),
  ]
}

function choose(items: ReadItem[], wanted: number | undefined, file: string): ReadItem[] {
  if (wanted === undefined) return items
  const item = items[wanted - 1]
  if (item === undefined) throw new UsageError(`${file} has ${items.length} items, and no --item ${wanted}.`)
  return [item]
}

/** Returns a UUID of this text (version 8, RFC 9562), so that a document has the same id each time it is converted. */
function uuidOf(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function feedOf(items: readonly WireItem[], home: URL): Feed {
  const under = (path: string) => new URL(path, home).href
  const onWeb = (address: string) => (/^https?:\/\//u.test(address) ? address : undefined)
  return {
    title: items[0]?.provider || home.hostname,
    description: '',
    language: items[0]?.language ?? 'und',
    home: home.href,
    self: under('feed'),
    time: new Date().toISOString(),
    items,
    pageOf: ({ uri }) => onWeb(uri) ?? under(encodeURIComponent(uri)),
    pictureOf: ({ href }) => onWeb(href) ?? under(encodeURIComponent(href)),
  }
}
