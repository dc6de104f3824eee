import type { StorySource } from '#shared/protocol/http.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Facts } from '../../ui/Facts.tsx'
import { sourceOf } from './source-words.ts'
import styles from './SourceFacts.module.css'

export interface SourceFactsProps {
  source: StorySource
  /** Returns the link to the item that became the story; null if there is none from here. */
  itemLink?: ((itemId: string) => string) | null
}

/** The source of a story: the sender, the item's id and version, its note and its embargo. */
export function SourceFacts({ source: { taken, newest }, itemLink = null }: SourceFactsProps) {
  const messages = useMessages()
  const { t, format } = messages
  const { uri, version } = taken
  const { embargo, withheld } = newest
  // A later version without a note does not withdraw the earlier note.
  const edNote = newest.edNote ?? taken.edNote
  return (
    <Facts>
      <dt>{t('intake.origin.from')}</dt>
      <dd>
        {itemLink === null ? (
          sourceOf(messages, taken)
        ) : (
          <a className={styles.link} href={itemLink(taken.id)}>
            {sourceOf(messages, taken)}
          </a>
        )}
      </dd>
      {uri !== null && (
        <>
          <dt>{t('intake.origin.item')}</dt>
          <dd>{version === null ? uri : t('intake.origin.item-version', { uri, version })}</dd>
        </>
      )}
      <dt>{t('intake.origin.received')}</dt>
      <dd>{format.longTime(new Date(taken.receivedAt))}</dd>
      {embargo !== null && (
        <>
          <dt>{t('intake.origin.embargo')}</dt>
          <dd>{format.longTime(new Date(embargo))}</dd>
        </>
      )}
      {withheld && (
        <>
          <dt>{t('intake.origin.hold')}</dt>
          <dd>{t('intake.origin.hold.explanation')}</dd>
        </>
      )}
      {edNote !== null && (
        <>
          <dt>{t('intake.origin.editors-note')}</dt>
          <dd className={styles.note} dir="auto">
            {edNote}
          </dd>
        </>
      )}
    </Facts>
  )
}
