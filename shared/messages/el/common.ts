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

  'common.problem.missing': 'Το πεδίο είναι υποχρεωτικό.',
  'common.problem.too-long': 'Γράψτε έως {maximum, plural, one {# χαρακτήρα} other {# χαρακτήρες}}.',
  'common.problem.too-small': 'Γράψτε {minimum, number} ή περισσότερο.',
  'common.problem.too-large': 'Γράψτε {maximum, number} ή λιγότερο.',
  'common.problem.number': 'Γράψτε έναν ακέραιο αριθμό.',
  'common.problem.one-line': 'Γράψτε σε μία μόνο γραμμή.',
  'common.problem.email': 'Γράψτε μια διεύθυνση όπως name@newsroom.example.',
  'common.problem.invalid': 'Η τιμή δεν είναι έγκυρη.',
} as const satisfies Record<keyof typeof en, string>
