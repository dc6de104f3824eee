import type { StorySource } from '#shared/protocol/http.ts'
import { longTime } from '../../ui/time-words.ts'
import { sourceOf } from '../intake/intake-words.ts'
import styles from './SourceFacts.module.css'

/** Where a story came from: the sender, its own name and version of the item, its note, and its embargo. */
export function SourceFacts({ source: { taken, newest } }: { source: StorySource }) {
  const { uri, version } = taken
  const { edNote, embargo, withheld } = newest
  return (
    <dl className={styles.facts}>
      <dt>From</dt>
      <dd>{sourceOf(taken)}</dd>
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
    </dl>
  )
}
