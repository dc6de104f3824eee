/**
 * A story as a page of its own, which search engines and aggregators read by its schema.org NewsArticle
 * (https://schema.org/NewsArticle) in JSON-LD. Every line of text finds its own direction (`dir="auto"`), so a Greek
 * headline over an Arabic quotation is set right.
 */
import { plainText } from '../../../article/text.ts'
import type { WireFormat, WireItem, WirePicture } from '../../item.ts'
import { wireText } from '../../wire-text.ts'
import { blocksMarkup, escapeMarkup } from '../markup.ts'
import { PAGE_STYLE } from './style.ts'

export const html: WireFormat = {
  name: 'html',
  label: 'HTML page',
  write: (item) => ({ extension: 'html', contentType: 'text/html; charset=utf-8', text: page(item) }),
}

const AUTO = ' dir="auto"'

function page(item: WireItem): string {
  const summary = item.standfirst === '' ? item.headline : item.standfirst
  return `<!doctype html>
<html lang="${escapeMarkup(item.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(item.headline)}</title>
<meta name="description" content="${escapeMarkup(summary)}">
<script type="application/ld+json">${jsonForScript(newsArticle(item))}</script>
<style>
${PAGE_STYLE}
</style>
</head>
<body>
<article${AUTO}>
<header>
${lines([
  text('p', 'section', item.section ?? ''),
  text('h1', 'headline', item.headline),
  text('p', 'standfirst', item.standfirst),
  text('p', 'byline', item.byline),
  text('p', 'dateline', item.dateline),
  `<p class="sent"><time datetime="${escapeMarkup(item.versionCreated)}">${escapeMarkup(readableTime(item))}</time></p>`,
])}
</header>
${lines(item.pictures.map(figure))}
<div class="body">
${blocksMarkup(item.body, AUTO)}
</div>
${text('footer', '', item.provider)}
</article>
</body>
</html>
`
}

function figure({ href, width, height, alt, caption, credit }: WirePicture): string {
  return `<figure>
<img src="${escapeMarkup(href)}" width="${width}" height="${height}" alt="${escapeMarkup(alt)}">
<figcaption>
${lines([text('p', 'caption', caption), text('p', 'credit', credit)])}
</figcaption>
</figure>`
}

/** An element that is there only when it has words. */
function text(element: string, name: string, words: string): string {
  if (words === '') return ''
  const attribute = name === '' ? '' : ` class="${name}"`
  return `<${element}${attribute}${AUTO}>${escapeMarkup(words)}</${element}>`
}

function lines(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n')
}

/** When it was sent, in the story's language, in UTC; in English for a language that nobody knows. */
function readableTime({ versionCreated, language }: WireItem): string {
  const style = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const
  let format
  try {
    format = new Intl.DateTimeFormat(language, style)
  } catch {
    format = new Intl.DateTimeFormat('en', style)
  }
  return `${format.format(new Date(versionCreated))} UTC`
}

function newsArticle(item: WireItem): object {
  const publisher = { '@type': 'NewsMediaOrganization', name: item.provider }
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': item.uri,
    headline: item.headline,
    ...(item.standfirst === '' ? {} : { description: item.standfirst }),
    articleBody: plainText(item.body),
    wordCount: item.words,
    inLanguage: item.language,
    datePublished: item.firstPublished,
    dateModified: item.versionCreated,
    version: item.version,
    author: item.byline === '' ? publisher : { '@type': 'Person', name: item.byline.replace(/^by\s+/i, '') },
    publisher,
    ...(item.section === undefined ? {} : { articleSection: item.section }),
    ...(item.keywords.length === 0 ? {} : { keywords: item.keywords }),
    ...(item.dateline === '' ? {} : { dateline: item.dateline }),
    ...(item.pictures.length === 0 ? {} : { image: item.pictures.map(imageObject) }),
  }
}

function imageObject({ href, width, height, type, alt, caption, credit }: WirePicture): object {
  return {
    '@type': 'ImageObject',
    contentUrl: href,
    encodingFormat: type,
    width,
    height,
    ...(alt === '' ? {} : { description: alt }),
    ...(caption === '' ? {} : { caption }),
    ...(credit === '' ? {} : { creditText: credit }),
  }
}

/**
 * JSON that can stand inside a script element: no `<`, so that neither `</script>` nor `<!--` can occur, and none of the
 * characters that no page can hold.
 */
function jsonForScript(value: object): string {
  const clean = (_key: string, each: unknown): unknown => (typeof each === 'string' ? wireText(each) : each)
  return JSON.stringify(value, clean).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
