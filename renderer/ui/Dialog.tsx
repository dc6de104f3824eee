import { AlertDialog as RadixAlert, Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { Button, IconButton } from './Button.tsx'
import { classes } from './classes.ts'
import styles from './Dialog.module.css'
import { useFocusReturn } from './focus-return.ts'
import { CloseIcon } from './icons.tsx'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** A sentence under the title. */
  description?: ReactNode
  /** In a row at the foot, the main action last. */
  actions?: ReactNode
  wide?: boolean
  /** Wider still, for columns. */
  large?: boolean
  /** Makes the dialog a form: Enter in a field, or a `type="submit"` action, calls this. */
  onSubmit?: () => void
  /** Called after the dialog has closed. Returns true if it has moved the focus, which otherwise returns to where it was. */
  onClosed?: () => boolean
  children?: ReactNode
}

export function Dialog(props: DialogProps) {
  const { t } = useMessages()
  const { open, onOpenChange, title, description, actions, wide, large, onSubmit, onClosed, children } = props
  const { onOpenAutoFocus, onCloseAutoFocus } = useFocusReturn(onClosed)
  const inside = (
    <>
      {children !== undefined && <div className={styles.content}>{children}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </>
  )
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content
          className={classes(styles.dialog, wide && styles.wide, large && styles.large)}
          onCloseAutoFocus={onCloseAutoFocus}
          onOpenAutoFocus={(event) => {
            onOpenAutoFocus()
            // Without a field, the dialog has the focus, so that a stray Enter presses no button.
            const dialog = event.currentTarget
            if (!(dialog instanceof HTMLElement) || dialog.querySelector('input, select, textarea') !== null) return
            event.preventDefault()
            dialog.focus()
          }}
          {...(description === undefined && { 'aria-describedby': undefined })}
        >
          <div className={styles.head}>
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            {description !== undefined && (
              <Radix.Description className={styles.description}>{description}</Radix.Description>
            )}
          </div>
          {onSubmit === undefined ? (
            inside
          ) : (
            <form
              className={styles.form}
              noValidate
              onSubmit={(event) => {
                event.preventDefault()
                onSubmit()
              }}
            >
              {inside}
            </form>
          )}
          {/* Last, so that the focus starts in the content. */}
          <Radix.Close asChild>
            <IconButton label={t('common.close')} size="s" className={styles.close}>
              <CloseIcon />
            </IconButton>
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export interface AlertDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** A question: "Spike this story?" */
  title: string
  description: ReactNode
  /** The label of the button that does it. */
  action: string
  /** The label of the button that does nothing: "Cancel", unless that could be read as the action. */
  keep?: string
  /** For an action that is hard to undo. */
  danger?: boolean
  onConfirm: () => void
}

/** Asks before doing something; Escape and Cancel do nothing. */
export function AlertDialog(props: AlertDialogProps) {
  const { t } = useMessages()
  const { open, onOpenChange, title, description, action, keep = t('common.cancel'), danger, onConfirm } = props
  const focus = useFocusReturn()
  return (
    <RadixAlert.Root open={open} onOpenChange={onOpenChange}>
      <RadixAlert.Portal>
        <RadixAlert.Overlay className={styles.scrim} />
        <RadixAlert.Content className={styles.dialog} {...focus}>
          <div className={styles.head}>
            <RadixAlert.Title className={styles.title}>{title}</RadixAlert.Title>
            <RadixAlert.Description className={styles.description}>{description}</RadixAlert.Description>
          </div>
          <div className={styles.actions}>
            <RadixAlert.Cancel asChild>
              <Button>{keep}</Button>
            </RadixAlert.Cancel>
            <RadixAlert.Action asChild>
              <Button variant={danger === true ? 'danger' : 'primary'} onClick={onConfirm}>
                {action}
              </Button>
            </RadixAlert.Action>
          </div>
        </RadixAlert.Content>
      </RadixAlert.Portal>
    </RadixAlert.Root>
  )
}
