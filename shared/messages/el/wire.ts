import type { wire as en } from '../en/wire.ts'

export const wire = {} as const satisfies Record<keyof typeof en, string>
