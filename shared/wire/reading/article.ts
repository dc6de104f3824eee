/** A read item as an article, so that it can become a story. */
import type { Article, Paragraph, StoryMeta } from '../../article/article.ts'
import { wireText } from '../wire-text.ts'
import type { ReadItem, ReadPicture } from './read-item.ts'

/**
 * The article of a read item. Its figures have captions and credits and no pictures: those have to be fetched, by
 * somebody who may, or dragged in.
 *
 * @param newId - makes the figures' ids
 */
export function articleOf(item: ReadItem, newId: () => string): Article {
  return {
    headline: paragraphs(item.headline),
    standfirst: paragraphs(item.standfirst ?? ''),
    byline: paragraphs(item.byline ?? ''),
    dateline: paragraphs(item.dateline ?? ''),
    figures: item.pictures.map((picture) => ({
      id: newId(),
      picture: null,
      caption: paragraphs(captionOf(picture)),
      credit: paragraphs(picture.credit),
    })),
    body: item.body,
    meta: metaOf(item),
  }
}

/** What is known of a picture that says nothing else is what it shows to those who cannot see it. */
export function captionOf({ caption, alt }: ReadPicture): string {
  return caption === '' ? alt : caption
}

/** Text as paragraphs without formats, a line each. */
export function paragraphs(text: string): Paragraph[] {
  return wireText(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => ({ type: 'paragraph', content: [{ type: 'text', text: line, marks: [] }] }))
}

function metaOf(item: ReadItem): StoryMeta {
  const { slug, section, keywords, subjects, urgency, language, genre, place, datelineDate, rights, related } = item
  const given = {
    slug,
    section,
    keywords: keywords.length === 0 ? undefined : keywords,
    subjects: subjects.length === 0 ? undefined : subjects,
    urgency,
    language,
    genre,
    place,
    datelineDate,
    rights,
    related: related?.length === 0 ? undefined : related,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''))
}
