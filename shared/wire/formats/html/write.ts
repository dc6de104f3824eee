/**
 * Writes a story as a standalone page. Search engines and aggregators read its NewsArticle in JSON-LD. Every line of
 * text finds its own direction (`dir="auto"`), so a Greek headline over an Arabic quotation is set correctly.
 *
 * A correction starts with its correction note. A page that readers must not see (killed, withheld or under embargo)
 * says so in its first line and to search engines. The page of a kill has only the story's headline.
 */
import type { RelatedItem, WireItem, WirePicture } from '../../item.ts'
import { isStoryLink } from '../../../article/links.ts'
import { absoluteUri } from '../addresses.ts'
import { blocksMarkup, escapeMarkup } from '../markup.ts'
import { notice } from '../notices.ts'
import { embargoAhead, readersNote } from '../outgoing.ts'
import { wireFormat } from '../wire-format.ts'
import { jsonForScript, newsArticle } from './json-ld.ts'
import { PAGE_STYLE } from './style.ts'

export const html = wireFormat({
  name: 'html',
  label: 'HTML page',
  extension: 'html',
  contentType: 'text/html; charset=utf-8',
  text: page,
})

const AUTO = ' dir="auto"'

function page(item: WireItem): string {
  const summary = item.standfirst === '' ? item.headline : item.standfirst
  const closed = notForReaders(item)
  return `<!doctype html>
<html lang="${escapeMarkup(item.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(item.headline)}</title>
<meta name="description" content="${escapeMarkup(summary)}">
${closed === undefined ? '' : '<meta name="robots" content="noindex">\n'}<script type="application/ld+json">${jsonForScript(newsArticle(item))}</script>
<style>
${PAGE_STYLE}
</style>
</head>
<body>
<article${AUTO}>
<header>
${lines([
  text('p', 'notice', closed ?? ''),
  text('p', 'section', item.section ?? ''),
  text('h1', 'headline', item.headline),
  text('p', 'standfirst', item.standfirst),
  text('p', 'byline', item.byline),
  text('p', 'dateline', item.dateline),
  `<p class="sent"><time datetime="${escapeMarkup(item.versionCreated)}">${escapeMarkup(readableTime(item.versionCreated, item.language))}</time></p>`,
])}
</header>
${lines([
  note(item),
  ...item.pictures.map(figure),
  item.kind === 'kill' ? '' : `<div class="body">\n${blocksMarkup(item.body, AUTO)}\n</div>`,
  related(item),
  text('p', 'rights', Object.values(item.rights ?? {}).join(' · ')),
])}
${text('footer', '', item.provider)}
</article>
</body>
</html>
`
}

/** Returns the first line of a page that readers must not see, or not yet. */
function notForReaders(item: WireItem): string | undefined {
  const { kind, withheld, language } = item
  if (kind === 'kill') return notice('withdrawnAtLength', language)
  if (withheld === true) return notice('withheld', language)
  const embargo = embargoAhead(item)
  return embargo === undefined ? undefined : `${notice('embargoed', language)} ${readableTime(embargo, language)}`
}

/** Returns the note for readers of a correction, or for receivers of a kill. */
function note(item: WireItem): string {
  const { kind, edNote, language } = item
  const words = kind === 'kill' ? edNote : readersNote(item)
  if (words === undefined) return ''
  const label = notice(kind === 'kill' ? 'withdrawn' : 'correction', language)
  return `<aside class="note"${AUTO}>\n<h2>${escapeMarkup(label)}</h2>\n${text('p', 'note-text', words)}\n</aside>`
}

function related({ related, language }: WireItem): string {
  if (related === undefined) return ''
  const items = related.map(relatedItem).join('\n')
  return `<nav class="related">\n<h2>${escapeMarkup(notice('related', language))}</h2>\n<ul>\n${items}\n</ul>\n</nav>`
}

/** Returns a link if a browser can follow it. Another wire item is only named. */
function relatedItem({ uri, title }: RelatedItem): string {
  const words = escapeMarkup(title)
  const address = absoluteUri(uri)
  if (!isStoryLink(address)) return `<li${AUTO}>${words}</li>`
  return `<li${AUTO}><a href="${escapeMarkup(address)}">${words}</a></li>`
}

function figure({ href, width, height, alt, caption, credit }: WirePicture): string {
  return `<figure>
<img src="${escapeMarkup(href)}" width="${width}" height="${height}" alt="${escapeMarkup(alt)}">
<figcaption>
${lines([text('p', 'caption', caption), text('p', 'credit', credit)])}
</figcaption>
</figure>`
}

/** Returns an element, or nothing if it has no text. */
function text(element: string, name: string, words: string): string {
  if (words === '') return ''
  const attribute = name === '' ? '' : ` class="${name}"`
  return `<${element}${attribute}${AUTO}>${escapeMarkup(words)}</${element}>`
}

function lines(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n')
}

/** Returns a time for readers, in UTC and in the story's language; in English for an unknown language. */
function readableTime(time: string, language: string): string {
  const style = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const
  let format
  try {
    format = new Intl.DateTimeFormat(language, style)
  } catch {
    format = new Intl.DateTimeFormat('en', style)
  }
  return `${format.format(new Date(time))} UTC`
}
