import { Button } from './Button.tsx'
import { useToast } from './Toasts.tsx'

export interface CopyButtonProps {
  text: string
  label?: string
  className?: string | undefined
}

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ text, label = 'Copy', className }: CopyButtonProps) {
  const toast = useToast()
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
