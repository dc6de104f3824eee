/**
 * The parts of a wire item that each two-way format can carry: the expected result of the round trip, written
 * separately from the readers. docs/round-trip.md says the same in words, and its table is checked against {@link
 * LOSSES}.
 */
import type { Block, Inline, Mark } from '#shared/article/article.ts'
import { isStoryLink } from '#shared/article/links.ts'
import { localCode } from '#shared/wire/codes.ts'
import { absoluteUri, isLanguageTag } from '#shared/wire/formats/addresses.ts'
import { outgoing } from '#shared/wire/formats/outgoing.ts'
import type { WireItem } from '#shared/wire/item.ts'
import type { ReadItem } from '#shared/wire/reading/read-item.ts'
import { wireLine, wireText } from '#shared/wire/wire-text.ts'

type Carried = Record<string, unknown>

/** Prepares a read item for comparison: removes empty values, and those that only readers set. */
export function comparable(item: ReadItem | Carried): Carried {
  const rest = Object.entries(item).filter(([key]) => key !== 'leftOut' && key !== 'words')
  return withoutEmpty(Object.fromEntries(rest)) as Carried
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined && each !== '' && !(Array.isArray(each) && each.length === 0))
    .map(([key, each]) => [key, withoutEmpty(each)] as const)
  return Object.fromEntries(entries)
}

/** How a format preserves text, of one line and of several. */
interface Text {
  line: (text: string) => string
  lines: (text: string) => string
}

/** Markup collapses blanks, and drops them at both ends of a line. An empty line is only a gap. */
const IN_MARKUP: Text = {
  line: collapsed,
  lines: (text) => each(text, collapsed),
}

/** JSON preserves every character. */
const AS_IT_IS: Text = { line: wireLine, lines: (text) => wireText(text).trim() }

function collapsed(text: string): string {
  return wireLine(text)
    .replace(/[ \t\r\f]+/g, ' ')
    .replace(/^ | $/g, '')
}

function each(text: string, line: (text: string) => string): string {
  return wireText(text)
    .split('\n')
    .map(line)
    .filter((words) => words !== '')
    .join('\n')
}

/** Returns the body as markup preserves it. */
export function markupBody(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block): Block[] => {
    switch (block.type) {
      case 'paragraph':
      case 'heading': {
        const content = markupInline(block.content)
        return content.some((each) => each.type === 'text' && /[^\s\u200b]/u.test(each.text))
          ? [{ ...block, content }]
          : []
      }
      case 'blockquote': {
        const content = markupBody(block.content)
        return content.length === 0 ? [] : [{ ...block, content }]
      }
      case 'bulletList':
      case 'orderedList': {
        const items = block.items.map(markupBody).filter((item) => item.length > 0)
        return items.length === 0
          ? []
          : [{ type: block.type, start: block.type === 'bulletList' ? 1 : block.start, items }]
      }
    }
  })
}

/** Drops line breaks at both ends and blanks beside a line break, and merges adjacent runs with the same marks. */
function markupInline(content: readonly Inline[]): Inline[] {
  const parts = [...content, { type: 'hardBreak' as const }].reduce<Inline[][]>(
    (all, each) => {
      if (each.type === 'hardBreak') all.push([])
      else all.at(-1)?.push({ ...each, marks: markupMarks(each.marks) })
      return all
    },
    [[]],
  )
  const runs = parts.slice(0, -1).map(lineOfRuns)
  while (runs.length > 0 && runs[0]?.length === 0) runs.shift()
  while (runs.length > 0 && runs.at(-1)?.length === 0) runs.pop()
  return runs.flatMap((run, index): Inline[] => (index === 0 ? run : [{ type: 'hardBreak' }, ...run]))
}

/** Collapses the blanks of a line across its runs. A blank belongs to the run in which it begins. */
function lineOfRuns(runs: readonly Inline[]): Inline[] {
  const characters = runs.flatMap((run) =>
    run.type === 'text'
      ? Array.from(wireText(run.text).replace(/[ \t\n\r\f]/g, ' '), (character) => ({ character, marks: run.marks }))
      : [],
  )
  const kept = characters.filter(
    ({ character }, at) => character !== ' ' || (at > 0 && characters[at - 1]?.character !== ' '),
  )
  if (kept.at(-1)?.character === ' ') kept.pop()
  return kept.reduce<Inline[]>((all, { character, marks }) => {
    const last = all.at(-1)
    if (last?.type === 'text' && JSON.stringify(last.marks) === JSON.stringify(marks)) last.text += character
    else all.push({ type: 'text', text: character, marks })
    return all
  }, [])
}

/** Keeps one mark of each kind, and no link that a story must not have. */
function markupMarks(marks: readonly Mark[]): Mark[] {
  const real = marks.filter((mark) => mark.type !== 'link' || isStoryLink(mark.href))
  const kinds = [...new Set(real.map(({ type }) => type))].sort()
  return kinds
    .flatMap((kind) => real.findLast(({ type }) => type === kind) ?? [])
    .map((mark) => (mark.type === 'link' ? { ...mark, href: wireText(mark.href) } : mark))
}

const isoTime = (time: string): string => new Date(time).toISOString()
const toTheSecond = (time: string): string => isoTime(time).replace(/\.\d+/, '.000')

/** The losses that all formats with markup share. */
function carriedBy({ line, lines }: Text, given: WireItem): Carried {
  const item = outgoing(given)
  const filled = (texts: readonly string[]) => texts.map(line).filter((words) => words !== '')
  return {
    ...item,
    // No format can say that a later version of an item is new.
    kind: item.kind === 'new' && item.version > 1 ? 'update' : item.kind,
    edNote: lines(item.edNote ?? ''),
    embargo: item.embargo === undefined ? undefined : isoTime(item.embargo),
    firstPublished: isoTime(item.firstPublished),
    versionCreated: isoTime(item.versionCreated),
    language: isLanguageTag(item.language) ? item.language : undefined,
    slug: line(item.slug),
    section: line(item.section ?? ''),
    genre: line(item.genre ?? ''),
    keywords: filled(item.keywords),
    subjects: filled(item.subjects),
    headline: line(item.headline),
    standfirst: lines(item.standfirst),
    byline: line(item.byline),
    dateline: line(item.dateline),
    place: line(item.place ?? ''),
    provider: line(item.provider),
    body: markupBody(item.body),
    rights: carriedRights(line, item.rights),
    related: (item.related ?? []).flatMap(({ uri, title }) => {
      const address = absoluteUri(uri)
      return address === null ? [] : [{ uri: address, title: line(title) === '' ? address : line(title) }]
    }),
    pictures: item.pictures.map(({ mediaId, ...picture }) => ({
      ...picture,
      uri: `urn:uuid:${mediaId}`,
      alt: line(picture.alt),
      caption: lines(picture.caption),
      credit: line(picture.credit),
    })),
  }
}

function carriedRights(line: Text['line'], rights: WireItem['rights']): Carried | undefined {
  const told = withoutEmpty({
    holder: line(rights?.holder ?? ''),
    notice: line(rights?.notice ?? ''),
    usage: line(rights?.usage ?? ''),
  }) as Carried
  return Object.keys(told).length === 0 ? undefined : told
}

/** ninjs has no separate date for the dateline, and tells an update by its version only. */
function carriedByNinjs(item: WireItem): Carried {
  const carried = carriedBy(AS_IT_IS, item)
  const kind = carried['kind'] === 'update' && item.version === 1 ? 'new' : carried['kind']
  return { ...carried, kind, datelineDate: undefined }
}

/** NITF's times are to the second, and subjects with an IPTC number come before the others. */
function carriedByNitf(item: WireItem): Carried {
  const carried = carriedBy(IN_MARKUP, item)
  const subjects = carried['subjects'] as string[]
  const isNumber = (code: string) => localCode('medtop', code) !== null
  return {
    ...carried,
    firstPublished: toTheSecond(item.firstPublished),
    versionCreated: toTheSecond(item.versionCreated),
    embargo: carried['embargo'] === undefined ? undefined : toTheSecond(item.embargo ?? ''),
    subjects: [...subjects.filter(isNumber), ...subjects.filter((code) => !isNumber(code))],
  }
}

/** By the writer's name: the result of reading what the writer wrote. */
export const CARRIED: Record<string, (item: WireItem) => Carried> = {
  ninjs31: carriedByNinjs,
  ninjs22: carriedByNinjs,
  newsmlg2: (item) => carriedBy(IN_MARKUP, item),
  nitf36: carriedByNitf,
}

/** Articles have at most one mark of each kind on a run. */
export function withSingleMarks(item: WireItem): WireItem {
  return JSON.parse(JSON.stringify(item), (key, value: unknown) =>
    key === 'marks' ? [...new Map((value as Mark[]).map((mark) => [mark.type, mark])).values()] : value,
  ) as WireItem
}
