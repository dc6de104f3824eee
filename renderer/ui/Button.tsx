import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import styles from './Button.module.css'
import { classes } from './classes.ts'
import { Tooltip } from './Tooltip.tsx'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary`: the one thing to do here. `plain`: beside it. `quiet`: no box until it is pointed at. */
  variant?: 'primary' | 'plain' | 'quiet' | 'danger'
  size?: 'm' | 's'
  icon?: ReactNode
  /** Work is under way: the button says so and takes no second press, but keeps its place and its focus. */
  busy?: boolean
  ref?: Ref<HTMLButtonElement>
}

export function Button({
  variant = 'plain',
  size = 'm',
  icon,
  busy = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      className={classes(styles.button, styles[variant], size === 's' && styles.small, className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled']}
      onClick={busy ? undefined : onClick}
      {...rest}
    >
      {icon}
      {children}
    </button>
  )
}

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label'> {
  /** The accessible name, which is also the tooltip. */
  label: string
  /** Shown after the label in the tooltip, as `Keys` writes it: `Mod-Shift-P`. */
  shortcut?: string | undefined
  size?: 'm' | 's'
  /** For a button that stays down. */
  pressed?: boolean
  ref?: Ref<HTMLButtonElement>
}

export function IconButton({ label, shortcut, size = 'm', pressed, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={classes(styles.button, styles.quiet, styles.square, size === 's' && styles.small, className)}
        {...rest}
      />
    </Tooltip>
  )
}
