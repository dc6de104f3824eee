import type { StorySource } from '#shared/protocol/http.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { classes } from '../../ui/classes.ts'
import { WarningIcon } from '../../ui/icons.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './SourceBanner.module.css'
import { senderOf, sourceWarnings } from './source-words.ts'

export interface SourceBannerProps {
  source: StorySource
  /** Returns the link to the latest item; null for people who do not use the intake. */
  itemLink: ((itemId: string) => string) | null
}

/** Above a story from another source: its embargo, and whether the source has changed or killed it since. */
export function SourceBanner({ source, itemLink }: SourceBannerProps) {
  const messages = useMessages()
  const { t } = messages
  const warnings = sourceWarnings(messages, source, useNow())
  if (warnings.length === 0) return null
  const { id, edNote } = source.newest
  const grave = warnings.some((warning) => warning.grave)
  return (
    <div className={classes(styles.banner, grave && styles.grave)} role="note" aria-label={t('intake.origin')}>
      <WarningIcon />
      <div className={styles.words}>
        {warnings.map(({ text }) => (
          <p key={text}>{text}</p>
        ))}
        {edNote !== null && (
          <p className={styles.note} dir="auto">
            {t('intake.origin.note', { who: senderOf(messages, source.newest), note: edNote })}
          </p>
        )}
      </div>
      {itemLink !== null && (
        <a className={styles.link} href={itemLink(id)}>
          {t('intake.origin.open-item')}
        </a>
      )}
    </div>
  )
}
