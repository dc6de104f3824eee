/** Short notices at the foot of the window. Components show one by `useToast()`; `<Toasts />` is where they appear. */
import { Toast as Radix } from 'radix-ui'
import { createContext, use } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { useMessages } from '../messages/use-messages.ts'
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

export interface ToastList {
  readonly shown: StoreApi<readonly (Toast & { id: number })[]>
  /** Shows a notice. Problems stay until dismissed; the others disappear by themselves. */
  show: (toast: Toast) => void
  dismiss: (id: number) => void
}

/** Three are shown at most. */
const MOST = 3

export function createToasts(): ToastList {
  const shown = createStore<readonly (Toast & { id: number })[]>(() => [])
  let last = 0
  return {
    shown,
    show(toast) {
      last += 1
      shown.setState([...shown.getState(), { ...toast, id: last }].slice(-MOST), true)
    },
    dismiss(id) {
      shown.setState(
        shown.getState().filter((each) => each.id !== id),
        true,
      )
    },
  }
}

const Context = createContext<ToastList | null>(null)

export const ToastsProvider = Context.Provider

function useToastList(): ToastList {
  const toasts = use(Context)
  if (toasts === null) throw new Error('No window around this component has toasts')
  return toasts
}

/** Returns the function that shows a notice in this window. */
export function useToast(): ToastList['show'] {
  return useToastList().show
}

export function Toasts() {
  const { t } = useMessages()
  const { shown, dismiss } = useToastList()
  /** Radix replaces `{hotkey}`. */
  const notices = `${t('ui.notices')} ({hotkey})`
  const toasts = useStore(shown)
  return (
    <Radix.Provider swipeDirection="right" label={t('ui.notice')}>
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
            <IconButton label={t('ui.dismiss')} size="s">
              <CloseIcon />
            </IconButton>
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport className={styles.viewport} label={notices} hotkey={['F8']} />
    </Radix.Provider>
  )
}
