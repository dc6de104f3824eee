import type { ItemWords } from '#shared/wire/item-words.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Button } from '../../ui/Button.tsx'
import type { Answer } from '../../api/use-answer.ts'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import styles from './Changes.module.css'
import { compareWords, type ComparedLine, type Run } from './compare-words.ts'

export interface ChangesProps {
  /** The published version's text. */
  before: Answer<readonly ItemWords[]>
  /** The text that would go out. */
  after: readonly ItemWords[]
  /** The number of the published version. */
  version: number
  /** The story's language, a BCP 47 tag. */
  language: string
}

/** The differences that readers would see, with changed words marked. */
export function Changes({ before, after, version, language }: ChangesProps) {
  const { t, rich } = useMessages()
  if (before.value === null) {
    return before.problem === null ? (
      <Skeleton label={t('wire.changes.loading')} />
    ) : (
      <ErrorState
        title={t('wire.changes.unavailable')}
        action={<Button onClick={before.again}>{t('common.try-again')}</Button>}
      >
        {before.problem}
      </ErrorState>
    )
  }
  const parts = compareWords(before.value, after)
  if (parts.length === 0) {
    return <p className={styles.none}>{t('wire.changes.none', { version })}</p>
  }
  return (
    <div className={styles.changes}>
      <p className={styles.legend}>
        {rich('wire.changes.legend', {
          version,
          del: (inside) => <del>{inside}</del>,
          ins: (inside) => <ins>{inside}</ins>,
        })}
      </p>
      {parts.map(({ name, lines }) => (
        <section key={name} aria-label={name}>
          <h3 className={styles.name}>{name}</h3>
          <div className={styles.lines} dir="auto" lang={language}>
            {lines.map((line, index) => (
              <Line key={index} line={line} />
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}

function Line({ line }: { line: ComparedLine }) {
  const { t, language } = useMessages()
  if ('same' in line) {
    return (
      <p className={styles.same} lang={language} dir="ltr">
        {t('wire.changes.unchanged', { count: line.same })}
      </p>
    )
  }
  return (
    <p dir="auto">
      {line.runs.map((run, index) => (
        <Words key={index} run={run} />
      ))}
    </p>
  )
}

function Words({ run: { text, kind } }: { run: Run }) {
  if (kind === 'added') return <ins>{text}</ins>
  return kind === 'removed' ? <del>{text}</del> : text
}
