import type { Article, Block, Inline } from '../article/article.ts'
import { articleWords, plainText } from '../article/text.ts'
import type { WireItem, WirePicture, WireRights } from './item.ts'
import { pictureFileName } from './picture-file.ts'
import { wireLine, wireText } from './wire-text.ts'

/** The data of a wire item that is not in the article. */
export interface Sending {
  storyId: string
  slug: string
  language: string
  version: number
  kind: WireItem['kind']
  /** ISO 8601. */
  firstPublished: string
  versionCreated: string
  provider: string
  edNote?: string
  /** ISO 8601. */
  embargo?: string
  withheld?: true
}

/**
 * Returns the wire item of an article. Figures without a picture are left out; the publish checks refuse them earlier.
 */
export function wireItem(article: Article, sending: Sending): WireItem {
  const { section, keywords, subjects, urgency, genre, place, datelineDate, rights, related } = article.meta
  return {
    uri: `urn:uuid:${sending.storyId}`,
    version: sending.version,
    kind: sending.kind,
    ...(sending.edNote === undefined ? {} : { edNote: wireText(sending.edNote) }),
    ...(sending.embargo === undefined ? {} : { embargo: sending.embargo }),
    ...(sending.withheld === undefined ? {} : { withheld: sending.withheld }),
    firstPublished: sending.firstPublished,
    versionCreated: sending.versionCreated,
    language: sending.language,
    slug: wireLine(sending.slug),
    ...(section === undefined ? {} : { section: wireLine(section) }),
    ...(genre === undefined ? {} : { genre }),
    keywords: (keywords ?? []).map(wireLine).filter((keyword) => keyword !== ''),
    subjects: subjects ?? [],
    ...(urgency === undefined ? {} : { urgency }),
    headline: wireLine(plainText(article.headline)),
    standfirst: wireText(plainText(article.standfirst)),
    byline: wireLine(plainText(article.byline)),
    dateline: wireLine(plainText(article.dateline)),
    ...(place === undefined ? {} : { place: wireLine(place) }),
    ...(datelineDate === undefined ? {} : { datelineDate }),
    body: article.body.map(wireBlock),
    words: articleWords(article),
    pictures: article.figures.flatMap((figure): WirePicture[] => {
      if (figure.picture === null) return []
      const { mediaId, type, width, height, alt } = figure.picture
      return [
        {
          mediaId,
          href: pictureFileName(mediaId, type),
          type,
          width,
          height,
          alt: wireLine(alt),
          caption: wireText(plainText(figure.caption)),
          credit: wireLine(plainText(figure.credit)),
        },
      ]
    }),
    provider: wireLine(sending.provider),
    ...(rights === undefined ? {} : { rights: wireRights(rights) }),
    ...(related === undefined
      ? {}
      : { related: related.map(({ uri, title }) => ({ uri: wireLine(uri), title: wireLine(title) })) }),
  }
}

function wireRights({ holder, notice, usage }: WireRights): WireRights {
  return {
    ...(holder === undefined ? {} : { holder: wireLine(holder) }),
    ...(notice === undefined ? {} : { notice: wireLine(notice) }),
    ...(usage === undefined ? {} : { usage: wireLine(usage) }),
  }
}

function wireBlock(block: Block): Block {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return { ...block, content: block.content.map(wireInline) }
    case 'blockquote':
      return { ...block, content: block.content.map(wireBlock) }
    case 'bulletList':
    case 'orderedList':
      return { ...block, items: block.items.map((item) => item.map(wireBlock)) }
  }
}

function wireInline(inline: Inline): Inline {
  return inline.type === 'text' ? { ...inline, text: wireText(inline.text) } : inline
}
