import type { editor as en } from '../en/editor.ts'

export const editor = {} as const satisfies Record<keyof typeof en, string>
