import type { check as en } from '../en/check.ts'

export const check = {} as const satisfies Record<keyof typeof en, string>
