import { Button } from './Button.tsx'
import { toast } from './Toasts.tsx'

export interface CopyButtonProps {
  text: string
  label?: string
  className?: string | undefined
}

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ text, label = 'Copy', className }: CopyButtonProps) {
  return (
    <Button
      variant="quiet"
      size="s"
      className={className}
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => toast({ kind: 'done', title: 'Copied' }),
          () => toast({ kind: 'problem', title: 'Not copied', text: 'The clipboard cannot be used here.' }),
        )
      }}
    >
      {label}
    </Button>
  )
}
