import type { ReactNode } from 'react'
import type { Story } from '#shared/story/story.ts'
import type { Api } from '../../api/client.ts'
import type { Feed } from '../../newsroom/feed.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { KillIcon } from '../../ui/icons.tsx'
import { receivedWords } from '../delivery-words.ts'
import { usePublications } from '../publications.ts'
import styles from './KilledBanner.module.css'

const bold = (inside: ReactNode) => <strong>{inside}</strong>

export interface KilledBannerProps {
  api: Pick<Api, 'publications'>
  feed: Pick<Feed, 'state' | 'onEvent'>
  story: Pick<Story, 'id'>
}

/** Above a killed story: when, by whom and why it was killed, and who has received the kill. */
export function KilledBanner({ api, feed, story: { id } }: KilledBannerProps) {
  const { t, rich, format } = useMessages()
  const { list } = usePublications(api, feed, id)
  const kill = list?.find(({ kind }) => kind === 'kill')
  return (
    <div className={styles.banner} role="note" aria-label={t('wire.killed')}>
      <KillIcon />
      <div>
        <p className={styles.what}>
          {kill === undefined
            ? rich('wire.killed.banner', { b: bold })
            : rich('wire.killed.banner-by', {
                b: bold,
                name: kill.publishedBy.name,
                time: format.longTime(new Date(kill.publishedAt)),
                received: receivedWords(kill.deliveries, 'kill', { t }),
              })}
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
