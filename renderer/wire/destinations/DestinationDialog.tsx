import { useCallback, useState } from 'react'
import {
  DESTINATION_KIND_LABELS,
  DESTINATION_KINDS,
  REQUIRABLE,
  type DestinationKindName,
  type DestinationSettings,
  type Requirable,
} from '#shared/protocol/http.ts'
import type { Desk } from '#shared/story/story.ts'
import type { Vocabulary } from '#shared/wire/subjects/vocabulary.ts'
import { errorSentence } from '../../api/api-error.ts'
import type { Api } from '../../api/client.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { Button } from '../../ui/Button.tsx'
import { Column, Columns } from '../../ui/Columns.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Checkbox, Select, TextArea, TextInput } from '../../ui/Field.tsx'
import { ChoiceGroup, FieldGroup, FieldRow } from '../../ui/Form.tsx'
import { Notice } from '../../ui/States.tsx'
import { SubjectPicker } from '../../story/meta/SubjectPicker.tsx'
import {
  draftOf,
  emptyDestination,
  initialSettings,
  KIND_FIELDS,
  readDestination,
  type DestinationDraft,
  type SettingField,
} from './destination-form.ts'
import styles from './DestinationDialog.module.css'
import { SecretInput } from './SecretInput.tsx'

export interface DestinationDialogProps {
  /** Null for a new one. */
  destination: DestinationSettings | null
  api: Pick<Api, 'putDestination' | 'formats'>
  desks: readonly Desk[]
  vocabulary: Vocabulary
  labelLanguage: string
  onSaved: (saved: DestinationSettings) => void
  onClose: () => void
}

const REQUIRABLE_LABELS: Record<Requirable, string> = {
  standfirst: 'Standfirst',
  byline: 'Byline',
  dateline: 'Dateline',
  section: 'Section',
  keywords: 'Keywords',
  subjects: 'Subjects',
  urgency: 'Urgency',
  genre: 'Genre',
  place: 'Place',
  rights: 'Rights',
  figure: 'A picture',
}

const URGENCIES = ['', '1', '2', '3', '4', '5', '6', '7', '8'].map((value) => ({
  value,
  label: value === '' ? 'Any' : value === '1' ? '1, flash' : `${value} or more urgent`,
}))

/** The form for one destination. Secrets are entered here and never shown. */
export function DestinationDialog(props: DestinationDialogProps) {
  const { destination, api, desks, vocabulary, labelLanguage, onSaved, onClose } = props
  const [id] = useState(() => destination?.id ?? crypto.randomUUID())
  const [draft, setDraft] = useState(() => (destination === null ? emptyDestination('ninjs31') : draftOf(destination)))
  const [pressed, setPressed] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const formats = useAnswer(useCallback(() => api.formats(), [api]))
  const read = readDestination(draft)
  const problems = pressed && 'problems' in read ? read.problems : {}
  const { filter, rules } = draft
  const fields = KIND_FIELDS[draft.kind]
  const set = (patch: Partial<DestinationDraft>) => setDraft({ ...draft, ...patch })

  async function save() {
    setPressed(true)
    if ('problems' in read || busy) return
    setBusy(true)
    setError(null)
    try {
      onSaved(await api.putDestination(id, read.request))
      onClose()
    } catch (thrown) {
      setError(errorSentence(thrown))
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      large
      title={destination === null ? 'Add a destination' : destination.name}
      onOpenChange={(open) => {
        if (!open && !busy) onClose()
      }}
      onSubmit={() => void save()}
      actions={
        <>
          {Object.keys(problems).length > 0 && (
            <p className={styles.wrong} role="alert">
              Something is still to be put right above.
            </p>
          )}
          <Button onClick={onClose} disabled={busy}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" busy={busy}>
            {destination === null ? 'Add' : 'Save'}
          </Button>
        </>
      }
    >
      <Columns>
        <Column>
          <TextInput
            label="Name"
            value={draft.name}
            dir="auto"
            autoComplete="off"
            error={problems['name']}
            onChange={(event) => set({ name: event.target.value })}
          />
          <FieldRow>
            <Select
              label="By way of"
              value={draft.kind}
              options={DESTINATION_KINDS.map((value) => ({ value, label: DESTINATION_KIND_LABELS[value] }))}
              onChange={(event) => {
                const kind = event.target.value as DestinationKindName
                set({ kind, settings: initialSettings(kind), secrets: {} })
              }}
            />
            <Select
              label="Format"
              value={draft.format}
              options={formatOptions(formats.value, draft.format)}
              error={problems['format'] ?? formats.problem}
              onChange={(event) => set({ format: event.target.value })}
            />
          </FieldRow>
          {fields.settings.map((field) => (
            <Setting
              key={`${draft.kind} ${field.key}`}
              field={field}
              value={draft.settings[field.key] ?? field.initial}
              error={problems[`settings.${field.key}`]}
              onChange={(value) => set({ settings: { ...draft.settings, [field.key]: value } })}
            />
          ))}
          {fields.secrets.map((field) => (
            <SecretInput
              key={`${draft.kind} ${field.key}`}
              field={field}
              kept={destination?.kind === draft.kind && destination.secrets.includes(field.key)}
              value={draft.secrets[field.key] ?? { kind: 'as-kept' }}
              error={problems[`secrets.${field.key}`]}
              onChange={(value) => set({ secrets: { ...draft.secrets, [field.key]: value } })}
            />
          ))}
        </Column>
        <Column>
          <Checkbox
            label="Paused"
            hint="Nothing is sent there but kills; the rest waits in the queue."
            checked={draft.paused}
            onChange={(event) => set({ paused: event.target.checked })}
          />
          <FieldGroup title="Which stories go there">
            <Ticks
              label="Desks (none is all)"
              options={desks.map((desk) => ({ value: desk.id, label: desk.name }))}
              value={filter.desks}
              onChange={(desksChosen) => set({ filter: { ...filter, desks: desksChosen } })}
            />
            <SubjectPicker
              label="Subjects, and all that is narrower"
              value={filter.subjects}
              onChange={(subjects) => set({ filter: { ...filter, subjects } })}
              vocabulary={vocabulary}
              language={labelLanguage}
              none="Any subject."
            />
            <Select
              label="Urgency"
              value={String(filter.urgencyAtMost ?? '')}
              options={URGENCIES}
              onChange={(event) =>
                set({
                  filter: { ...filter, urgencyAtMost: event.target.value === '' ? null : Number(event.target.value) },
                })
              }
            />
          </FieldGroup>
          <FieldGroup title="What it asks of them">
            <Ticks
              label="Has to be there"
              options={REQUIRABLE.map((value) => ({ value, label: REQUIRABLE_LABELS[value] }))}
              value={rules.required}
              onChange={(required) => set({ rules: { ...rules, required } })}
            />
            <FieldRow of={3}>
              {LIMITS.map(({ key, label }) => (
                <TextInput
                  key={key}
                  label={label}
                  type="number"
                  min={1}
                  placeholder="Any"
                  value={rules[key] ?? ''}
                  error={problems[`rules.${key}`]}
                  onChange={(event) =>
                    set({ rules: { ...rules, [key]: event.target.value === '' ? null : Number(event.target.value) } })
                  }
                />
              ))}
            </FieldRow>
            <SubjectPicker
              label="The only subjects that it takes"
              value={rules.allowedSubjects}
              onChange={(allowedSubjects) => set({ rules: { ...rules, allowedSubjects } })}
              vocabulary={vocabulary}
              language={labelLanguage}
              none="Any subject."
            />
          </FieldGroup>
        </Column>
      </Columns>
      {error !== null && <Notice kind="danger">{error}</Notice>}
    </Dialog>
  )
}

/** A field for a maximum number of characters. */
const LIMITS = [
  { key: 'headlineAtMost', label: 'Headline, letters' },
  { key: 'slugAtMost', label: 'Slug, letters' },
  { key: 'standfirstAtMost', label: 'Standfirst' },
] as const

function formatOptions(formats: readonly { name: string; label: string }[] | null, current: string) {
  const options = (formats ?? []).map(({ name, label }) => ({ value: name, label }))
  return options.some(({ value }) => value === current) ? options : [{ value: current, label: current }, ...options]
}

interface SettingProps {
  field: SettingField
  value: string | boolean
  error: string | undefined
  onChange: (value: string | boolean) => void
}

function Setting({ field: { kind, label, hint, options = [] }, value, error, onChange }: SettingProps) {
  if (kind === 'switch') {
    return (
      <Checkbox
        label={label}
        {...(hint !== undefined && { hint })}
        checked={value === true}
        onChange={(event) => onChange(event.target.checked)}
      />
    )
  }
  const common = { label, hint, error, value: String(value) }
  if (kind === 'choice') {
    return <Select {...common} options={options} onChange={(event) => onChange(event.target.value)} />
  }
  if (kind === 'lines' || kind === 'text') {
    return <TextArea {...common} spellCheck={false} onChange={(event) => onChange(event.target.value)} />
  }
  return (
    <TextInput
      {...common}
      {...(kind === 'number' && { inputMode: 'numeric' as const })}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

interface TicksProps<T extends string> {
  label: string
  options: readonly { value: T; label: string }[]
  value: readonly T[]
  onChange: (value: T[]) => void
}

function Ticks<T extends string>({ label, options, value, onChange }: TicksProps<T>) {
  return (
    <ChoiceGroup title={label}>
      {options.map((option) => (
        <Checkbox
          key={option.value}
          label={option.label}
          checked={value.includes(option.value)}
          onChange={(event) =>
            onChange(event.target.checked ? [...value, option.value] : value.filter((each) => each !== option.value))
          }
        />
      ))}
    </ChoiceGroup>
  )
}
