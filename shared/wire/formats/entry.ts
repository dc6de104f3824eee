/** The parts of an entry that all feed formats share. */
import type { Feed } from '../feed.ts'
import type { WireItem } from '../item.ts'
import { absoluteUri } from './addresses.ts'
import { blocksMarkup, escapeMarkup } from './markup.ts'
import { notice } from './notices.ts'
import { readersNote } from './outgoing.ts'

/** Returns the whole story as HTML: correction note, pictures, body. */
export function entryMarkup(item: WireItem, { pictureOf }: Pick<Feed, 'pictureOf'>): string {
  const note = readersNote(item)
  const label = escapeMarkup(notice('correction', item.language))
  const pictures = pictureOf === undefined ? [] : item.pictures
  return [
    ...(note === undefined ? [] : [`<p><strong>${label}:</strong> ${escapeMarkup(note)}</p>`]),
    ...pictures.map(({ caption, credit, alt, ...picture }) => {
      const source = escapeMarkup(pictureOf?.({ caption, credit, alt, ...picture }) ?? '')
      const words = [caption, credit].filter((each) => each !== '').map((each) => `<p>${escapeMarkup(each)}</p>`)
      return `<figure><img src="${source}" alt="${escapeMarkup(alt)}"/><figcaption>${words.join('')}</figcaption></figure>`
    }),
    blocksMarkup(item.body),
  ].join('\n')
}

/** Returns the summary: the correction note and the standfirst. */
export function entrySummary(item: WireItem): string {
  const note = readersNote(item)
  const correction = note === undefined ? [] : [`${notice('correction', item.language)}: ${note}`]
  return [...correction, item.standfirst].filter((each) => each !== '').join('\n')
}

/** Returns the author: the byline without "By", or the newsroom if there is no byline. */
export function entryAuthor({ byline, provider }: WireItem): string {
  return byline === '' ? provider : byline.replace(/^by\s+/i, '')
}

/** Returns the title that replaces a killed story's in a feed that cannot withdraw an entry. */
export function withdrawnTitle({ language, headline }: WireItem): string {
  return `${notice('withdrawn', language)}: ${headline}`
}
export function withdrawnText({ language, edNote }: WireItem): string {
  return [notice('withdrawnAtLength', language), edNote ?? ''].filter((each) => each !== '').join('\n')
}

/** Returns the section and the keywords, without duplicates. */
export function entryCategories({ section, keywords }: WireItem): string[] {
  return [...new Set([section ?? '', ...keywords])].filter((each) => each !== '')
}

/**
 * Returns an address as a URI. Throws an Error if it is not absolute: the site builds its feeds from its own addresses.
 */
export function address(given: string): string {
  const uri = absoluteUri(given)
  if (uri === null) throw new Error(`${given} is not an absolute address. A feed needs one.`)
  return uri
}
