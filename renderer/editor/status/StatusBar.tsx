import { Fragment, type ReactNode } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import type { Messages } from '#shared/messages/messages.ts'
import { ComputerIcon, NewsroomIcon, OfflineIcon } from '../../ui/icons.tsx'
import { useSession } from '../page-context.tsx'
import styles from './StatusBar.module.css'
import { useSelectedWords, useStoryLength } from './use-story-length.ts'

const SAVE_ICONS = { computer: ComputerIcon, newsroom: NewsroomIcon, offline: OfflineIcon }

/** Below the page: the save state, the word count against the target, and the language. */
export function StatusBar({ language, children }: { language: string; children?: ReactNode }) {
  const { t, format } = useMessages()
  const save = useSession((state) => state.save)
  const SaveIcon = SAVE_ICONS[save.kind]
  return (
    <footer className={styles.bar} aria-label={t('editor.status')} data-region="status">
      <span role="status" aria-live="polite" className={styles.save} data-save={save.kind}>
        <SaveIcon size={14} />
        {t(`editor.status.${save.kind}`)}
      </span>
      <span className={styles.space} />
      {children}
      <Length />
      <span className={styles.item} title={language}>
        {format.languageName(language)}
      </span>
    </footer>
  )
}

/** Shows "312 of 400 words", or the number of selected words in the body. */
function Length() {
  const { t } = useMessages()
  const { words, target } = useStoryLength()
  const selected = useSelectedWords()
  const over = target !== null && words > target
  return (
    <Fragment>
      {target !== null && (
        <meter
          className={styles.meter}
          aria-label={t('editor.length.meter')}
          min={0}
          max={Math.max(target, words)}
          value={words}
          data-over={over || undefined}
        />
      )}
      <span className={styles.item} data-testid="words">
        {lengthSentence(t, { words, target, selected })}
      </span>
    </Fragment>
  )
}

function lengthSentence(
  t: Messages['t'],
  { words, target, selected }: { words: number; target: number | null; selected: number },
): string {
  if (selected > 0) return t('editor.length.selected', { selected, words })
  if (target === null) return t('editor.length.words', { words })
  return words > target
    ? t('editor.length.over', { words, target, over: words - target })
    : t('editor.length.target', { words, target })
}
