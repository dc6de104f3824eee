import { useState } from 'react'
import { FIELD_LABELS, parseFieldId } from '#shared/article/fields.ts'
import type { RescuedText } from '../../collaboration/story-session.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { ChevronDownIcon, ChevronRightIcon, CloseIcon, CopyIcon, UndoIcon } from '../../ui/icons.tsx'
import { usePage, useSession } from '../page-context.tsx'
import { putBack } from './put-back.ts'
import { rescueSentence } from './rescue-words.ts'
import styles from './RescueTray.module.css'

/**
 * Words of mine that went down with somebody else's deletion. It has its own place under the page and never lies over
 * it; what is in it stays, on disk too, until it is put back or dismissed.
 */
export function RescueTray() {
  const rescued = useSession((state) => state.rescued)
  const [open, setOpen] = useState(true)
  if (rescued.length === 0) return null
  return (
    <section className={styles.tray} aria-label="Rescued words" data-region="rescue">
      {rescued.length > 1 && (
        <Button
          variant="quiet"
          size="s"
          className={styles.fold}
          aria-expanded={open}
          icon={open ? <ChevronDownIcon size={14} /> : <ChevronRightIcon size={14} />}
          onClick={() => setOpen(!open)}
        >
          {rescued.length} texts of yours were rescued
        </Button>
      )}
      {(open || rescued.length === 1) && (
        <ul className={styles.list} role="list">
          {rescued.map((text) => (
            <Rescued key={text.id} rescued={text} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Rescued({ rescued }: { rescued: RescuedText }) {
  const { page, language } = usePage()
  const readOnly = useSession((state) => state.readOnly !== null)
  const [copied, setCopied] = useState(false)

  const dismiss = () => void page.session.dismissRescued(rescued.id)
  const restore = () => {
    const field = putBack(page, rescued)
    if (field === null) return
    dismiss()
    page.say(`Put back into the ${FIELD_LABELS[parseFieldId(field).kind].toLowerCase()}.`, true)
  }
  const copy = async () => {
    await navigator.clipboard.writeText(rescued.text)
    setCopied(true)
  }
  return (
    <li className={styles.rescued}>
      <div className={styles.said}>
        <p className={styles.sentence}>
          <strong>{rescueSentence(rescued)}</strong>{' '}
          <time dateTime={new Date(rescued.at).toISOString()}>{at(rescued.at)}</time>
        </p>
        <blockquote className={styles.words} lang={language} dir="auto" tabIndex={0}>
          {rescued.text}
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
