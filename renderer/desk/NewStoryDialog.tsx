import { useRef, useState } from 'react'
import { message, type MessageOrText } from '#shared/messages/message.ts'
import { createStoryRequestSchema, type CreateStoryRequest } from '#shared/protocol/http.ts'
import type { Desk } from '#shared/story/story.ts'
import { useMessages } from '../messages/use-messages.ts'
import { errorMessage } from '../api/api-error.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Select, TextInput } from '../ui/Field.tsx'
import { languageOptions } from '../ui/languages.ts'
import { Notice } from '../ui/States.tsx'

export interface NewStoryDialogProps {
  desks: readonly Desk[]
  /** The desk selected at first; null for the first desk. */
  deskId: string | null
  /** The language selected at first, a BCP 47 tag. */
  language: string
  online: boolean
  /** Resolves once the story can be opened. */
  create: (request: CreateStoryRequest) => Promise<unknown>
  onClose: () => void
}

export function NewStoryDialog({ desks, deskId, language: usual, online, create, onClose }: NewStoryDialogProps) {
  const { t, say, format } = useMessages()
  const [slug, setSlug] = useState('')
  const [desk, setDesk] = useState(deskId ?? desks[0]?.id ?? '')
  const [language, setLanguage] = useState(usual)
  const [busy, setBusy] = useState(false)
  const [slugIsWrong, setSlugIsWrong] = useState(false)
  const [error, setError] = useState<MessageOrText | null>(null)
  const slugInput = useRef<HTMLInputElement>(null)
  const made = useRef(false)

  async function submit() {
    const request = createStoryRequestSchema.safeParse({ slug, deskId: desk, language })
    if (!request.success) {
      const wrong = request.error.issues[0]?.path[0] === 'slug'
      setSlugIsWrong(wrong)
      setError(wrong ? null : message('desk.new-story.invalid'))
      slugInput.current?.focus()
      return
    }
    setBusy(true)
    try {
      await create(request.data)
      made.current = true
      onClose()
    } catch (thrown) {
      setBusy(false)
      setError(errorMessage(thrown))
    }
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={t('desk.new-story')}
      onSubmit={() => void submit()}
      // The caret goes into the new story's headline.
      onClosed={() => made.current}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" busy={busy} disabled={desks.length === 0}>
            {t('desk.new-story.start')}
          </Button>
        </>
      }
    >
      {!online && <Notice kind="warn">{t('desk.new-story.offline')}</Notice>}
      {desks.length === 0 && <Notice kind="danger">{t('desk.new-story.no-desks')}</Notice>}
      <TextInput
        ref={slugInput}
        label={t('desk.new-story.slug')}
        hint={t('desk.new-story.slug-hint')}
        error={slugIsWrong ? t('desk.new-story.slug-invalid') : null}
        value={slug}
        maxLength={80}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setSlug(event.target.value)
          setSlugIsWrong(false)
        }}
      />
      <Select
        label={t('desk.new-story.desk')}
        value={desk}
        options={desks.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(event) => setDesk(event.target.value)}
      />
      <Select
        label={t('desk.new-story.language')}
        value={language}
        options={languageOptions(language, format)}
        onChange={(event) => setLanguage(event.target.value)}
      />
      {error !== null && <Notice kind="danger">{say(error)}</Notice>}
    </Dialog>
  )
}
