/**
 * ANPA 1312, the American sibling of IPTC 7901:
 *
 *     SYN SYN SOH service(1 letter) number(4 digits) US selectors CR LF
 *     priority(1 letter) SP category(1 letter) format(2 control characters) SP keyword SP month-day words CR LF
 *     STX text ETX service-city-month-day-year time CR LF EOT
 *
 * In the text, a centred line (headline, byline) begins with `^` and ends with `<`. A paragraph begins with a tab.
 */
import { isByline } from '../../reading/byline.ts'
import { emptyItem, outcomeOf, type ReadItem, ReadRefusal, type WireReader } from '../../reading/read-item.ts'
import { isoTime, told, wholeNumber } from '../../reading/values.ts'
import { wireText } from '../../wire-text.ts'
import { readParagraphs, agencyParagraphs, TOPICS, unmarked } from './read.ts'
import { ETX, SOH, STX } from './write.ts'

// oxlint-disable-next-line no-control-regex -- the format uses control characters
const SERVICE = /^[\s\u0016]*\u0001([a-z])(\d{3,4})[\u001f\u0000 ]([\w-]*)/iu
const STORY =
  // oxlint-disable-next-line no-control-regex -- the format uses control characters
  /^[ \t]*([a-z]) ([a-z])[ \u0011-\u0014]{0,3} ?([^\u0002\r\n]*?)(?: +(\d{1,2})-(\d{1,2}))?(?: +(\d{1,5}))?[ \t]*$/imu

/** The priorities flash, bulletin, urgent, regular and so on, as IPTC urgencies. */
const URGENCIES: Readonly<Record<string, number>> = { f: 1, b: 2, u: 3, r: 4, d: 5, a: 6, s: 6, w: 7, z: 7 }

export const anpa1312Reader: WireReader = {
  name: 'anpa1312',
  label: 'ANPA 1312',
  detect: (text) => (SERVICE.test(text.slice(0, 200)) ? 0.95 : 0),
  read: (text) => outcomeOf(text, (whole) => messagesIn(whole).map(readMessage)),
}

function messagesIn(text: string): string[] {
  const messages = text
    .split(SOH)
    .slice(1)
    .map((message) => SOH + message)
  const found = messages.filter((message) => message.includes(STX))
  if (found.length > 0) return found
  throw new ReadRefusal({
    line: 1,
    message: 'There is no message in it: a message of ANPA 1312 begins with SOH and has its text behind STX.',
  })
}

function readMessage(message: string): ReadItem {
  const service = SERVICE.exec(message)
  const start = message.indexOf(STX)
  const header = message.slice(service?.[0].length ?? 1, start).slice(0, 500)
  const [, priority = '', category = '', keyword = '', , , words] =
    STORY.exec(header.replace(/^[^\r\n]*[\r\n]+/u, '')) ?? []
  const end = message.includes(ETX) ? message.indexOf(ETX) : message.length
  const item: ReadItem = {
    ...emptyItem(),
    ...told({
      urgency: URGENCIES[priority.toLowerCase()],
      words: wholeNumber(words, 0, 100_000),
      versionCreated: sentTime(message.slice(end + 1)),
    }),
  }
  const topic = TOPICS[category.toLowerCase()]
  if (topic !== undefined) item.subjects = [topic]
  const slug = keyword.replace(/^(?:am|pm|bc|ap)-(?=.)/iu, '').trim()
  if (slug !== '') item.slug = slug
  readText(message.slice(start + 1, end), item)
  if (item.headline === '' && item.body.length === 0) {
    throw new ReadRefusal({ line: 1, message: 'There is no text between STX and ETX in this message.' })
  }
  return item
}

/**
 * Reads the text. Centred lines above the story are headline, byline and notes; without them, the first line is the
 * headline.
 */
function readText(text: string, item: ReadItem): void {
  // Tabs and blanks have their own control characters here (BS and DLE).
  // oxlint-disable-next-line no-control-regex -- the format uses control characters
  const lines = withQuotes(wireText(text.replace(/\u0008/gu, '\t').replace(/\u0010/gu, ' '))).split('\n')
  const isCentred = (line: string) => line.startsWith('^')
  const paragraphs = agencyParagraphs(lines.filter((line) => !isCentred(line)).map(bare))
  // A wire's own code for the story may come first: `AP-XX--Slug`.
  const centred = lines
    .filter(isCentred)
    .map((line) => bare(line).trim())
    .filter((line) => line !== '' && !/^[A-Z]{2}-[A-Z]{2}--/u.test(line))
  item.headline = centred[0] ?? paragraphs.shift() ?? ''
  readParagraphs(paragraphs, item)
  const byline = centred.slice(1).find((line) => isByline(line))
  const note = centred.find((line) => /^(?:editor[’']?s note|eds:)/iu.test(line))
  Object.assign(item, told({ byline, edNote: note }))
  for (const line of centred.slice(1)) {
    if (line !== byline && line !== note) item.leftOut.push({ reason: 'in the middle above the text', text: line })
  }
}

/** Converts a teleprinter's quotation marks. */
function withQuotes(text: string): string {
  return text.replace(/``/gu, '“').replace(/''/gu, '”')
}

/** Strips the typesetting marks from both ends of a line. */
const bare = (line: string) => unmarked(line).replace(/^\^+/u, '')

/** The time zones that North American wires name, with their offsets from UTC. */
const ZONES: Readonly<Record<string, string>> = {
  ...{ gmt: 'Z', utc: 'Z', est: '-05:00', edt: '-04:00', cst: '-06:00', cdt: '-05:00' },
  ...{ mst: '-07:00', mdt: '-06:00', pst: '-08:00', pdt: '-07:00' },
}

/** `AP-NY-11-22-26 2000GMT` */
function sentTime(trailer: string): string | undefined {
  const [, month = '', day = '', year = '', hour = '', minute = '', zone = ''] =
    /(\d{1,2})-(\d{1,2})-(\d{2}) (\d{2})(\d{2})(gmt|utc|[ecmp][sd]t)/iu.exec(trailer) ?? []
  const offset = ZONES[zone.toLowerCase()] ?? ''
  return isoTime(`20${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${hour}:${minute}${offset}`)
}
