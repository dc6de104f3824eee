import type { app as en } from '../en/app.ts'

export const app = {
  'app.change-server': 'Αλλαγή',
  'app.demo.explanation':
    'Τα πρόσωπα και τα κείμενα εδώ είναι φανταστικά, και μόνο αυτός ο υπολογιστής έχει πρόσβαση. Συνδεθείτε ως ένας από τους συντάκτες. Για να γράψετε μαζί με άλλον, ανοίξτε δεύτερο παράθυρο ως κάποιος άλλος.',
  'app.demo.title': 'Δοκιμαστική σύνταξη',
  'app.email': 'Email',
  'app.email-invalid': 'Γράψτε το email σας στη μορφή onoma@syntaxi.example.',
  'app.language': 'Γλώσσα',
  'app.loading-newsroom': 'Σύνδεση με τη σύνταξη',
  'app.newsroom-address': 'Διεύθυνση της σύνταξης',
  'app.password': 'Κωδικός',
  'app.password-missing': 'Γράψτε τον κωδικό σας.',
  'app.server': 'Σύνταξη: {server}.',
  'app.session-ended':
    'Η σύνδεσή σας έληξε. Η δουλειά σας είναι ασφαλής σε αυτόν τον υπολογιστή. Συνδεθείτε ξανά για να σταλεί.',
  'app.sign-in': 'Σύνδεση',
  'app.signing-in': 'Σύνδεση…',
  'app.use-server': 'Σύνδεση με αυτήν',
} as const satisfies Record<keyof typeof en, string>
