/** What all feeds say of one item. */
import type { Feed } from '../feed.ts'
import type { WireItem } from '../item.ts'
import { absoluteUri } from './addresses.ts'
import { blocksMarkup, escapeMarkup } from './markup.ts'
import { notice } from './notices.ts'
import { readersNote } from './outgoing.ts'

/** The whole story as HTML: what was corrected, pictures, body. */
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

/** In a few words: the standfirst, after what was corrected. */
export function entrySummary(item: WireItem): string {
  const note = readersNote(item)
  const correction = note === undefined ? [] : [`${notice('correction', item.language)}: ${note}`]
  return [...correction, item.standfirst].filter((each) => each !== '').join('\n')
}

/** Who wrote it; the newsroom where the story has no byline. */
export function entryAuthor({ byline, provider }: WireItem): string {
  return byline === '' ? provider : byline.replace(/^by\s+/i, '')
}

/** What stands in the place of a killed story, in a feed that cannot take an entry back. */
export function withdrawnTitle({ language, headline }: WireItem): string {
  return `${notice('withdrawn', language)}: ${headline}`
}
export function withdrawnText({ language, edNote }: WireItem): string {
  return [notice('withdrawnAtLength', language), edNote ?? ''].filter((each) => each !== '').join('\n')
}

/** The section and the keywords, each once. */
export function entryCategories({ section, keywords }: WireItem): string[] {
  return [...new Set([section ?? '', ...keywords])].filter((each) => each !== '')
}

/** An address that a feed may hold. Throws an Error for one that is none: feeds are made by the site, which knows its own. */
export function address(given: string): string {
  const uri = absoluteUri(given)
  if (uri === null) throw new Error(`${given} is not an absolute address. A feed needs one.`)
  return uri
}
