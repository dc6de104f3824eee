import type { StorySource } from '#shared/protocol/http.ts'
import { Facts } from '../../ui/Facts.tsx'
import { longTime } from '../../ui/time-words.ts'
import { sourceOf } from './source-words.ts'
import styles from './SourceFacts.module.css'

export interface SourceFactsProps {
  source: StorySource
  /** Returns the link to the item that became the story; null if there is none from here. */
  itemLink?: ((itemId: string) => string) | null
}

/** The source of a story: the sender, the item's id and version, its note and its embargo. */
export function SourceFacts({ source: { taken, newest }, itemLink = null }: SourceFactsProps) {
  const { uri, version } = taken
  const { embargo, withheld } = newest
  // A later version without a note does not withdraw the earlier note.
  const edNote = newest.edNote ?? taken.edNote
  return (
    <Facts>
      <dt>From</dt>
      <dd>
        {itemLink === null ? (
          sourceOf(taken)
        ) : (
          <a className={styles.link} href={itemLink(taken.id)}>
            {sourceOf(taken)}
          </a>
        )}
      </dd>
      {uri !== null && (
        <>
          <dt>Item</dt>
          <dd>
            {uri}
            {version !== null && `, version ${version}`}
          </dd>
        </>
      )}
      <dt>Received</dt>
      <dd>{longTime(new Date(taken.receivedAt))}</dd>
      {embargo !== null && (
        <>
          <dt>Embargo</dt>
          <dd>{longTime(new Date(embargo))}</dd>
        </>
      )}
      {withheld && (
        <>
          <dt>Withheld</dt>
          <dd>Not to be used yet</dd>
        </>
      )}
      {edNote !== null && (
        <>
          <dt>Its note</dt>
          <dd className={styles.note} dir="auto">
            {edNote}
          </dd>
        </>
      )}
    </Facts>
  )
}
