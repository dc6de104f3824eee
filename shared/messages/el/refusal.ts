import type { refusal as en } from '../en/refusal.ts'

export const refusal = {
  'refusal.offline': 'Δεν υπάρχει επικοινωνία με τη σύνταξη. Ελέγξτε τη σύνδεσή σας και δοκιμάστε ξανά.',
  'refusal.server-error': 'Παρουσιάστηκε σφάλμα στον διακομιστή της σύνταξης και καταγράφηκε. Δοκιμάστε ξανά.',
  'refusal.server-unavailable': 'Η σύνταξη δεν είναι διαθέσιμη αυτή τη στιγμή. Δοκιμάστε ξανά σε λίγο.',
  'refusal.sign-in-busy': 'Συνδέονται πάρα πολλοί αυτή τη στιγμή. Δοκιμάστε ξανά σε λίγα δευτερόλεπτα.',
  'refusal.timeout': 'Η σύνταξη άργησε να απαντήσει. Δοκιμάστε ξανά σε λίγο.',
  'refusal.too-many-wrong-passwords':
    'Πάρα πολλοί λανθασμένοι κωδικοί. Δοκιμάστε ξανά σε {minutes, plural, one {# λεπτό} other {# λεπτά}}.',
  'refusal.unknown-answer':
    'Αυτή η έκδοση του Galley δεν καταλαβαίνει την απάντηση του διακομιστή. Ενημερώστε το Galley ή ελέγξτε τη διεύθυνση της σύνταξης.',
  'refusal.wrong-password': 'Λάθος email ή κωδικός.',
} as const satisfies Record<keyof typeof en, string>
