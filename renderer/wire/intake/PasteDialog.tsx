import { useEffect, useRef, useState } from 'react'
import { message, type Message, type MessageOrText } from '#shared/messages/message.ts'
import type { Messages } from '#shared/messages/messages.ts'
import type { IntakeDetail, IntakeItem, IntakeReceipt } from '#shared/protocol/http.ts'
import type { Desk } from '#shared/story/story.ts'
import { errorMessage } from '../../api/api-error.ts'
import type { Api } from '../../api/client.ts'
import type { Pasted } from '../../api/intake-calls.ts'
import { useAttempt } from '../../api/use-attempt.ts'
import { useMessages } from '../../messages/use-messages.ts'
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
  /** Copy that was already pasted or dropped. It is parsed at once. */
  begin: { files: readonly File[]; text: string }
  /** Called with the story created from it. */
  onTaken: (storyId: string) => void
  onChanged: (item: IntakeItem) => void
  onClose: () => void
}

/** Parses pasted copy like copy from a wire, shows it with the text left out, and creates a story from it. */
export function PasteDialog({ api, desks, begin, onTaken, onChanged, onClose }: PasteDialogProps) {
  const messages = useMessages()
  const { t } = messages
  const [text, setText] = useState(begin.text)
  const { busy, error, setError, attempt } = useAttempt()
  const [result, setResult] = useState<Result | null>(null)
  const [deskId, setDeskId] = useState(desks[0]?.id ?? '')
  const [storyId] = useState(() => crypto.randomUUID())
  const fileInput = useRef<HTMLInputElement>(null)
  const begun = useRef(false)

  async function send(pieces: readonly Piece[]) {
    const receipts: IntakeReceipt[] = []
    const refusals: Refusal[] = []
    for (const { name, read } of pieces) {
      try {
        const piece = await read()
        if ('problem' in piece) refusals.push({ problem: piece.problem })
        else receipts.push(await api.paste(piece.request))
      } catch (error) {
        refusals.push({ name, problem: errorMessage(error) })
      }
    }
    // A refused piece does not hide the items that were parsed.
    if (receipts.length === 0) {
      setError(refusals[0]?.problem ?? null)
      return
    }
    const items = receipts.flatMap((receipt) => receipt.items)
    const duplicates = receipts.reduce((sum, receipt) => sum + receipt.duplicates, 0)
    for (const item of items) onChanged(item)
    const [only] = items
    const detail = only !== undefined && items.length === 1 ? await api.intakeItem(only.id) : null
    setResult({ items, detail: detail?.status === 'quarantined' ? null : detail, duplicates, refusals })
  }

  const sendFiles = (files: readonly File[]) =>
    attempt(() => send(files.map((file) => ({ name: file.name, read: () => requestOf(file) }))))
  const sendText = (copy: string) => attempt(() => send([{ read: () => Promise.resolve({ request: { text: copy } }) }]))

  useEffect(() => {
    if (begun.current) return
    begun.current = true
    queueMicrotask(() => {
      if (begin.files.length > 0) void sendFiles(begin.files)
      else if (begin.text.trim() !== '') void sendText(begin.text)
    })
  })

  const detail = result?.detail ?? null
  const close = {
    open: true,
    onOpenChange: (open: boolean) => {
      if (!open && !busy) onClose()
    },
  }
  if (result !== null) {
    const summary = summaryOf(messages, result).join(' ')
    return (
      <Dialog
        {...close}
        large
        title={t(titleOf(result))}
        {...(summary !== '' && { description: summary })}
        onClosed={() => false}
        actions={
          detail === null ? (
            <Button variant="primary" onClick={onClose}>
              {t('common.close')}
            </Button>
          ) : (
            <>
              <div className={styles.desk}>
                <Select
                  label={t('intake.item.desk')}
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
                {t('intake.item.discard')}
              </Button>
              <Button onClick={onClose} disabled={busy}>
                {t('intake.paste.keep')}
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
                {t('intake.item.create-story')}
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
      title={t('intake.paste-copy')}
      description={t('intake.paste.explanation')}
      onSubmit={() => {
        if (text.trim() === '') setError(message('intake.paste.text-missing'))
        else void sendText(text)
      }}
      actions={
        <>
          <Button className={styles.file} disabled={busy} onClick={() => fileInput.current?.click()}>
            {t('intake.paste.choose-files')}
          </Button>
          <Button onClick={onClose} disabled={busy}>
            {t('common.cancel')}
          </Button>
          <Button variant="primary" type="submit" busy={busy}>
            {busy ? t('intake.paste.parsing') : t('intake.paste.parse')}
          </Button>
        </>
      }
    >
      <TextArea
        label={t('intake.paste.text')}
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
        aria-label={t('intake.paste.files')}
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

/** A piece of copy to parse: text, or a file that has to be read first. */
interface Piece {
  /** The file's name. */
  name?: string
  read: () => Promise<{ request: Pasted } | { problem: Message }>
}

interface Refusal {
  /** Absent if the problem names the file. */
  name?: string | undefined
  problem: MessageOrText
}

interface Result {
  items: readonly IntakeItem[]
  /** The only item, shown in full. Null for several, and for one in quarantine: these are in the list. */
  detail: IntakeDetail | null
  duplicates: number
  refusals: readonly Refusal[]
}

function titleOf({ items, detail }: Result) {
  if (detail !== null) return 'intake.paste.parsed'
  if (items.length === 0) return 'intake.paste.nothing-new'
  return items.every(({ status }) => status === 'quarantined') ? 'intake.paste.not-parsed' : 'intake.paste.added'
}

/** Returns a sentence for each thing that the shown item does not tell by itself. */
function summaryOf({ t, say }: Pick<Messages, 't' | 'say'>, result: Result): string[] {
  const { items, detail, duplicates, refusals } = result
  const broken = items.filter(({ status }) => status === 'quarantined')
  const [first] = broken
  const leftOut = detail?.leftOut.length ?? 0
  return [
    ...(items.length > 1 ? [t('intake.paste.count', { count: items.length - broken.length })] : []),
    ...(first === undefined
      ? []
      : first.reason !== null && broken.length === 1
        ? [t('intake.paste.quarantined-because', { reason: first.reason.replace(/\.$/, '') })]
        : [t('intake.paste.quarantined', { count: broken.length })]),
    ...(duplicates > 0 ? [t('intake.paste.duplicates', { count: duplicates })] : []),
    ...(leftOut > 0 ? [t('intake.paste.left-out', { count: leftOut })] : []),
    ...refusals.map(({ name, problem }) =>
      name === undefined ? say(problem) : t('intake.paste.refused', { name, reason: say(problem) }),
    ),
  ]
}
