import type { intake as en } from '../en/intake.ts'

export const intake = {} as const satisfies Record<keyof typeof en, string>
