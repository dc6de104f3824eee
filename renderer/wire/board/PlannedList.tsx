import { useState } from 'react'
import type { Scheduled } from '#shared/protocol/http.ts'
import { errorSentence } from '../../api/api-error.ts'
import { Button } from '../../ui/Button.tsx'
import { ClockIcon, WarningIcon } from '../../ui/icons.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { planWords } from '../story-words.ts'
import styles from './PlannedList.module.css'

export interface PlannedListProps {
  scheduled: readonly Scheduled[]
  cancel: (id: string) => Promise<unknown>
  storyLink: (storyId: string) => string
}

/** What goes out by itself, the next first, and what should have and did not. Nothing at all when there is none. */
export function PlannedList({ scheduled, cancel, storyLink }: PlannedListProps) {
  if (scheduled.length === 0) return null
  const sorted = scheduled.toSorted((a, b) => a.at.at.localeCompare(b.at.at))
  return (
    <section aria-labelledby="planned-title" className={styles.planned}>
      <h2 id="planned-title" className={styles.title}>
        Planned
      </h2>
      <ul>
        {sorted.map((each) => (
          <PlannedRow key={each.id} scheduled={each} cancel={() => cancel(each.id)} link={storyLink(each.storyId)} />
        ))}
      </ul>
    </section>
  )
}

interface PlannedRowProps {
  scheduled: Scheduled
  cancel: () => Promise<unknown>
  link: string
}

function PlannedRow({ scheduled, cancel, link }: PlannedRowProps) {
  const [busy, setBusy] = useState(false)
  const { failed, sentence } = planWords(scheduled)

  async function end() {
    setBusy(true)
    try {
      await cancel()
    } catch (error) {
      toast({ kind: 'problem', title: 'The plan is as it was', text: errorSentence(error) })
      setBusy(false)
    }
  }

  return (
    <li className={styles.row} data-failed={failed || undefined}>
      {failed ? <WarningIcon /> : <ClockIcon />}
      <div className={styles.words}>
        <p>
          <a href={link} className={styles.slug} dir="auto">
            {scheduled.slug}
          </a>{' '}
          <span className={styles.headline} dir="auto">
            {scheduled.headline}
          </span>
        </p>
        <p className={styles.when}>{sentence}</p>
        {scheduled.changedSince && !failed && (
          <p className={styles.changed}>Edited since it was planned: that edit will not go out.</p>
        )}
      </div>
      <Button
        size="s"
        busy={busy}
        aria-label={`${failed ? 'Dismiss' : 'Cancel'} the plan for ${scheduled.slug}`}
        onClick={() => void end()}
      >
        {failed ? 'Dismiss' : 'Cancel'}
      </Button>
    </li>
  )
}
