import type { collaboration as en } from '../en/collaboration.ts'

export const collaboration = {} as const satisfies Record<keyof typeof en, string>
