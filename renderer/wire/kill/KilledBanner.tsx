import { useCallback } from 'react'
import type { Story } from '#shared/story/story.ts'
import type { Api } from '../../api/client.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { KillIcon } from '../../ui/icons.tsx'
import { longTime } from '../../ui/time-words.ts'
import styles from './KilledBanner.module.css'

export interface KilledBannerProps {
  api: Pick<Api, 'publications'>
  story: Pick<Story, 'id' | 'slug'>
}

/** Over the page of a killed story: that it is, since when, by whom and why. */
export function KilledBanner({ api, story: { id } }: KilledBannerProps) {
  const { value } = useAnswer(useCallback(() => api.publications(id), [api, id]))
  const kill = value?.find(({ kind }) => kind === 'kill')
  return (
    <div className={styles.banner} role="note" aria-label="Killed">
      <KillIcon />
      <div>
        <p className={styles.what}>
          <strong>Killed</strong>
          {kill !== undefined && ` by ${kill.publishedBy.name}, ${longTime(new Date(kill.publishedAt))}`}. It is
          withdrawn everywhere and cannot be published again.
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
