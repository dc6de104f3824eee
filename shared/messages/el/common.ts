import type { common as en } from '../en/common.ts'

export const common = {
  'common.cancel': 'Άκυρο',
  'common.close': 'Κλείσιμο',
  'common.offline': 'Εκτός σύνδεσης',
  'common.try-again': 'Δοκιμάστε ξανά',
  'common.role.reporter': 'Συντάκτης',
  'common.role.editor': 'Αρχισυντάκτης',
  'common.role.wire': 'Συντάκτης ροής',
  'common.field.headline': 'Τίτλος',
  'common.field.standfirst': 'Εισαγωγή',
  'common.field.byline': 'Υπογραφή',
  'common.field.dateline': 'Τόπος και χρόνος',
  'common.field.body': 'Σώμα',
  'common.field.caption': 'Λεζάντα',
  'common.field.credit': 'Πηγή φωτογραφίας',
} as const satisfies Record<keyof typeof en, string>
