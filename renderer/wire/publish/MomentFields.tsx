import { useState } from 'react'
import type { MessageOrText } from '#shared/messages/message.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Choices, Select, TextInput } from '../../ui/Field.tsx'
import { momentText } from '../../ui/moment-words.ts'
import { readMomentDraft, zoneOptions, type MomentDraft } from './moment-draft.ts'
import styles from './MomentFields.module.css'

export interface MomentFieldsProps {
  /** What happens at that time: "Publication time", "Embargo until". */
  label: string
  draft: MomentDraft
  onChange: (draft: MomentDraft) => void
  /** True to show problems even for an empty time. */
  strict: boolean
  /** Milliseconds since 1970. Earlier times are past. */
  now: number
  /** Another problem with the chosen time. */
  problem?: MessageOrText | null
}

/**
 * A date, a time and a zone. An hour that the clocks skip is refused; for one that occurs twice, the fields ask which
 * is meant.
 */
export function MomentFields({ label, draft, onChange, strict, now, problem = null }: MomentFieldsProps) {
  const messages = useMessages()
  const { t, say } = messages
  const [zones] = useState(() => zoneOptions(draft.zone))
  const reading = readMomentDraft(draft, now)
  const begun = draft.date !== '' && draft.time !== ''
  const wrong = 'problem' in reading ? (begun || strict ? reading.problem : null) : problem
  // A changed time asks again which of the two is meant.
  const change = (patch: Partial<Omit<MomentDraft, 'offset'>>) =>
    onChange({ date: draft.date, time: draft.time, zone: draft.zone, ...patch })

  return (
    <div className={styles.moment} role="group" aria-label={label}>
      <div className={styles.fields}>
        <TextInput
          label={t('wire.moment.day')}
          type="date"
          value={draft.date}
          onChange={(event) => change({ date: event.target.value })}
        />
        <TextInput
          label={t('wire.moment.time')}
          type="time"
          value={draft.time}
          onChange={(event) => change({ time: event.target.value })}
        />
        <Select
          label={t('wire.moment.zone')}
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
          {say(wrong)}
        </p>
      )}
      {'moment' in reading && wrong === null && <p className={styles.echo}>{momentText(reading.moment, messages)}</p>}
    </div>
  )
}

interface TwiceProps {
  draft: MomentDraft
  onChoose: (offset: string) => void
  now: number
}

function Twice({ draft: { offset, ...draft }, onChoose, now }: TwiceProps) {
  const { t } = useMessages()
  const reading = readMomentDraft(draft, now)
  if (!('twice' in reading)) return null
  const [first, second] = reading.twice
  const { time } = draft
  return (
    <Choices
      label={t('wire.moment.twice', { time })}
      value={offset ?? null}
      options={[
        { value: first, label: t('wire.moment.twice-first', { time, offset: first }) },
        { value: second, label: t('wire.moment.twice-second', { time, offset: second }) },
      ]}
      onChoose={onChoose}
    />
  )
}
