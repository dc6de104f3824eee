import type { desk as en } from '../en/desk.ts'

export const desk = {} as const satisfies Record<keyof typeof en, string>
