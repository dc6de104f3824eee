/**
 * Reads ninjs, IPTC's "News in JSON" (https://www.iptc.org/std/ninjs/), versions 1.0 to 3.1. Only the document's content
 * tells the version: 1.x has `headline` and `body_html`, 2.x lists in lower case, 3.x the same lists in camel case. So
 * names are read ignoring case, and a value of the wrong type counts as absent.
 *
 * Of several bodies, the one with markup is read, role `main` first. Where a provider may choose, the document is read
 * as Galley writes it (see ninjs31/write.ts), and for other providers by the nearest guess: a single description is the
 * standfirst, `located` the dateline, an association of type picture a picture.
 */
import { z } from 'zod'
import { readBlocks } from '../../reading/blocks.ts'
import { splitCredit } from '../../reading/caption.ts'
import { codeOf } from '../../reading/codes.ts'
import { summaryText } from '../../reading/feed-entry.ts'
import { parseHtml, withoutHeadline } from '../../reading/html.ts'
import { parseJson } from '../../reading/json.ts'
import { plainBlocks } from '../../reading/plain-blocks.ts'
import {
  emptyItem,
  leftOut,
  outcomeOf,
  type ReadItem,
  type ReadPicture,
  ReadRefusal,
  type WireReader,
} from '../../reading/read-item.ts'
import { embargoOf, isoTime, languageOf, statusOf, told, urgencyOf, versionOf } from '../../reading/values.ts'
import { wireLine, wireText } from '../../wire-text.ts'

export const ninjs: WireReader = {
  name: 'ninjs',
  label: 'ninjs 1.x, 2.x and 3.x',
  detect,
  read: (text) => outcomeOf(text, (whole) => newsObjects(parseJson(whole)).map(readItem)),
}

function detect(text: string): number {
  const start = text.slice(0, 20_000)
  if (!/^[\s\uFEFF]*[[{]/u.test(start)) return 0
  if (/"ninjs"|ninjs-schema/iu.test(start)) return 1
  const names = ['uri', 'versioncreated', 'headlines?', 'bod(?:ies|y_\\w+)', 'pubstatus', 'slugline', 'type']
  const there = names.filter((name) => new RegExp(`"${name}"\\s*:`, 'iu').test(start)).length
  return there >= 2 ? 0.5 + there / 20 : 0
}

const text = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined)
const listOf = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .array(schema.nullable().catch(null))
    .catch([])
    .transform((values) => values.filter((value) => value !== null))

const roleText = z.object({ role: text, value: text, contenttype: text, mediatype: text })
const concept = z.object({
  rel: text,
  name: text,
  uri: text,
  literal: text,
  qcode: text,
  code: text,
  scheme: text,
  role: text,
})
const rendition = z.object({
  name: text,
  href: text,
  title: text,
  contenttype: text,
  mimetype: text,
  width: text,
  height: text,
})
const altId = z.object({ role: text, value: text })
/** Version 1 keys its lists by name. */
const named = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([name, each]) =>
        (Array.isArray(each) ? each : [each]).map((one: unknown) => (isRecord(one) ? { name, ...one } : one)),
      )
    : value

const newsObject = z.object({
  uri: text,
  type: text,
  rel: text,
  name: text,
  href: text,
  version: text,
  versioncreated: text,
  versionedited: text,
  firstcreated: text,
  contentcreated: text,
  embargoed: text,
  embargoeduntil: text,
  pubstatus: text,
  urgency: text,
  priority: text,
  copyrightholder: text,
  copyrightnotice: text,
  usageterms: text,
  ednote: text,
  language: text,
  slugline: text,
  headline: text,
  title: text,
  by: text,
  byline: text,
  creditline: text,
  located: text,
  source: text,
  headlines: listOf(roleText),
  descriptions: listOf(roleText),
  bodies: listOf(roleText),
  altids: listOf(altId),
  places: listOf(concept),
  place: listOf(concept),
  subjects: listOf(concept),
  subject: listOf(concept),
  genres: listOf(concept),
  genre: listOf(concept),
  keywords: listOf(z.string()),
  infosources: listOf(concept),
  renditions: z.preprocess(named, listOf(rendition)),
  associations: z.preprocess(named, listOf(z.record(z.string(), z.unknown()))),
})
type NewsObject = z.output<typeof newsObject>
type RoleText = z.output<typeof roleText>

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function newsObjects(json: unknown): Record<string, unknown>[] {
  const objects = (Array.isArray(json) ? json : [json]).filter(isRecord)
  if (objects.length === 0) throw new ReadRefusal({ line: 1, message: 'There is no news item in this JSON.' })
  return objects
}

/** Converts names to lower case at all levels. Anything nested deeper than real ninjs is left out. */
function lowerCased(value: unknown, depth = 0): unknown {
  if (depth > 20) return undefined
  if (Array.isArray(value)) return value.map((each) => lowerCased(each, depth + 1))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name.toLowerCase(), lowerCased(each, depth + 1)]),
  )
}

function readItem(json: Record<string, unknown>): ReadItem {
  const raw = lowerCased(json) as Record<string, unknown>
  const news = newsObject.parse(raw)
  const headline = wireLine(
    byRole(news.headlines, 'main') ?? news.headline ?? news.headlines[0]?.value ?? news.title ?? '',
  )
  const item: ReadItem = { ...emptyItem(), headline, ...documentMeta(news), ...copyMeta(news, raw), ...concepts(news) }
  leaveOutOthers('another headline', news.headlines, [headline], item)
  leaveOutOthers('another description', news.descriptions, [item.standfirst, item.dateline, correctionIn(news)], item)
  readBody(news, raw, item)
  for (const each of news.associations) readAssociation(newsObject.parse(each), each, item)
  if (news.type !== undefined && isPicture(news)) item.pictures.push(pictureOf(news, raw))
  if (item.headline === '' && item.body.length === 0 && item.pictures.length === 0 && item.kind !== 'kill') {
    throw new ReadRefusal({ line: 1, message: 'There is neither a headline nor a body in this ninjs document.' })
  }
  return item
}

const correctionIn = (news: NewsObject): string | undefined => byRole(news.descriptions, 'correction')

function documentMeta(news: NewsObject): Partial<ReadItem> {
  const version = versionOf(news.version)
  const corrected = correctionIn(news) !== undefined
  const status = statusOf(news.pubstatus)
  const kind = corrected ? 'correction' : version === undefined ? undefined : version === 1 ? 'new' : 'update'
  const rights = told({
    holder: wireLine(news.copyrightholder ?? ''),
    notice: wireLine(news.copyrightnotice ?? ''),
    usage: wireLine(news.usageterms ?? ''),
  })
  const provider = news.infosources.find(({ role }) => role === 'provider')?.name ?? news.source
  return told({
    uri: news.uri?.trim(),
    version,
    kind,
    edNote: wireText(news.ednote ?? '').trim(),
    ...embargoOf((news.embargoeduntil ?? news.embargoed)?.trim() || undefined),
    firstPublished: isoTime(news.firstcreated),
    versionCreated: isoTime(news.versioncreated),
    language: languageOf(news.language),
    urgency: urgencyOf(news.urgency ?? news.priority),
    provider: wireLine(provider ?? ''),
    rights: Object.keys(rights).length === 0 ? undefined : rights,
    ...status,
  })
}

function copyMeta(news: NewsObject, raw: Record<string, unknown>): Partial<ReadItem> {
  const place = news.places.find(({ rel }) => rel === 'located')?.name
  const dateline = place === undefined ? news.located : byRole(news.descriptions, 'dateline')
  // Roles with a meaning of their own in Galley's documents are not the standfirst.
  const others = news.descriptions.filter(({ role }) => role !== 'correction' && role !== 'dateline')
  return told({
    slug: wireLine(news.slugline ?? ''),
    standfirst: wireText(
      byRole(others, 'standfirst') ?? others[0]?.value ?? prefixed(raw, 'description_') ?? '',
    ).trim(),
    byline: wireLine(news.by ?? news.byline ?? ''),
    dateline: wireLine(dateline ?? ''),
    place: wireLine(place ?? ''),
  })
}

function concepts(news: NewsObject): Pick<ReadItem, 'keywords' | 'subjects'> & Partial<ReadItem> {
  const all = [...news.subjects, ...news.subject]
  const genre = [...news.genres, ...news.genre][0]
  const code = (each: (typeof all)[number]) => codeOf(each.uri) ?? codeOf(each.qcode) ?? each.literal
  const subjects = all.filter(({ rel }) => rel !== 'keyword' && rel !== 'section')
  const line = (value: string | undefined) => wireLine(value ?? '')
  const full = (values: (string | undefined)[]) => values.map(line).filter((value) => value !== '')
  return {
    subjects: full(subjects.map(code)),
    keywords: full([
      ...news.keywords,
      ...all.filter(({ rel }) => rel === 'keyword').map(({ name, literal }) => name ?? literal),
      // A subject with only a name is a keyword for every receiver.
      ...subjects.filter((each) => code(each) === undefined).map(({ name }) => name),
    ]),
    ...told({
      section: line(all.find(({ rel }) => rel === 'section')?.name),
      genre: genre === undefined ? undefined : line(code(genre) ?? genre.name),
    }),
  }
}

const MARKUP = /html/iu

/** Returns the texts of an object, in the form of any version. */
function bodiesIn(news: NewsObject, raw: Record<string, unknown>): RoleText[] {
  const old = Object.entries(raw)
    .filter((entry): entry is [string, string] => entry[0].startsWith('body_') && typeof entry[1] === 'string')
    .map(([name, value]): RoleText => ({
      role: name.slice('body_'.length),
      value,
      contenttype: MARKUP.test(name) ? 'text/html' : 'text/plain',
      mediatype: undefined,
    }))
  return [...news.bodies, ...old].filter(({ value }) => (value ?? '').trim() !== '')
}

function readBody(news: NewsObject, raw: Record<string, unknown>, item: ReadItem): void {
  const bodies = bodiesIn(news, raw)
  const type = (body: RoleText) =>
    body.contenttype ?? body.mediatype ?? (/^\s*</u.test(body.value ?? '') ? 'text/html' : 'text/plain')
  const main = (candidates: RoleText[]) => candidates.find(({ role }) => role === 'main') ?? candidates[0]
  const markup = main(bodies.filter((body) => MARKUP.test(type(body))))
  const plain = main(bodies.filter((body) => type(body).startsWith('text/plain')))
  if (markup?.value !== undefined) {
    const found = readBlocks(withoutHeadline(parseHtml(markup.value), item.headline))
    item.body = found.blocks
    item.pictures.push(...found.pictures)
    item.leftOut.push(...found.leftOut)
  } else if (plain?.value !== undefined) item.body = plainBlocks(plain.value)
}

function readAssociation(news: NewsObject, raw: Record<string, unknown>, item: ReadItem): void {
  if (isPicture(news)) {
    const picture = pictureOf(news, raw)
    const hrefs = news.renditions.map(({ href }) => href)
    // The body's markup may show the picture too: without a type, and with the address or the caption that it has here.
    const shown = item.pictures.find(
      ({ type, href, caption }) =>
        type === undefined && (hrefs.includes(href) || (caption !== '' && caption === picture.caption)),
    )
    item.pictures = [
      ...item.pictures.filter((each) => each !== shown),
      { ...picture, alt: picture.alt || (shown?.alt ?? '') },
    ]
    return
  }
  const [text] = bodiesIn(news, raw)
  const note = leftOut('the text of an item that goes with it', summaryText(text?.value ?? ''))
  if (note !== undefined) item.leftOut.push(note)
  const uri = (news.uri ?? news.href)?.trim()
  if (uri === undefined || uri === '') return
  const title = wireLine(news.headlines[0]?.value ?? news.headline ?? news.title ?? news.name ?? '')
  item.related = [...(item.related ?? []), { uri, title: title === '' ? uri : title }]
}

function isPicture({ type, renditions }: NewsObject): boolean {
  return type === undefined ? renditions.length > 0 : /^(?:picture|photo|image|graphic)$/iu.test(type)
}

function pictureOf(news: NewsObject, raw: Record<string, unknown>): ReadPicture {
  const bySize = [...news.renditions].sort((a, b) => Number(b.width ?? 0) - Number(a.width ?? 0))
  const file = news.renditions.find(({ name }) => name === 'original') ?? bySize[0]
  const ownFile = news.altids.find(({ role }) => role === 'file')?.value
  const href = ownFile ?? file?.href ?? file?.title ?? news.href
  const captions = news.descriptions.filter(({ role }) => role !== 'alt')
  const words = wireText(
    byRole(captions, 'caption') ?? captions[0]?.value ?? prefixed(raw, 'description_') ?? news.headline ?? '',
  ).trim()
  const credit = wireLine(news.by ?? news.byline ?? news.creditline ?? news.copyrightholder ?? '')
  return {
    ...told({
      uri: news.uri?.trim(),
      href: href?.trim(),
      type: file?.contenttype ?? file?.mimetype,
      width: dimension(file?.width),
      height: dimension(file?.height),
    }),
    alt: wireLine(byRole(news.descriptions, 'alt') ?? ''),
    // Galley writes file name and credit separately, so text like a credit within its captions is caption.
    ...(credit === '' && ownFile === undefined ? splitCredit(words) : { caption: words, credit }),
  }
}

function dimension(value: string | undefined): number | undefined {
  const pixels = Number(value)
  return pixels > 0 && Number.isFinite(pixels) ? Math.round(pixels) : undefined
}

function byRole(texts: readonly RoleText[], role: string): string | undefined {
  return texts.find((each) => each.role?.toLowerCase() === role)?.value
}

/** Lists the other texts as left out. */
function leaveOutOthers(
  reason: string,
  texts: readonly RoleText[],
  taken: (string | undefined)[],
  item: ReadItem,
): void {
  const words = (text: string | undefined) => wireLine(text ?? '')
  const others = texts.map(({ value }) => words(value)).filter((each) => !taken.map(words).includes(each))
  for (const each of others) {
    const note = leftOut(reason, each)
    if (note !== undefined) item.leftOut.push(note)
  }
}

/** Returns the first version 1 text whose name has this prefix, e.g. `description_text`. */
function prefixed(raw: Record<string, unknown>, prefix: string): string | undefined {
  const [, value] =
    Object.entries(raw).find(([name, each]) => name.startsWith(prefix) && typeof each === 'string') ?? []
  return typeof value === 'string' ? value : undefined
}
