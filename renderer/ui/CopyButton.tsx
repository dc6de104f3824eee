import { useMessages } from '../messages/use-messages.ts'
import { Button } from './Button.tsx'
import { useToast } from './Toasts.tsx'

export interface CopyButtonProps {
  text: string
  label?: string
  className?: string | undefined
}

/** Copies a text to the clipboard, and confirms it. */
export function CopyButton({ text, label, className }: CopyButtonProps) {
  const { t } = useMessages()
  const toast = useToast()
  return (
    <Button
      variant="quiet"
      size="s"
      className={className}
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => toast({ kind: 'done', title: t('ui.copied') }),
          () => toast({ kind: 'problem', title: t('ui.copy-failed'), text: t('ui.copy-failed-explanation') }),
        )
      }}
    >
      {label ?? t('ui.copy')}
    </Button>
  )
}
