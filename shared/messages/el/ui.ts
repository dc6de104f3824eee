import type { ui as en } from '../en/ui.ts'

export const ui = {
  'ui.and-others': 'και {names}',
  'ui.copied': 'Αντιγράφηκε',
  'ui.copy': 'Αντιγραφή',
  'ui.copy-failed': 'Δεν αντιγράφηκε',
  'ui.copy-failed-explanation': 'Το Galley δεν έχει πρόσβαση στο πρόχειρο εδώ.',
  'ui.dismiss': 'Απόρριψη',
  'ui.loading': 'Φόρτωση',
  'ui.moment': '{time} ({place})',
  'ui.moment-elsewhere': '{there} ({place}), δηλαδή {here} εδώ',
  'ui.notice': 'Ειδοποίηση',
  'ui.notices': 'Ειδοποιήσεις',
} as const satisfies Record<keyof typeof en, string>
