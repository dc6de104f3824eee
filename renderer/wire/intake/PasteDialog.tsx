import { useEffect, useRef, useState } from 'react'
import type { IntakeDetail, IntakeItem, IntakeReceipt, PasteRequest } from '#shared/protocol/http.ts'
import type { Desk } from '#shared/story/story.ts'
import { errorSentence } from '../../api/api-error.ts'
import type { Api } from '../../api/client.ts'
import { useAttempt } from '../../api/use-attempt.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select, TextArea } from '../../ui/Field.tsx'
import { Notice } from '../../ui/States.tsx'
import { IntakeText } from './IntakeText.tsx'
import { IntakeWarnings } from './IntakeWarnings.tsx'
import { ACCEPTED, requestOf } from './paste.ts'
import styles from './PasteDialog.module.css'

export interface PasteDialogProps {
  api: Pick<Api, 'paste' | 'intakeItem' | 'takeIntake' | 'discardIntake'>
  desks: readonly Desk[]
  /** Copy that was already pasted or dropped. It is read at once. */
  begin: { files: readonly File[]; text: string }
  /** Called with the story made from it. */
  onTaken: (storyId: string) => void
  onChanged: (item: IntakeItem) => void
  onClose: () => void
}

/** Reads pasted copy like copy from a wire, shows it with the text left out, and makes a story of it. */
export function PasteDialog({ api, desks, begin, onTaken, onChanged, onClose }: PasteDialogProps) {
  const [text, setText] = useState(begin.text)
  const { busy, error, setError, attempt } = useAttempt()
  /** The result. A single item is shown in full; several, or an unreadable one, are in the list. */
  const [read, setRead] = useState<{ title: string; detail: IntakeDetail | null; said: string | null } | null>(null)
  const [deskId, setDeskId] = useState(desks[0]?.id ?? '')
  const [storyId] = useState(() => crypto.randomUUID())
  const fileInput = useRef<HTMLInputElement>(null)
  const begun = useRef(false)

  async function send(pieces: readonly Piece[]) {
    const receipts: IntakeReceipt[] = []
    const refusals: { name: string; error: unknown }[] = []
    for (const { name, request } of pieces) {
      try {
        receipts.push(await api.paste(await request()))
      } catch (error) {
        refusals.push({ name, error })
      }
    }
    // Show the items that were read, whatever happened to the others.
    if (receipts.length === 0) throw refusals[0]?.error
    const items = receipts.flatMap((receipt) => receipt.items)
    const duplicates = receipts.reduce((sum, receipt) => sum + receipt.duplicates, 0)
    for (const item of items) onChanged(item)
    const [only] = items
    const detail = only !== undefined && items.length === 1 ? await api.intakeItem(only.id) : null
    const shown = detail?.status === 'quarantined' ? null : detail
    const said = [
      sentenceOf(items, duplicates),
      shown === null || shown.leftOut.length === 0 ? null : leftOutWords(shown.leftOut.length),
      ...refusals.map(({ name, error }) => `${name} was not taken in: ${errorSentence(error)}`),
    ]
    setRead({
      title: titleOf(items, shown),
      detail: shown,
      said: said.filter((each) => each !== null).join(' ') || null,
    })
  }

  const sendFiles = (files: readonly File[]) =>
    attempt(() => send(files.map((file) => ({ name: file.name, request: () => requestOf(file) }))))
  const sendText = (copy: string) =>
    attempt(() => send([{ name: 'The copy', request: () => Promise.resolve({ text: copy }) }]))

  useEffect(() => {
    if (begun.current) return
    begun.current = true
    queueMicrotask(() => {
      if (begin.files.length > 0) void sendFiles(begin.files)
      else if (begin.text.trim() !== '') void sendText(begin.text)
    })
  })

  const detail = read?.detail ?? null
  const close = {
    open: true,
    onOpenChange: (open: boolean) => {
      if (!open && !busy) onClose()
    },
  }
  if (read !== null) {
    return (
      <Dialog
        {...close}
        large
        title={read.title}
        {...(read.said !== null && { description: read.said })}
        onClosed={() => false}
        actions={
          detail === null ? (
            <Button variant="primary" onClick={onClose}>
              Close
            </Button>
          ) : (
            <>
              <div className={styles.desk}>
                <Select
                  label="Desk"
                  value={deskId}
                  options={desks.map((desk) => ({ value: desk.id, label: desk.name }))}
                  onChange={(event) => setDeskId(event.target.value)}
                />
              </div>
              <Button
                disabled={busy}
                onClick={() =>
                  void attempt(async () => {
                    onChanged(await api.discardIntake(detail.id))
                    onClose()
                  })
                }
              >
                Discard
              </Button>
              <Button onClick={onClose} disabled={busy}>
                Leave it in the intake
              </Button>
              <Button
                variant="primary"
                busy={busy}
                onClick={() =>
                  void attempt(async () => {
                    const story = await api.takeIntake(detail.id, { storyId, ...(deskId !== '' && { deskId }) })
                    onClose()
                    onTaken(story.id)
                  })
                }
              >
                Take into a story
              </Button>
            </>
          )
        }
      >
        {detail !== null && <IntakeWarnings item={detail} />}
        {detail !== null && <IntakeText detail={detail} />}
        {error !== null && <Notice kind="danger">{error}</Notice>}
      </Dialog>
    )
  }
  return (
    <Dialog
      {...close}
      wide
      title="Paste copy"
      description="From a page, a mail or a document. Headline, byline, pictures’ captions and text are told apart; what does not belong to the story is left out, and shown."
      onSubmit={() => {
        if (text.trim() === '') setError('Paste or write something first.')
        else void sendText(text)
      }}
      actions={
        <>
          <Button className={styles.file} disabled={busy} onClick={() => fileInput.current?.click()}>
            Choose files…
          </Button>
          <Button onClick={onClose} disabled={busy}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" busy={busy}>
            {busy ? 'Reading…' : 'Read it'}
          </Button>
        </>
      }
    >
      <TextArea
        label="Copy"
        rows={10}
        value={text}
        dir="auto"
        spellCheck={false}
        className={styles.copy}
        onChange={(event) => setText(event.target.value)}
      />
      <input
        ref={fileInput}
        type="file"
        hidden
        multiple
        accept={ACCEPTED}
        aria-label="Files with copy"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) void sendFiles(files)
        }}
      />
      {error !== null && <Notice kind="danger">{error}</Notice>}
    </Dialog>
  )
}

/** A piece of copy to read: text, or a file that has to be loaded first. */
interface Piece {
  name: string
  request: () => Promise<PasteRequest>
}

function titleOf(items: readonly IntakeItem[], shown: IntakeDetail | null): string {
  if (shown !== null) return 'As it was read'
  if (items.length === 0) return 'Nothing new'
  return items.every(({ status }) => status === 'quarantined') ? 'It could not be read' : 'Taken in'
}

function leftOutWords(pieces: number): string {
  return pieces === 1
    ? 'One piece of the document was left out: it is shown at the end.'
    : `${pieces} pieces of the document were left out: they are shown at the end.`
}

/** Returns a summary of the result unless a single item is shown. */
function sentenceOf(items: readonly IntakeItem[], duplicates: number): string | null {
  const broken = items.filter(({ status }) => status === 'quarantined')
  const [first] = broken
  const parts = [
    ...(items.length > 1 ? [`${items.length - broken.length} items are in the intake now.`] : []),
    ...(first !== undefined && broken.length === 1
      ? [
          `One could not be read, and is kept in the quarantine: ${(first.reason ?? 'nobody knows why').replace(/\.$/, '')}.`,
        ]
      : broken.length > 1
        ? [`${broken.length} could not be read, and are kept in the quarantine.`]
        : []),
    ...(duplicates > 0
      ? [
          `${duplicates === 1 ? 'One was' : `${duplicates} were`} here already, the same to the letter: look under New, Taken or Discarded.`,
        ]
      : []),
  ]
  return parts.length === 0 ? null : parts.join(' ')
}
