import { useState } from 'react'
import { Choices, Select, TextInput } from '../../ui/Field.tsx'
import { longMoment } from '../../ui/moment-words.ts'
import { readMomentDraft, zoneOptions, type MomentDraft } from './moment-draft.ts'
import styles from './MomentFields.module.css'

export interface MomentFieldsProps {
  /** What happens then: "Goes out", "Not before". Begins the names of the fields. */
  label: string
  draft: MomentDraft
  onChange: (draft: MomentDraft) => void
  /** Whether what is wrong is said even where nothing was chosen yet. */
  strict: boolean
  /** Milliseconds since 1970: times before are past. */
  now: number
  /** What else is wrong with the time that was chosen, in a sentence. */
  problem?: string | null
}

/** A day, a time and a zone. The hour that the clocks skip is refused; of the one that comes twice it is asked which. */
export function MomentFields({ label, draft, onChange, strict, now, problem = null }: MomentFieldsProps) {
  const [zones] = useState(() => zoneOptions(draft.zone))
  const reading = readMomentDraft(draft, now)
  const begun = draft.date !== '' && draft.time !== ''
  const wrong = 'problem' in reading ? (begun || strict ? reading.problem : null) : problem
  // Another time is another question: which of the two was meant is asked anew.
  const change = (patch: Partial<Omit<MomentDraft, 'offset'>>) =>
    onChange({ date: draft.date, time: draft.time, zone: draft.zone, ...patch })

  return (
    <div className={styles.moment} role="group" aria-label={label}>
      <div className={styles.fields}>
        <TextInput
          label="Day"
          type="date"
          value={draft.date}
          onChange={(event) => change({ date: event.target.value })}
        />
        <TextInput
          label="Time"
          type="time"
          value={draft.time}
          onChange={(event) => change({ time: event.target.value })}
        />
        <Select
          label="Time zone"
          value={draft.zone}
          options={zones}
          onChange={(event) => change({ zone: event.target.value })}
        />
      </div>
      {('twice' in reading || draft.offset !== undefined) && (
        <Twice draft={draft} onChoose={(offset) => onChange({ ...draft, offset })} now={now} />
      )}
      {wrong !== null && (
        <p className={styles.problem} role="alert">
          {wrong}
        </p>
      )}
      {'moment' in reading && wrong === null && <p className={styles.echo}>{longMoment(reading.moment)}</p>}
    </div>
  )
}

interface TwiceProps {
  draft: MomentDraft
  onChoose: (offset: string) => void
  now: number
}

function Twice({ draft: { offset, ...draft }, onChoose, now }: TwiceProps) {
  const reading = readMomentDraft(draft, now)
  if (!('twice' in reading)) return null
  const [first, second] = reading.twice
  return (
    <Choices
      label={`${draft.time} comes twice that day, as the clocks go back. Which is meant?`}
      value={offset ?? null}
      options={[
        { value: first, label: `The first ${draft.time}, before they go back (UTC${first})` },
        { value: second, label: `The second ${draft.time}, an hour of clocks later (UTC${second})` },
      ]}
      onChoose={onChoose}
    />
  )
}
