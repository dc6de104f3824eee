import type { Story } from '#shared/story/story.ts'
import type { Api } from '../../api/client.ts'
import type { Feed } from '../../newsroom/feed.ts'
import { KillIcon } from '../../ui/icons.tsx'
import { longTime } from '../../ui/time-words.ts'
import { receivedWords } from '../delivery-words.ts'
import { usePublications } from '../publications.ts'
import styles from './KilledBanner.module.css'

export interface KilledBannerProps {
  api: Pick<Api, 'publications'>
  feed: Pick<Feed, 'state' | 'onEvent'>
  story: Pick<Story, 'id'>
}

/** Above a killed story: when, by whom and why it was killed, and who has received the kill. */
export function KilledBanner({ api, feed, story: { id } }: KilledBannerProps) {
  const { list } = usePublications(api, feed, id)
  const kill = list?.find(({ kind }) => kind === 'kill')
  return (
    <div className={styles.banner} role="note" aria-label="Killed">
      <KillIcon />
      <div>
        <p className={styles.what}>
          <strong>Killed</strong>
          {kill !== undefined && ` by ${kill.publishedBy.name}, ${longTime(new Date(kill.publishedAt))}`}. It cannot be
          published again.{kill !== undefined && ` ${receivedWords(kill.deliveries, 'the kill')}`}
        </p>
        {kill?.edNote != null && (
          <p className={styles.reason} dir="auto">
            {kill.edNote}
          </p>
        )}
      </div>
    </div>
  )
}
