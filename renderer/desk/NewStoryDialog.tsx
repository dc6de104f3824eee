import { useRef, useState } from 'react'
import { createStoryRequestSchema, type CreateStoryRequest } from '#shared/protocol/http.ts'
import type { Desk } from '#shared/story/story.ts'
import { errorSentence } from '../api/api-error.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Select, TextInput } from '../ui/Field.tsx'
import { languageOptions } from '../ui/languages.ts'
import { Notice } from '../ui/States.tsx'

export interface NewStoryDialogProps {
  desks: readonly Desk[]
  /** The desk that is offered first; null for none in particular. */
  deskId: string | null
  /** The language that is offered first, a BCP 47 tag. */
  language: string
  online: boolean
  /** Resolves once the story can be opened. */
  create: (request: CreateStoryRequest) => Promise<unknown>
  onClose: () => void
}

export function NewStoryDialog({ desks, deskId, language: usual, online, create, onClose }: NewStoryDialogProps) {
  const [slug, setSlug] = useState('')
  const [desk, setDesk] = useState(deskId ?? desks[0]?.id ?? '')
  const [language, setLanguage] = useState(usual)
  const [busy, setBusy] = useState(false)
  const [slugError, setSlugError] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const slugInput = useRef<HTMLInputElement>(null)
  const made = useRef(false)

  async function submit() {
    const request = createStoryRequestSchema.safeParse({ slug, deskId: desk, language })
    if (!request.success) {
      const [issue] = request.error.issues
      setSlugError(issue?.path[0] === 'slug' ? `${issue.message}.` : null)
      setError(issue?.path[0] === 'slug' ? null : (issue?.message ?? null))
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
      setError(errorSentence(thrown))
    }
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title="New story"
      onSubmit={() => void submit()}
      // The caret belongs to the new story's headline then.
      onClosed={() => made.current}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" busy={busy} disabled={desks.length === 0}>
            Start writing
          </Button>
        </>
      }
    >
      {!online && (
        <Notice kind="warn">
          Offline. The story begins on this computer, and goes to the newsroom when the connection is back.
        </Notice>
      )}
      {desks.length === 0 && (
        <Notice kind="danger">
          The newsroom’s desks are not known on this computer yet. Connect once, then stories can be made offline too.
        </Notice>
      )}
      <TextInput
        ref={slugInput}
        label="Slug"
        hint="A short working name, such as “minsk-protest”."
        error={slugError}
        value={slug}
        maxLength={80}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setSlug(event.target.value)
          setSlugError(null)
        }}
      />
      <Select
        label="Desk"
        value={desk}
        options={desks.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(event) => setDesk(event.target.value)}
      />
      <Select
        label="Language"
        value={language}
        options={languageOptions(language)}
        onChange={(event) => setLanguage(event.target.value)}
      />
      {error !== null && <Notice kind="danger">{error}</Notice>}
    </Dialog>
  )
}
