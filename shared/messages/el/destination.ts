import type { destination as en } from '../en/destination.ts'

export const destination = {} as const satisfies Record<keyof typeof en, string>
