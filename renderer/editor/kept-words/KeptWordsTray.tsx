import { useState } from 'react'
import { parseFieldId } from '#shared/article/fields.ts'
import type { KeptText } from '../../collaboration/kept-text.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { ChevronDownIcon, ChevronRightIcon, CloseIcon, CopyIcon, UndoIcon } from '../../ui/icons.tsx'
import { usePage, useSession } from '../page-context.tsx'
import { keptSentence } from './kept-sentence.ts'
import styles from './KeptWordsTray.module.css'
import { putBack } from './put-back.ts'

/**
 * The tray of my words that the newsroom does not have, or that are in a place that cannot be seen. It is under the
 * page and never covers it. Words stay in it, and on disk, until they are put back or dismissed.
 */
export function KeptWordsTray() {
  const { t } = useMessages()
  const kept = useSession((state) => state.kept)
  const [open, setOpen] = useState(true)
  if (kept.length === 0) return null
  return (
    <section className={styles.tray} aria-label={t('editor.kept.tray')} data-region="kept-words">
      {kept.length > 1 && (
        <Button
          variant="quiet"
          size="s"
          className={styles.fold}
          aria-expanded={open}
          icon={open ? <ChevronDownIcon size={14} /> : <ChevronRightIcon size={14} />}
          onClick={() => setOpen(!open)}
        >
          {t('editor.kept.several', { count: kept.length })}
        </Button>
      )}
      {(open || kept.length === 1) && (
        <ul className={styles.list} role="list">
          {kept.map((text) => (
            <Kept key={text.id} kept={text} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Kept({ kept }: { kept: KeptText }) {
  const { page, language } = usePage()
  const { t, format } = useMessages()
  const readOnly = useSession((state) => state.readOnly !== null)
  const [copied, setCopied] = useState(false)

  const dismiss = () => void page.session.dismissKept(kept.id)
  const restore = () => {
    const field = putBack(page, kept)
    if (field === null) return
    dismiss()
    const { kind } = parseFieldId(field)
    page.say(({ t }) => t('editor.kept.put-back-done', { place: t(`editor.place.${kind}`) }), true)
  }
  const copy = async () => {
    await navigator.clipboard.writeText(kept.text)
    setCopied(true)
  }
  return (
    <li className={styles.kept}>
      <div className={styles.said}>
        <p className={styles.sentence}>
          <strong>{keptSentence(t, kept)}</strong>
          <time dateTime={new Date(kept.at).toISOString()}>{format.dayAndTime(new Date(kept.at))}</time>
        </p>
        <blockquote className={styles.words} lang={language} dir="auto" tabIndex={0}>
          {kept.text}
        </blockquote>
      </div>
      <div className={styles.actions}>
        <Button size="s" variant="primary" icon={<UndoIcon size={14} />} disabled={readOnly} onClick={restore}>
          {t('editor.kept.put-back')}
        </Button>
        <Button size="s" icon={<CopyIcon size={14} />} onClick={() => void copy()}>
          {t(copied ? 'editor.kept.copied' : 'editor.kept.copy')}
        </Button>
        <IconButton size="s" label={t('editor.kept.dismiss')} onClick={dismiss}>
          <CloseIcon />
        </IconButton>
      </div>
    </li>
  )
}
