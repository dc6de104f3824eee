// Imported for its types, which add the link commands to the editor.
import type {} from '@tiptap/extension-link'
import { Popover } from 'radix-ui'
import { type RefObject, useId, useMemo, useState } from 'react'
import { type Editor, getMarkRange, posToDOMRect } from '@tiptap/core'
import { useMessages } from '../../messages/use-messages.ts'
import { Button } from '../../ui/Button.tsx'
import { useEditorOf, usePage, usePageState } from '../page-context.tsx'
import popover from '../Popover.module.css'
import { linkAddress, type LinkProblem } from './link-address.ts'

/** Edits the link at the body's selection. Opens at the selection, and puts the caret back there. */
export function LinkForm() {
  const { page } = usePage()
  const open = usePageState((state) => state.linkForm)
  const body = useEditorOf('body')
  if (!open || body === null) return null
  return <OpenLinkForm body={body} onClose={() => page.state.setState({ linkForm: false })} />
}

function OpenLinkForm({ body, onClose }: { body: Editor; onClose: () => void }) {
  const { t } = useMessages()
  const [before] = useState(() => linkAt(body))
  const [typed, setTyped] = useState(before.href)
  const [problem, setProblem] = useState<LinkProblem | null>(null)
  const id = useId()
  const anchor = useMemo<RefObject<{ getBoundingClientRect(): DOMRect }>>(
    () => ({ current: { getBoundingClientRect: () => posToDOMRect(body.view, before.from, before.to) } }),
    [body, before],
  )

  const save = () => {
    const { href, problem } = linkAddress(typed)
    if (href === null) {
      setProblem(problem)
      return
    }
    const chain = body.chain().setTextSelection({ from: before.from, to: before.to })
    if (before.from === before.to) {
      chain.insertContent({ type: 'text', text: typed.trim(), marks: [{ type: 'link', attrs: { href } }] }).run()
    } else {
      chain.setLink({ href }).setTextSelection(before.to).run()
    }
    onClose()
  }
  const remove = () => {
    body.chain().setTextSelection({ from: before.from, to: before.to }).unsetLink().run()
    onClose()
  }

  return (
    <Popover.Root open onOpenChange={(opens) => !opens && onClose()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          className={popover.popover}
          side="bottom"
          sideOffset={8}
          collisionPadding={12}
          aria-label={t('editor.link')}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            body.view.focus()
          }}
        >
          <form
            className={popover.form}
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              save()
            }}
          >
            <label className={popover.label} htmlFor={id}>
              {t('editor.link.address')}
            </label>
            <input
              id={id}
              className={popover.input}
              type="url"
              autoComplete="off"
              spellCheck={false}
              placeholder={t('editor.link.placeholder')}
              value={typed}
              aria-invalid={problem !== null}
              aria-describedby={problem === null ? undefined : `${id}-problem`}
              onChange={(event) => {
                setTyped(event.target.value)
                setProblem(null)
              }}
            />
            {problem !== null && (
              <p id={`${id}-problem`} className={popover.problem} role="alert">
                {t(problem)}
              </p>
            )}
            <div className={popover.actions}>
              {before.href !== '' && (
                <Button size="s" variant="quiet" onClick={remove}>
                  {t('editor.link.remove')}
                </Button>
              )}
              <Button size="s" variant="primary" type="submit">
                {t(before.href === '' ? 'editor.link.add' : 'editor.link.change')}
              </Button>
            </div>
          </form>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** Returns the range of the link around the selection, or the selection itself if there is none. */
function linkAt(editor: Editor): { from: number; to: number; href: string } {
  const { selection, schema } = editor.state
  const { from, to } = selection
  const href: unknown = editor.getAttributes('link')['href']
  if (typeof href !== 'string' || schema.marks['link'] === undefined) return { from, to, href: '' }
  const range = getMarkRange(selection.$from, schema.marks['link'])
  return range === undefined
    ? { from, to, href }
    : { from: Math.min(from, range.from), to: Math.max(to, range.to), href }
}
