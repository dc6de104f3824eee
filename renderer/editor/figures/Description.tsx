import { Popover } from 'radix-ui'
import { useId, useState } from 'react'
import type { Picture } from '#shared/article/article.ts'
import { setPicture } from '#shared/article/document.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { usePage } from '../page-context.tsx'
import popover from '../Popover.module.css'
import styles from './FigureView.module.css'

/** The button for the picture's alt text. It shows whether there is one. */
export function Description({ figureId, picture }: { figureId: string; picture: Picture }) {
  const { page } = usePage()
  const { t } = useMessages()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const label = useId()
  const described = picture.alt !== ''

  const save = () => {
    setOpen(false)
    const alt = text.trim()
    if (alt !== picture.alt) setPicture(page.session.doc, figureId, { ...picture, alt })
  }
  return (
    <Popover.Root
      open={open}
      onOpenChange={(opens) => {
        if (opens) setText(picture.alt)
        setOpen(opens)
      }}
    >
      <Popover.Trigger asChild>
        <Button variant="quiet" size="s" className={classes(styles.tool, !described && styles.missing)}>
          {t(described ? 'editor.picture.described' : 'editor.picture.describe')}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={popover.popover}
          side="bottom"
          align="start"
          sideOffset={6}
          collisionPadding={12}
          aria-labelledby={label}
        >
          <form
            className={popover.form}
            onSubmit={(event) => {
              event.preventDefault()
              save()
            }}
          >
            <label id={label} htmlFor={`${label}-text`} className={popover.label}>
              {t('editor.picture.description')}
            </label>
            <textarea
              id={`${label}-text`}
              className={popover.input}
              rows={3}
              maxLength={1000}
              value={text}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.shiftKey) return
                event.preventDefault()
                save()
              }}
            />
            <div className={popover.actions}>
              <Button size="s" onClick={() => setOpen(false)}>
                {t('common.cancel')}
              </Button>
              <Button size="s" variant="primary" type="submit">
                {t('editor.picture.save-description')}
              </Button>
            </div>
          </form>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
