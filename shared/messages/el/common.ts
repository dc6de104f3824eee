import type { common as en } from '../en/common.ts'

export const common = {
  'common.cancel': 'Άκυρο',
  'common.close': 'Κλείσιμο',
  'common.offline': 'Εκτός σύνδεσης',
  'common.try-again': 'Δοκιμάστε ξανά',
  'common.role.reporter': 'Συντάκτης',
  'common.role.editor': 'Αρχισυντάκτης',
  'common.role.wire': 'Συντάκτης ροής',
} as const satisfies Record<keyof typeof en, string>
