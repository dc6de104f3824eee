import type { desktop as en } from '../en/desktop.ts'

export const desktop = {} as const satisfies Record<keyof typeof en, string>
