import { useCallback, useState } from 'react'
import { useAnswer } from '../../api/use-answer.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import styles from './FormatPreview.module.css'

export interface FormatPreviewProps {
  /** The formats to choose from. The first one is shown first. */
  formats: readonly { name: string; label: string }[]
  /** Renders the item. A new function means a new item. */
  load: (format: string) => Promise<{ text: string }>
  /** True to fill the available height instead of fitting the text. */
  tall?: boolean
}

/** An item in its wire formats: a tab for each format, monospaced text, and a copy button. */
export function FormatPreview({ formats, load, tall = false }: FormatPreviewProps) {
  const { t } = useMessages()
  const [chosen, setChosen] = useState(formats[0]?.name)
  const format = formats.find(({ name }) => name === chosen) ?? formats[0]
  const name = format?.name
  const ask = useCallback(
    async () => (name === undefined ? null : { format: name, text: (await load(name)).text }),
    [name, load],
  )
  const { value, problem, again } = useAnswer(ask)
  const text = value !== null && value.format === name ? value.text : null
  return (
    <div className={styles.view} data-tall={tall || undefined}>
      <div className={styles.bar}>
        <div className={styles.formats} role="group" aria-label={t('story.preview.format')}>
          {formats.map((each) => (
            <button
              key={each.name}
              type="button"
              className={styles.format}
              aria-pressed={each === format}
              onClick={() => setChosen(each.name)}
            >
              {each.label}
            </button>
          ))}
        </div>
        {text !== null && <CopyButton text={text} />}
      </div>
      {problem !== null ? (
        <ErrorState
          title={t('story.preview.unavailable')}
          action={<Button onClick={again}>{t('common.try-again')}</Button>}
        >
          {problem}
        </ErrorState>
      ) : text === null ? (
        <Skeleton label={t('story.preview.loading')} lines={[40, 90, 70, 84, 30]} />
      ) : (
        <pre
          className={styles.text}
          dir="ltr"
          tabIndex={0}
          role="region"
          aria-label={t('story.preview.in', { format: format?.label ?? '' })}
        >
          {text}
        </pre>
      )}
    </div>
  )
}
