/**
 * What readers see of the newsroom, each page and feed rendered once for the newest publication. All of it is dropped when
 * a story is published or killed; a page also when an embargo that it depends on ends.
 */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { type Feed, feedEntries } from '#shared/wire/feed.ts'
import { FEEDS, findFormat } from '#shared/wire/formats/index.ts'
import { escapeMarkup } from '#shared/wire/formats/markup.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { refuse } from '../refusal.ts'
import { readLanguage, type Settings } from '../settings.ts'
import type { Database } from '../store/schema.ts'
import { itemsOfStory, newestPublication, recentItems } from '../wire/published-items.ts'
import { tagOf } from './entity-tag.ts'

export const PUBLIC_PATH = '/public'
/** The feeds, by file name. */
export const FEED_FILES = {
  'feed.rss': 'rss',
  'feed.atom': 'atom',
  'feed.json': 'json-feed',
  'sitemap.xml': 'news-sitemap',
} as const
export type FeedFile = keyof typeof FEED_FILES

/** How often the database is asked whether another server has published, or the language was changed. */
const CHECK_MS = 1000
const MOST_PAGES = 1000
const MOST_CHARACTERS = 8 * 1024 * 1024
/** A page is kept ready to send under this many addresses of the server. */
const MOST_ORIGINS = 4

export interface PublicPage {
  status: 200 | 410
  contentType: string
  tag: string
  /** When it last changed, in milliseconds since 1970. */
  changed: number
  /** The pictures that it shows: their media ids, by file name. */
  pictures: ReadonlyMap<string, string>
  /** Returns the page as it is served from this address. */
  under: (origin: string) => Buffer
}

export interface PublicPages {
  home(): Promise<PublicPage>
  feed(file: FeedFile): Promise<PublicPage>
  /** Refuses with `page-not-found`. */
  story(id: string): Promise<PublicPage>
  /** Something was published or killed. */
  drop(): void
}

interface Rendered {
  status?: 410
  text: string
  contentType: string
  changed: number
  /** When an embargo ends that changes it; Infinity if none does. */
  until: number
  pictures?: ReadonlyMap<string, string>
}
interface Kept {
  page: Promise<PublicPage>
  until: number
  characters: number
}

const GONE = '<!doctype html><meta charset="utf-8"><title>Withdrawn</title><h1>This story has been withdrawn.</h1>'

const storyIdOf = ({ uri }: WireItem): string => uri.replace('urn:uuid:', '')

export function createPublicPages(
  db: Kysely<Database>,
  settings: Pick<Settings, 'name'>,
  now: () => number = Date.now,
): PublicPages {
  /** Stands for the server's address in what is kept. No story can have it. */
  const placeholder = `https://${randomUUID()}.invalid`
  const home = `${placeholder}${PUBLIC_PATH}/`
  /** The last used last. */
  const pages = new Map<string, Kept>()
  let characters = 0
  let recent: Promise<WireItem[]> | null = null
  let checkedAt = -Infinity
  let newest: string | null = null

  function drop(): void {
    pages.clear()
    characters = 0
    recent = null
  }

  /** Drops everything if the database has changed without an event. */
  async function check(): Promise<void> {
    if (now() - checkedAt < CHECK_MS) return
    checkedAt = now()
    const found = `${await newestPublication(db)} ${await readLanguage(db)}`
    if (newest !== null && found !== newest) drop()
    newest = found
  }

  function forget(key: string): void {
    characters -= pages.get(key)?.characters ?? 0
    pages.delete(key)
  }

  async function get(key: string, render: () => Promise<Rendered>): Promise<PublicPage> {
    await check()
    const known = pages.get(key)
    if (known !== undefined && known.until > now()) {
      pages.delete(key)
      pages.set(key, known)
      return known.page
    }
    forget(key)
    // Until it is known what it depends on, it is shared by those who come meanwhile.
    const kept: Kept = { page: render().then(complete), until: Infinity, characters: 0 }
    pages.set(key, kept)

    function complete({ until, ...rendered }: Rendered): PublicPage {
      if (pages.get(key) === kept) {
        kept.until = until
        kept.characters = rendered.text.length
        characters += kept.characters
        for (const oldest of pages.keys()) {
          if (pages.size <= MOST_PAGES && characters <= MOST_CHARACTERS) break
          forget(oldest)
        }
      }
      return toPage(rendered, placeholder)
    }
    try {
      return await kept.page
    } catch (error) {
      if (pages.get(key) === kept) forget(key)
      throw error
    }
  }

  async function readFeed(file: string): Promise<Feed> {
    recent ??= recentItems(db)
    const reading = recent
    reading.catch(() => {
      if (recent === reading) recent = null
    })
    const items = await reading
    const time = new Date(now()).toISOString()
    const { live } = feedEntries({ items, time })
    const shownBy = new Map(live.flatMap((item) => item.pictures.map(({ href }) => [href, storyIdOf(item)])))
    return {
      title: settings.name,
      description: '',
      language: await readLanguage(db),
      home,
      self: `${home}${file}`,
      time,
      items,
      pageOf: (item) => `${home}${storyIdOf(item)}/`,
      pictureOf: ({ href }) => `${home}${shownBy.get(href) ?? ''}/${encodeURIComponent(href)}`,
    }
  }

  return {
    home: () =>
      get('', async () => {
        const feed = await readFeed('')
        const { live } = feedEntries(feed)
        const entries = live.map(
          (item) =>
            `<li lang="${escapeMarkup(item.language)}"><a href="${storyIdOf(item)}/" dir="auto">${escapeMarkup(item.headline)}</a></li>`,
        )
        const name = escapeMarkup(settings.name)
        const text =
          `<!doctype html><html lang="${escapeMarkup(feed.language)}"><meta charset="utf-8"><title>${name}</title>` +
          '<link rel="alternate" type="application/atom+xml" href="feed.atom">' +
          `<h1>${name}</h1><ul>${entries.join('')}</ul></html>\n`
        return { text, contentType: 'text/html; charset=utf-8', ...timesOf(feed) }
      }),

    feed: (file) =>
      get(file, async () => {
        const format = FEEDS.find(({ name }) => name === FEED_FILES[file])
        if (format === undefined) throw new Error(`No format writes the feed ${file}`)
        const feed = await readFeed(file)
        return { text: format.write(feed), contentType: format.contentType, ...timesOf(feed) }
      }),

    story: (id) =>
      get(`${id}/`, async () => {
        const feed = { items: await itemsOfStory(db, id), time: new Date(now()).toISOString() }
        const { live, killed } = feedEntries(feed)
        const times = timesOf(feed)
        if (killed.length > 0) return { status: 410, text: GONE, contentType: 'text/html; charset=utf-8', ...times }
        const [item] = live
        if (item === undefined) throw refuse('page-not-found')
        const page = findFormat('html')?.write(item)
        if (page === undefined) throw new Error('The format html is missing')
        const pictures = new Map(item.pictures.map(({ href, mediaId }) => [href, mediaId]))
        return { ...page, ...times, changed: Date.parse(item.versionCreated), pictures }
      }),

    drop,
  }
}

/**
 * Returns when anything was last published, removed or released, and when the next embargo ends. A removed item is not
 * shown, but its removal changed the page.
 */
function timesOf({ items, time }: Pick<Feed, 'items' | 'time'>): Pick<Rendered, 'changed' | 'until'> {
  const now = Date.parse(time)
  let [changed, until] = [0, Infinity]
  for (const { versionCreated, embargo } of items) {
    for (const at of [Date.parse(versionCreated), Date.parse(embargo ?? versionCreated)]) {
      if (at <= now) changed = Math.max(changed, at)
      else until = Math.min(until, at)
    }
  }
  return { changed, until }
}

function toPage(rendered: Omit<Rendered, 'until'>, placeholder: string): PublicPage {
  const { status = 200, text, contentType, changed, pictures = new Map<string, string>() } = rendered
  const bodies = new Map<string, Buffer>()
  return {
    status,
    contentType,
    // The placeholder is another one in each process.
    tag: tagOf(text.replaceAll(placeholder, '')),
    changed,
    pictures,
    under(origin) {
      const known = bodies.get(origin)
      if (known !== undefined) return known
      const body = Buffer.from(text.replaceAll(placeholder, origin))
      if (bodies.size >= MOST_ORIGINS) bodies.clear()
      bodies.set(origin, body)
      return body
    },
  }
}
