/** Short notices at the foot of the window. `toast(...)` may be called from anywhere; `<Toasts />` shows them. */
import { Toast as Radix } from 'radix-ui'
import { create } from 'zustand'
import { Button, IconButton } from './Button.tsx'
import { classes } from './classes.ts'
import { CheckIcon, CloseIcon, WarningIcon } from './icons.tsx'
import styles from './Toasts.module.css'

export interface Toast {
  kind: 'done' | 'problem' | 'news'
  title: string
  text?: string
  action?: { label: string; run: () => void }
}

interface ToastState {
  toasts: readonly (Toast & { id: number })[]
  next: number
}

const useToasts = create<ToastState>(() => ({ toasts: [], next: 1 }))

/** Shows a notice. Problems stay until dismissed; the rest goes by itself. */
export function toast(notice: Toast): void {
  useToasts.setState(({ toasts, next }) => ({ toasts: [...toasts.slice(-2), { ...notice, id: next }], next: next + 1 }))
}

function dismiss(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((each) => each.id !== id) }))
}

export function Toasts() {
  const toasts = useToasts((state) => state.toasts)
  return (
    <Radix.Provider swipeDirection="right" label="Notice">
      {toasts.map(({ id, kind, title, text, action }) => (
        <Radix.Root
          key={id}
          className={classes(styles.toast, styles[kind])}
          type={kind === 'problem' ? 'foreground' : 'background'}
          duration={kind === 'problem' ? Infinity : 6000}
          onOpenChange={(open) => {
            if (!open) dismiss(id)
          }}
        >
          {kind === 'problem' && <WarningIcon className={styles.mark} />}
          {kind === 'done' && <CheckIcon className={styles.mark} />}
          <div className={styles.words}>
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            {text !== undefined && <Radix.Description className={styles.text}>{text}</Radix.Description>}
          </div>
          {action !== undefined && (
            <Radix.Action altText={action.label} asChild>
              <Button size="s" onClick={action.run}>
                {action.label}
              </Button>
            </Radix.Action>
          )}
          <Radix.Close asChild>
            <IconButton label="Dismiss" size="s">
              <CloseIcon />
            </IconButton>
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport className={styles.viewport} label="Notices ({hotkey})" hotkey={['F8']} />
    </Radix.Provider>
  )
}
