import { AlertDialog as RadixAlert, Dialog as Radix } from 'radix-ui'
import { useRef, type ReactNode } from 'react'
import { Button, IconButton } from './Button.tsx'
import { classes } from './classes.ts'
import styles from './Dialog.module.css'
import { CloseIcon } from './icons.tsx'

/** Where the focus was when a dialog opened last, for one that takes its place. */
let lastBefore: HTMLElement | null = null

/** What has the focus; of an item in a menu, which is gone in a moment, the button that opened the menu. */
function focused(): HTMLElement | null {
  const active = document.activeElement
  if (!(active instanceof HTMLElement) || active === document.body) return lastBefore
  const opener = active.closest('[role="menu"]')?.getAttribute('aria-labelledby')
  return (opener == null ? null : document.getElementById(opener)) ?? active
}

/** What the dialog was opened from is gone, e.g. the button of a delivery that was skipped: the keyboard stays on the page. */
function focusPage(): void {
  const page = document.querySelector('main')
  if (page === null) return
  page.tabIndex = -1
  page.addEventListener('blur', () => page.removeAttribute('tabindex'), { once: true })
  page.focus({ preventScroll: true })
}

/** Dialogs are opened by commands, not by triggers of their own: the focus goes back to wherever it was before. */
function useFocusReturn(onClosed?: () => boolean) {
  const before = useRef<HTMLElement | null>(null)
  return {
    onOpenAutoFocus: () => {
      before.current = lastBefore = focused()
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault()
      if (onClosed?.() === true) return
      if (before.current?.isConnected === false) focusPage()
      else before.current?.focus()
    },
  }
}

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** A sentence under the title. */
  description?: ReactNode
  /** In a row at the foot, the one next action last. */
  actions?: ReactNode
  wide?: boolean
  /** Wider still, for what stands in columns. */
  large?: boolean
  /** With it the dialog is a form, and Enter in a field or a `type="submit"` action calls this. */
  onSubmit?: () => void
  /** Called once the dialog is gone. Returns whether it has put the focus somewhere; else it goes back where it was. */
  onClosed?: () => boolean
  children?: ReactNode
}

export function Dialog(props: DialogProps) {
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
            // With nothing to fill in it is read first, and no button waits for a stray Enter.
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
          {/* Last, so that focus begins in what the dialog is about. */}
          <Radix.Close asChild>
            <IconButton label="Close" size="s" className={styles.close}>
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
  /** The word on the button that does it. */
  action: string
  /** The word on the button that does nothing; "Cancel" unless that could be taken for the action. */
  keep?: string
  /** For what cannot easily be taken back. */
  danger?: boolean
  onConfirm: () => void
}

/** Asks before doing something; Escape and Cancel do nothing. */
export function AlertDialog(props: AlertDialogProps) {
  const { open, onOpenChange, title, description, action, keep = 'Cancel', danger, onConfirm } = props
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
