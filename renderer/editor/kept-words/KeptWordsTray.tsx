import { useState } from 'react'
import { FIELD_LABELS, parseFieldId } from '#shared/article/fields.ts'
import type { KeptText } from '../../collaboration/kept-text.ts'
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
  const kept = useSession((state) => state.kept)
  const [open, setOpen] = useState(true)
  if (kept.length === 0) return null
  return (
    <section className={styles.tray} aria-label="Kept words" data-region="kept-words">
      {kept.length > 1 && (
        <Button
          variant="quiet"
          size="s"
          className={styles.fold}
          aria-expanded={open}
          icon={open ? <ChevronDownIcon size={14} /> : <ChevronRightIcon size={14} />}
          onClick={() => setOpen(!open)}
        >
          {kept.length} passages of yours are kept here
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
  const readOnly = useSession((state) => state.readOnly !== null)
  const [copied, setCopied] = useState(false)

  const dismiss = () => void page.session.dismissKept(kept.id)
  const restore = () => {
    const field = putBack(page, kept)
    if (field === null) return
    dismiss()
    page.say(`Put back into the ${FIELD_LABELS[parseFieldId(field).kind].toLowerCase()}.`, true)
  }
  const copy = async () => {
    await navigator.clipboard.writeText(kept.text)
    setCopied(true)
  }
  return (
    <li className={styles.kept}>
      <div className={styles.said}>
        <p className={styles.sentence}>
          <strong>{keptSentence(kept)}</strong> <time dateTime={new Date(kept.at).toISOString()}>{at(kept.at)}</time>
        </p>
        <blockquote className={styles.words} lang={language} dir="auto" tabIndex={0}>
          {kept.text}
        </blockquote>
      </div>
      <div className={styles.actions}>
        <Button size="s" variant="primary" icon={<UndoIcon size={14} />} disabled={readOnly} onClick={restore}>
          Put back
        </Button>
        <Button size="s" icon={<CopyIcon size={14} />} onClick={() => void copy()}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
        <IconButton size="s" label="Dismiss" onClick={dismiss}>
          <CloseIcon />
        </IconButton>
      </div>
    </li>
  )
}

function at(time: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    day: 'numeric',
    month: 'short',
  }).format(time)
}
