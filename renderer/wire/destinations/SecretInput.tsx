import { useMessages } from '../../messages/use-messages.ts'
import { Button } from '../../ui/Button.tsx'
import { TextArea, TextInput } from '../../ui/Field.tsx'
import type { SecretDraft, SecretField } from './destination-form.ts'
import styles from './SecretInput.module.css'

export interface SecretInputProps {
  field: SecretField
  /** True if the newsroom has a value for it. */
  kept: boolean
  value: SecretDraft
  error: string | undefined
  onChange: (value: SecretDraft) => void
}

/** A field for a secret, which can be set or removed but never read. */
export function SecretInput({ field, kept, value, error, onChange }: SecretInputProps) {
  const { t, say } = useMessages()
  const label = say({ id: field.label })
  const hint = field.hint && say({ id: field.hint })
  if (kept && value.kind !== 'new') {
    return (
      <div className={styles.kept} role="group" aria-label={label}>
        <span className={styles.label}>{label}</span>
        <span className={styles.state}>
          {value.kind === 'forgotten' ? t('destination.secret.removed') : t('destination.secret.kept')}
        </span>
        <span className={styles.actions}>
          <Button size="s" onClick={() => onChange({ kind: 'new', value: '' })}>
            {t('destination.secret.replace')}
          </Button>
          {value.kind === 'forgotten' ? (
            <Button size="s" variant="quiet" onClick={() => onChange({ kind: 'as-kept' })}>
              {t('destination.secret.keep')}
            </Button>
          ) : (
            <Button size="s" variant="quiet" onClick={() => onChange({ kind: 'forgotten' })}>
              {t('destination.secret.remove')}
            </Button>
          )}
        </span>
      </div>
    )
  }
  const common = {
    label,
    error,
    hint: kept ? t('destination.secret.replace.hint') : hint,
    value: value.kind === 'new' ? value.value : '',
    spellCheck: false,
  }
  return field.long === true ? (
    <TextArea {...common} onChange={(event) => onChange({ kind: 'new', value: event.target.value })} />
  ) : (
    <TextInput
      {...common}
      type="password"
      autoComplete="new-password"
      onChange={(event) => onChange({ kind: 'new', value: event.target.value })}
    />
  )
}
