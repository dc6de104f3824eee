import { useCallback, useState } from 'react'
import type { MessageOrText } from '#shared/messages/message.ts'
import {
  DESTINATION_KINDS,
  REQUIRABLE,
  type DestinationKindName,
  type DestinationSettings,
} from '#shared/protocol/http.ts'
import type { Desk } from '#shared/story/story.ts'
import type { Vocabulary } from '#shared/wire/subjects/vocabulary.ts'
import { errorMessage } from '../../api/api-error.ts'
import type { Api } from '../../api/client.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { useMessages } from '../../messages/use-messages.ts'
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

const URGENCIES = [1, 2, 3, 4, 5, 6, 7, 8]

/** The form for one destination. Secrets are entered here and never shown. */
export function DestinationDialog(props: DestinationDialogProps) {
  const { destination, api, desks, vocabulary, labelLanguage, onSaved, onClose } = props
  const { t, say } = useMessages()
  const [id] = useState(() => destination?.id ?? crypto.randomUUID())
  const [draft, setDraft] = useState(() => (destination === null ? emptyDestination('ninjs31') : draftOf(destination)))
  const [pressed, setPressed] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<MessageOrText | null>(null)
  const formats = useAnswer(useCallback(() => api.formats(), [api]))
  const read = readDestination(draft)
  const problems = pressed && 'problems' in read ? read.problems : {}
  const problem = (path: string) => problems[path] && say(problems[path])
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
      setError(errorMessage(thrown))
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      large
      title={destination === null ? t('destination.add') : destination.name}
      onOpenChange={(open) => {
        if (!open && !busy) onClose()
      }}
      onSubmit={() => void save()}
      actions={
        <>
          {Object.keys(problems).length > 0 && (
            <p className={styles.wrong} role="alert">
              {t('destination.fix-problems')}
            </p>
          )}
          <Button onClick={onClose} disabled={busy}>
            {t('common.cancel')}
          </Button>
          <Button variant="primary" type="submit" busy={busy}>
            {destination === null ? t('destination.save-new') : t('destination.save')}
          </Button>
        </>
      }
    >
      <Columns>
        <Column>
          <TextInput
            label={t('destination.name')}
            value={draft.name}
            dir="auto"
            autoComplete="off"
            error={problem('name')}
            onChange={(event) => set({ name: event.target.value })}
          />
          <FieldRow>
            <Select
              label={t('destination.method')}
              value={draft.kind}
              options={DESTINATION_KINDS.map((value) => ({ value, label: t(`destination.kind.${value}`) }))}
              onChange={(event) => {
                const kind = event.target.value as DestinationKindName
                set({ kind, settings: initialSettings(kind), secrets: {} })
              }}
            />
            <Select
              label={t('destination.format')}
              value={draft.format}
              options={formatOptions(formats.value, draft.format)}
              error={problem('format') ?? formats.problem}
              onChange={(event) => set({ format: event.target.value })}
            />
          </FieldRow>
          {fields.settings.map((field) => (
            <Setting
              key={`${draft.kind} ${field.key}`}
              field={field}
              value={draft.settings[field.key] ?? field.initial}
              error={problem(`settings.${field.key}`)}
              onChange={(value) => set({ settings: { ...draft.settings, [field.key]: value } })}
            />
          ))}
          {fields.secrets.map((field) => (
            <SecretInput
              key={`${draft.kind} ${field.key}`}
              field={field}
              kept={destination?.kind === draft.kind && destination.secrets.includes(field.key)}
              value={draft.secrets[field.key] ?? { kind: 'as-kept' }}
              error={problem(`secrets.${field.key}`)}
              onChange={(value) => set({ secrets: { ...draft.secrets, [field.key]: value } })}
            />
          ))}
        </Column>
        <Column>
          <Checkbox
            label={t('destination.paused')}
            hint={t('destination.paused.hint')}
            checked={draft.paused}
            onChange={(event) => set({ paused: event.target.checked })}
          />
          <FieldGroup title={t('destination.filter')}>
            <Ticks
              label={t('destination.filter.desks')}
              options={desks.map((desk) => ({ value: desk.id, label: desk.name }))}
              value={filter.desks}
              onChange={(desksChosen) => set({ filter: { ...filter, desks: desksChosen } })}
            />
            <SubjectPicker
              label={t('destination.filter.subjects')}
              value={filter.subjects}
              onChange={(subjects) => set({ filter: { ...filter, subjects } })}
              vocabulary={vocabulary}
              language={labelLanguage}
              none={t('destination.filter.any-subject')}
            />
            <Select
              label={t('destination.filter.urgency')}
              value={String(filter.urgencyAtMost ?? '')}
              options={[
                { value: '', label: t('destination.filter.any-urgency') },
                ...URGENCIES.map((urgency) => ({
                  value: String(urgency),
                  label: t('destination.filter.urgency-at-most', { urgency }),
                })),
              ]}
              onChange={(event) =>
                set({
                  filter: { ...filter, urgencyAtMost: event.target.value === '' ? null : Number(event.target.value) },
                })
              }
            />
          </FieldGroup>
          <FieldGroup title={t('destination.rules')}>
            <Ticks
              label={t('destination.required')}
              options={REQUIRABLE.map((value) => ({ value, label: t(`destination.required.${value}`) }))}
              value={rules.required}
              onChange={(required) => set({ rules: { ...rules, required } })}
            />
            <FieldRow of={3}>
              {LIMITS.map(({ key, label }) => (
                <TextInput
                  key={key}
                  label={t(label)}
                  type="number"
                  min={1}
                  placeholder={t('destination.limit.none')}
                  value={rules[key] ?? ''}
                  error={problem(`rules.${key}`)}
                  onChange={(event) =>
                    set({ rules: { ...rules, [key]: event.target.value === '' ? null : Number(event.target.value) } })
                  }
                />
              ))}
            </FieldRow>
            <SubjectPicker
              label={t('destination.allowed-subjects')}
              value={rules.allowedSubjects}
              onChange={(allowedSubjects) => set({ rules: { ...rules, allowedSubjects } })}
              vocabulary={vocabulary}
              language={labelLanguage}
              none={t('destination.filter.any-subject')}
            />
          </FieldGroup>
        </Column>
      </Columns>
      {error !== null && <Notice kind="danger">{say(error)}</Notice>}
    </Dialog>
  )
}

/** A field for a maximum number of characters. */
const LIMITS = [
  { key: 'headlineAtMost', label: 'destination.limit.headline' },
  { key: 'slugAtMost', label: 'destination.limit.slug' },
  { key: 'standfirstAtMost', label: 'destination.limit.standfirst' },
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

function Setting({ field, value, error, onChange }: SettingProps) {
  const { say } = useMessages()
  const { kind, options = [] } = field
  const label = say({ id: field.label })
  const hint = field.hint && say({ id: field.hint })
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
    return (
      <Select
        {...common}
        options={options.map((option) => ({ value: option.value, label: say({ id: option.label }) }))}
        onChange={(event) => onChange(event.target.value)}
      />
    )
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
