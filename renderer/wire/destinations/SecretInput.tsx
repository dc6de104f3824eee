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
export function SecretInput({ field: { label, hint, long }, kept, value, error, onChange }: SecretInputProps) {
  if (kept && value.kind !== 'new') {
    return (
      <div className={styles.kept} role="group" aria-label={label}>
        <span className={styles.label}>{label}</span>
        <span className={styles.state}>
          {value.kind === 'forgotten' ? 'Will be forgotten when this is saved.' : 'Kept, encrypted.'}
        </span>
        <span className={styles.actions}>
          <Button size="s" onClick={() => onChange({ kind: 'new', value: '' })}>
            Replace
          </Button>
          {value.kind === 'forgotten' ? (
            <Button size="s" variant="quiet" onClick={() => onChange({ kind: 'as-kept' })}>
              Keep it
            </Button>
          ) : (
            <Button size="s" variant="quiet" onClick={() => onChange({ kind: 'forgotten' })}>
              Forget
            </Button>
          )}
        </span>
      </div>
    )
  }
  const common = {
    label,
    error,
    hint: kept ? 'Empty leaves the one that is kept.' : hint,
    value: value.kind === 'new' ? value.value : '',
    spellCheck: false,
  }
  return long === true ? (
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
