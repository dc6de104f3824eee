/**
 * Reads a web page, or a fragment copied in a browser. A schema.org NewsArticle in JSON-LD provides headline, author,
 * times and id. The copy comes from the element that pages usually put it in; everything around that is left out.
 */
import { z } from 'zod'
import { readBlocks } from '../../reading/blocks.ts'
import { feedLine } from '../../reading/feed-entry.ts'
import { parseHtml, withoutHeadline } from '../../reading/html.ts'
import { emptyItem, outcomeOf, type ReadItem, ReadRefusal, type WireReader } from '../../reading/read-item.ts'
import {
  attribute,
  descendants,
  elementsOf,
  find,
  lineText,
  rawText,
  textOf,
  type TreeElement,
} from '../../reading/tree.ts'
import { isoTime, languageOf, told, versionOf } from '../../reading/values.ts'

export const htmlReader: WireReader = {
  name: 'html',
  label: 'HTML page, or a piece of one',
  detect: (text) => {
    const start = text.slice(0, 500)
    if (/^[\s\uFEFF]*(?:<!doctype html|<html)\b/iu.test(start)) return 0.9
    return /^[\s\uFEFF]*<(?:p|div|article|section|h[1-3]|main|meta|body|figure|ul|ol|blockquote)\b[^<]*>/iu.test(start)
      ? 0.6
      : 0
  },
  read: (text) => outcomeOf(text, (whole) => [readPage(whole)]),
}

function readPage(markup: string): ReadItem {
  const page: TreeElement = { name: '', attributes: {}, children: parseHtml(markup) }
  const about = newsArticle(page)
  const h1 = textOf(find(page, 'h1'))
  const headline = h1 ?? feedLine(about.headline ?? metaContent(page, 'og:title') ?? textOf(find(page, 'title')))
  const copy = copyOf(page)
  const { blocks, pictures, leftOut } = readBlocks(withoutHeadline(copy.children, headline))
  const byline = pageText(page, 'byline') ?? feedLine(authorOf(about.author))
  const around = copy === page || copy.name === 'body' ? [] : readBlocks(outside(page, copy)).pictures
  if (headline === '' && blocks.length === 0) {
    throw new ReadRefusal({ line: 1, message: 'There are no words of a story in this page.' })
  }
  return {
    ...emptyItem(),
    ...told({
      uri: about['@id'] ?? metaContent(page, 'og:url'),
      version: versionOf(about.version),
      firstPublished: isoTime(about.datePublished ?? metaContent(page, 'article:published_time')),
      versionCreated: isoTime(about.dateModified ?? about.datePublished ?? metaContent(page, 'article:modified_time')),
      language: languageOf(attribute(find(page, 'html'), 'lang') ?? about.inLanguage),
      section: pageText(page, 'section') ?? about.articleSection ?? metaContent(page, 'article:section'),
      standfirst: pageText(page, 'standfirst'),
      dateline: pageText(page, 'dateline'),
      byline,
      provider: feedLine(about.publisher?.name ?? metaContent(page, 'og:site_name')),
    }),
    headline,
    body: blocks,
    pictures: [...around, ...pictures],
    leftOut,
  }
}

const text = z.string().optional().catch(undefined)
const person = z.union([z.string().transform((name) => ({ name })), z.object({ name: text })])
const newsArticleSchema = z.object({
  '@id': text,
  headline: text,
  datePublished: text,
  dateModified: text,
  inLanguage: text,
  articleSection: text,
  version: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
  author: z
    .union([person, z.array(person)])
    .optional()
    .catch(undefined),
  publisher: person.optional().catch(undefined),
})
type NewsArticle = z.output<typeof newsArticleSchema>

/** Returns the page's NewsArticle; empty if it has none, or none that can be read. */
function newsArticle(page: TreeElement): NewsArticle {
  for (const script of descendants(page, 'script')) {
    if (attribute(script, 'type') !== 'application/ld+json') continue
    try {
      const json: unknown = JSON.parse(rawText(script))
      const each = [json]
        .flat()
        .flatMap((one: unknown) => [one, (one as { '@graph'?: unknown } | null)?.['@graph']].flat())
      const article = each.find((one) =>
        /Article"/u.test(JSON.stringify((one as { '@type'?: unknown } | null)?.['@type'] ?? '')),
      )
      const parsed = newsArticleSchema.safeParse(article)
      if (parsed.success) return parsed.data
    } catch {
      // Ignore a mistake in the page's JSON-LD: its copy is still there.
    }
  }
  return newsArticleSchema.parse({})
}

function authorOf(author: NewsArticle['author']): string {
  return [author ?? []]
    .flat()
    .flatMap(({ name }) => name ?? [])
    .join(', ')
}

/** Returns the content of a `meta` element by name or property. */
function metaContent(page: TreeElement, name: string): string | undefined {
  const metas = descendants(page, 'meta')
  return attribute(
    metas.find((meta) => attribute(meta, 'property') === name || attribute(meta, 'name') === name),
    'content',
  )
}

function withClass(element: TreeElement, test: RegExp): TreeElement | undefined {
  for (const each of elementsOf(element)) {
    if (test.test(attribute(each, 'class') ?? '') || test.test(attribute(each, 'itemprop') ?? '')) return each
    const found = withClass(each, test)
    if (found !== undefined) return found
  }
  return undefined
}

/** Returns the text of the element with this class. */
function pageText(page: TreeElement, name: string): string | undefined {
  const words = lineText(withClass(page, new RegExp(`(?:^|\\s)(?:article-|entry-|story-)?${name}(?:\\s|$)`, 'iu')))
  return words === '' || words.length > 1_000 ? undefined : words
}

/** Returns the element with the copy: by the usual class names, else the article, the main element, or the body. */
function copyOf(page: TreeElement): TreeElement {
  const named = withClass(
    page,
    /(?:^|\s)(?:articleBody|(?:article|entry|story|post)-(?:body|content|text)|body)(?:\s|$)/u,
  )
  return named ?? find(page, 'article') ?? find(page, 'main') ?? find(page, 'body') ?? page
}

/** Returns the figures of the article outside the copy, such as the main picture above it. */
function outside(page: TreeElement, copy: TreeElement): TreeElement[] {
  const article = find(page, 'article')
  const figuresIn = (element: TreeElement): TreeElement[] =>
    elementsOf(element).flatMap((each) => (each === copy ? [] : each.name === 'figure' ? [each] : figuresIn(each)))
  return article === undefined || article === copy ? [] : figuresIn(article)
}
