import { useEffect } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { CloseIcon } from '../ui/icons.tsx'
import styles from './Notice.module.css'
import { UNDO } from './page-commands.ts'
import { usePage, usePageState } from './page-context.tsx'

/** In milliseconds: how long a notice is shown. */
const SHOWN_MS = 12_000

/** Shows what just happened, for a short time, with an undo button. */
export function Notice() {
  const { page } = usePage()
  const messages = useMessages()
  const { t } = messages
  const notice = usePageState((state) => state.notice)
  useEffect(() => {
    if (notice === null || notice.lasting === true) return
    const timer = setTimeout(() => page.state.setState({ notice: null }), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [notice, page])

  const done = () => page.state.setState({ notice: null })
  return (
    <div className={styles.place} role="status">
      {notice !== null && (
        <p className={styles.notice}>
          <span>{notice.text(messages)}</span>
          {notice.actions?.map(({ label, run }) => (
            <Button
              key={label}
              size="s"
              variant="quiet"
              onClick={() => {
                run()
                done()
              }}
            >
              {t(label)}
            </Button>
          ))}
          {notice.undoable === true && (
            <Button
              size="s"
              variant="quiet"
              onClick={() => {
                UNDO.run(page)
                done()
              }}
            >
              {t('editor.command.undo')}
            </Button>
          )}
          <IconButton size="s" label={t('common.close')} onClick={done}>
            <CloseIcon size={14} />
          </IconButton>
        </p>
      )}
    </div>
  )
}
