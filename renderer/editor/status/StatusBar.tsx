import { Fragment, type ReactNode } from 'react'
import { ComputerIcon, NewsroomIcon, OfflineIcon } from '../../ui/icons.tsx'
import { useSession } from '../page-context.tsx'
import { languageName } from '../../ui/languages.ts'
import { saveWords } from './save-words.ts'
import styles from './StatusBar.module.css'
import { useSelectedWords, useStoryLength } from './use-story-length.ts'

const SAVE_ICONS = { computer: ComputerIcon, newsroom: NewsroomIcon, offline: OfflineIcon }

/** Below the page: the save state, the word count against the target, and the language. */
export function StatusBar({ language, children }: { language: string; children?: ReactNode }) {
  const save = useSession((state) => state.save)
  const SaveIcon = SAVE_ICONS[save.kind]
  return (
    <footer className={styles.bar} aria-label="Story status" data-region="status">
      <span role="status" aria-live="polite" className={styles.save} data-save={save.kind}>
        <SaveIcon size={14} />
        {saveWords(save)}
      </span>
      <span className={styles.space} />
      {children}
      <Length />
      <span className={styles.item} title={language}>
        {languageName(language)}
      </span>
    </footer>
  )
}

const number = new Intl.NumberFormat('en')

/** "312 of 400 words", or the number of selected words in the body. */
function Length() {
  const { words, target } = useStoryLength()
  const selected = useSelectedWords()
  const over = target !== null && words > target
  return (
    <Fragment>
      {target !== null && (
        <meter
          className={styles.meter}
          aria-label="Words against the target length"
          min={0}
          max={Math.max(target, words)}
          value={words}
          data-over={over || undefined}
        />
      )}
      <span className={styles.item} data-testid="words">
        {selected > 0 && `${number.format(selected)} selected of `}
        {number.format(words)}
        {target !== null && ` of ${number.format(target)}`} {words === 1 && target === null ? 'word' : 'words'}
        {over && `, ${number.format(words - target)} over`}
      </span>
    </Fragment>
  )
}
