import type { ui as en } from '../en/ui.ts'

export const ui = {} as const satisfies Record<keyof typeof en, string>
