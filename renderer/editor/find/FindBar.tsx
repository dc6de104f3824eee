import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { useMessages } from '../../messages/use-messages.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { ArrowDownIcon, ArrowUpIcon, CloseIcon } from '../../ui/icons.tsx'
import { usePage, usePageState, useSession } from '../page-context.tsx'
import styles from './FindBar.module.css'

/** What the buttons of the two options show, in every language. */
const MATCH_CASE = 'Aa'
const WHOLE_WORDS = 'ab'

/** Find and replace over all fields of the story. The bar is above the page and never covers it. */
export function FindBar() {
  const shown = usePageState((state) => state.find)
  return shown === 'closed' ? null : <OpenFindBar replacing={shown === 'replace'} />
}

function OpenFindBar({ replacing }: { replacing: boolean }) {
  const { page } = usePage()
  const { t } = useMessages()
  const readOnly = useSession((state) => state.readOnly !== null)
  const { text, matchCase, wholeWords, count, current } = useStore(page.find.state)
  const [replacement, setReplacement] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const asked = usePageState((state) => state.findCalls)

  // Pressing "find" again focuses the bar and selects its text, ready to be typed over.
  useEffect(() => input.current?.select(), [asked])

  const close = () => page.closeFind()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    close()
  }
  const replaceAll = () => {
    let replaced = 0
    page.step(() => {
      replaced = page.find.replaceAll(replacement)
    })
    if (replaced > 0) page.say(({ t }) => t('editor.find.replaced', { count: replaced }), true)
  }
  return (
    <div
      role="search"
      className={styles.bar}
      aria-label={t('editor.find.bar')}
      data-region="find"
      onKeyDown={onKeyDown}
    >
      <div className={styles.row}>
        <input
          ref={input}
          className={styles.input}
          aria-label={t('editor.find.text')}
          placeholder={t('editor.find.bar')}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => page.find.look({ text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') page.find.step(event.shiftKey ? -1 : 1)
          }}
        />
        <span className={styles.count} role="status">
          {text !== '' && (count === 0 ? t('editor.find.not-found') : t('editor.find.position', { current, count }))}
        </span>
        <IconButton
          size="s"
          label={t('editor.find.previous')}
          disabled={count === 0}
          onClick={() => page.find.step(-1)}
        >
          <ArrowUpIcon />
        </IconButton>
        <IconButton size="s" label={t('editor.find.next')} disabled={count === 0} onClick={() => page.find.step(1)}>
          <ArrowDownIcon />
        </IconButton>
        <IconButton
          size="s"
          label={t('editor.find.match-case')}
          pressed={matchCase}
          onClick={() => page.find.look({ matchCase: !matchCase })}
        >
          {MATCH_CASE}
        </IconButton>
        <IconButton
          size="s"
          label={t('editor.find.whole-words')}
          pressed={wholeWords}
          onClick={() => page.find.look({ wholeWords: !wholeWords })}
        >
          <span className={styles.whole}>{WHOLE_WORDS}</span>
        </IconButton>
        <span className={styles.space} />
        <IconButton size="s" label={t('common.close')} onClick={close}>
          <CloseIcon />
        </IconButton>
      </div>
      {replacing && !readOnly && (
        <div className={styles.row}>
          <input
            className={styles.input}
            aria-label={t('editor.find.replacement')}
            placeholder={t('editor.find.replacement')}
            autoComplete="off"
            value={replacement}
            onChange={(event) => setReplacement(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') page.find.replace(replacement)
            }}
          />
          <Button size="s" disabled={count === 0} onClick={() => page.find.replace(replacement)}>
            {t('editor.find.replace')}
          </Button>
          <Button size="s" disabled={count === 0} onClick={replaceAll}>
            {t('editor.find.replace-all')}
          </Button>
        </div>
      )}
    </div>
  )
}
