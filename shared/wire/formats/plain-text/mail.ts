/** Strips what a mail program puts around a story: header lines, quotation, signature. */
import { formWithoutAccents, withoutAccents } from '../../reading/accents.ts'
import { type LeftOut, leftOut } from '../../reading/read-item.ts'

export interface MailText {
  /** The text without the mail around it. */
  text: string
  /** The subject of the mail, without `Re:` and `Fwd:`. */
  subject?: string
  messageId?: string
  leftOut: LeftOut[]
}

const HEADER = formWithoutAccents(
  /^(from|to|cc|bcc|reply-to|sender|subject|date|sent|importance|attachments?|message-id|mime-version|content-[a-z-]+|received|return-path|x-[a-z-]+|από|προς|κοιν\.?|θέμα|ημερομηνία|στάλθηκε|αποστολέας|παραλήπτης|εστάλη)\s*:/iu,
)
const SUBJECT = formWithoutAccents(/^(?:subject|θέμα)$/iu)
const FROM = formWithoutAccents(/^(?:from|από|αποστολέας)$/iu)
const REPLY_MARKS = /^(?:\s?(?:re|fw|fwd|aw|απ|πρ|σχετ)\s?(?:\[\d{1,3}\])?\s?:)+\s*/iu
/** A separator between the top mail and the one below it. */
const FORWARDED = formWithoutAccents(
  /^(?:-{2,}\s*(?:original message|forwarded message|forwarded by .{1,80}|αρχικό μήνυμα|προωθημένο μήνυμα|προωθούμενο μήνυμα)\s*-{0,}|begin forwarded message:|αρχή προωθημένου μηνύματος:)\s*$/iu,
)
const WROTE = formWithoutAccents(
  /^(?:on\s.{5,120}\swrote|στις\s.{5,120}\sέγραψε|(?:ο|η|ο χρήστης)\s.{3,120}\sέγραψε)\s*:\s*$/iu,
)
const SIGNATURE = /^--\s?$/u

/** Strips the mail from a text. A text that is not a mail is returned unchanged. */
export function unwrapMail(text: string): MailText {
  const out: LeftOut[] = []
  const note = (reason: string, lines: readonly string[]) => {
    const left = leftOut(reason, lines.join('\n'))
    if (left !== undefined) out.push(left)
  }
  let lines = unquoted(text.split(/\r\n|[\n\r]/u))

  const mark = lines.findIndex((line) => FORWARDED.test(withoutAccents(line.trim())))
  if (mark !== -1) {
    // A few words above a forwarded mail are for the desk. A whole story above it is the story, and the rest is
    // history.
    const above = headerOf(lines.slice(0, mark)).rest
    if (above.join(' ').trim().length < 400) {
      note('the covering note above the forwarded mail', lines.slice(0, mark))
      lines = unquoted(lines.slice(mark + 1))
    } else {
      note('the mail that this one answers', lines.slice(mark))
      lines = lines.slice(0, mark)
    }
  }

  const found = headerOf(lines)
  note('the header of the mail', found.taken)
  lines = found.rest
  if (found.taken.length > 0) {
    note('quoted from the mail that this one answers', lines.filter(isQuoted))
    lines = lines.filter((line) => !isQuoted(line))
  }

  const wrote = lines.findIndex((line) => WROTE.test(withoutAccents(line.trim())))
  if (wrote !== -1) {
    note('the mail that this one answers', lines.slice(wrote))
    lines = lines.slice(0, wrote)
  }
  const signature = lines.findIndex((line) => SIGNATURE.test(line))
  if (signature !== -1) {
    note('the signature of the mail', lines.slice(signature + 1))
    lines = lines.slice(0, signature)
  }
  return { text: lines.join('\n'), ...found.header, leftOut: out }
}

const isQuoted = (line: string): boolean => line.startsWith('>')

/** Strips the `> ` from a mail that is quoted as a whole, as some programs forward it. */
function unquoted(lines: readonly string[]): string[] {
  const withWords = lines.filter((line) => line.trim() !== '')
  if (withWords.length === 0 || !withWords.every((line) => line.startsWith('>'))) return [...lines]
  return lines.map((line) => line.replace(/^>\s?/u, ''))
}

interface Header {
  subject?: string
  messageId?: string
}

/** Returns the header lines at the top: at least two, one of them a subject or a sender. */
function headerOf(lines: readonly string[]): { header: Header; taken: string[]; rest: string[] } {
  const none = { header: {}, taken: [], rest: [...lines] }
  let start = 0
  while (lines[start]?.trim() === '') start += 1
  const fields: { name: string; value: string }[] = []
  let end = start
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? ''
    const name = HEADER.exec(withoutAccents(line))?.[1]
    if (name !== undefined) fields.push({ name, value: line.slice(line.indexOf(':') + 1).trim() })
    // A long header continues in lines that begin with a blank.
    else if (/^[ \t]+\S/u.test(line) && fields.length > 0) fields.push({ name: '', value: line.trim() })
    else break
  }
  const names = fields.map(({ name }) => name)
  if (fields.length < 2 || !names.some((name) => SUBJECT.test(name) || FROM.test(name))) return none
  const subject =
    fields
      .find(({ name }) => SUBJECT.test(name))
      ?.value.replace(REPLY_MARKS, '')
      .trim() ?? ''
  const messageId =
    fields
      .find(({ name }) => /^message-id$/iu.test(name))
      ?.value.replace(/^<|>$/gu, '')
      .trim() ?? ''
  return {
    header: { ...(subject === '' ? {} : { subject }), ...(messageId === '' ? {} : { messageId }) },
    taken: lines.slice(start, end),
    rest: lines.slice(end),
  }
}
