import type { refusal as en } from '../en/refusal.ts'

export const refusal = {
  'refusal.address-not-found': 'Δεν υπάρχει τίποτα σε αυτή τη διεύθυνση.',
  'refusal.app-not-built':
    'Η εφαρμογή δεν έχει δημιουργηθεί σε αυτόν τον διακομιστή. Δημιουργήστε την με: npm run build',
  'refusal.bad-request': 'Το «{field}» δεν είναι έγκυρο: {problem}',
  'refusal.database-damaged': 'Ο δίσκος ή η βάση δεδομένων της σύνταξης έχει βλάβη. Ενημερώστε τον διαχειριστή σας.',
  'refusal.database-unreachable':
    'Δεν υπάρχει επικοινωνία με τη βάση δεδομένων της σύνταξης αυτή τη στιγμή. Δοκιμάστε ξανά.',
  'refusal.desk-not-found': 'Το Galley δεν βρίσκει αυτό το τμήμα. Επιλέξτε ένα από τα τμήματα της σύνταξης.',
  'refusal.disk-full':
    'Ο δίσκος της σύνταξης είναι γεμάτος και δεν άλλαξε τίποτα. Ζητήστε από τον διαχειριστή σας να ελευθερώσει χώρο.',
  'refusal.disk-read-only':
    'Δεν είναι δυνατή η εγγραφή στον δίσκο της σύνταξης αυτή τη στιγμή και δεν άλλαξε τίποτα. Ενημερώστε τον διαχειριστή σας.',
  'refusal.empty-file': 'Το αρχείο είναι κενό.',
  'refusal.files-busy': 'Η σύνταξη επεξεργάζεται ακόμη άλλα αρχεία. Στείλτε ξανά αυτό το αρχείο σε ένα λεπτό.',
  'refusal.host-not-allowed':
    'Αυτός ο διακομιστής δεν απαντά στο όνομα «{host}». Αν είναι το όνομά του, προσθέστε το στο GALLEY_HOSTS.',
  'refusal.intake-item-not-found': 'Το Galley δεν βρίσκει αυτό το στοιχείο.',
  'refusal.json-only': 'Στείλτε το αίτημα ως JSON.',
  'refusal.list-changed': 'Αυτή η λίστα άλλαξε. Φορτώστε την ξανά.',
  'refusal.metrics-not-allowed':
    'Διαβάστε τις μετρήσεις στον ίδιο τον διακομιστή ή στείλτε το GALLEY_METRICS_TOKEN ως «Authorization: Bearer».',
  'refusal.move-not-allowed':
    'Δεν μπορείτε να κάνετε αυτή τη μετακίνηση. Απευθυνθείτε σε αρχισυντάκτη ή στο τμήμα ροής.',
  'refusal.not-a-picture':
    'Αυτό το αρχείο δεν είναι εικόνα που διαβάζει το Galley. Στείλτε JPEG, PNG, WebP, GIF ή AVIF.',
  'refusal.not-signed-in': 'Έχετε αποσυνδεθεί. Συνδεθείτε ξανά.',
  'refusal.offline': 'Δεν υπάρχει επικοινωνία με τη σύνταξη. Ελέγξτε τη σύνδεσή σας και δοκιμάστε ξανά.',
  'refusal.page-not-found': 'Το Galley δεν βρίσκει αυτή τη σελίδα.',
  'refusal.picture-damaged': 'Αυτή η εικόνα είναι κατεστραμμένη. Πάρτε νέο αντίγραφο από εκεί που προήλθε.',
  'refusal.picture-format':
    'Οι περιηγητές δεν εμφανίζουν εικόνες {format}. Αποθηκεύστε την ως JPEG ή PNG και προσθέστε την ξανά.',
  'refusal.picture-id-taken': 'Μια άλλη εικόνα έχει ήδη αυτό το αναγνωριστικό. Προσθέστε ξανά την εικόνα.',
  'refusal.picture-not-found': 'Το Galley δεν βρίσκει αυτή την εικόνα.',
  'refusal.picture-too-complex':
    'Η αποκωδικοποίηση της εικόνας παίρνει πολύ χρόνο ή μνήμη. Αποθηκεύστε την ως JPEG και προσθέστε την ξανά.',
  'refusal.picture-too-large':
    'Αυτή η εικόνα έχει πάνω από {megapixels, number} εκατομμύρια εικονοστοιχεία. Μικρύνετέ την πρώτα.',
  'refusal.server-error': 'Παρουσιάστηκε σφάλμα στον διακομιστή της σύνταξης και καταγράφηκε. Δοκιμάστε ξανά.',
  'refusal.server-unavailable': 'Η σύνταξη δεν είναι διαθέσιμη αυτή τη στιγμή. Δοκιμάστε ξανά σε λίγο.',
  'refusal.session-not-found': 'Αυτή η σύνδεση έχει ήδη τερματιστεί.',
  'refusal.sign-in-busy': 'Συνδέονται πάρα πολλοί αυτή τη στιγμή. Δοκιμάστε ξανά σε λίγα δευτερόλεπτα.',
  'refusal.source-paused': 'Η σύνταξη έχει θέσει αυτή την πηγή σε παύση. Στείλτε το ξανά αργότερα.',
  'refusal.story-id-taken':
    'Ένα άλλο θέμα έχει ήδη αυτό το αναγνωριστικό. Δημιουργήστε το νέο με δικό του αναγνωριστικό.',
  'refusal.story-moved':
    'Το θέμα έχει προχωρήσει: τώρα είναι {stage, select, draft {πρόχειρο} filed {παραδομένο} ready {έτοιμο} published {δημοσιευμένο} spiked {κομμένο} other {ανακληθέν}}.',
  'refusal.story-not-found': 'Το Galley δεν βρίσκει αυτό το θέμα.',
  'refusal.timeout': 'Η σύνταξη άργησε να απαντήσει. Δοκιμάστε ξανά σε λίγο.',
  'refusal.too-large': 'Αυτό ξεπερνά όσα δέχεται η σύνταξη σε ένα αίτημα.',
  'refusal.too-many-requests': 'Πάρα πολλά αιτήματα. Περιμένετε ένα λεπτό και δοκιμάστε ξανά.',
  'refusal.too-many-wrong-passwords':
    'Πάρα πολλοί λανθασμένοι κωδικοί. Δοκιμάστε ξανά σε {minutes, plural, one {# λεπτό} other {# λεπτά}}.',
  'refusal.too-many-wrong-tokens':
    'Πάρα πολλά λανθασμένα κλειδιά πρόσβασης. Δοκιμάστε ξανά σε {minutes, plural, one {# λεπτό} other {# λεπτά}}.',
  'refusal.unknown-answer':
    'Αυτή η έκδοση του Galley δεν καταλαβαίνει την απάντηση του διακομιστή. Ενημερώστε το Galley ή ελέγξτε τη διεύθυνση της σύνταξης.',
  'refusal.uploads-busy': 'Στέλνονται πάρα πολλά αρχεία ταυτόχρονα. Στείλτε ξανά αυτό το αρχείο σε λίγο.',
  'refusal.wrong-current-password': 'Ο τωρινός κωδικός σας είναι λάθος.',
  'refusal.wrong-password': 'Λάθος email ή κωδικός.',
  'refusal.wrong-token': 'Λάθος διεύθυνση ή κλειδί πρόσβασης για αυτή την πηγή.',
} as const satisfies Record<keyof typeof en, string>
