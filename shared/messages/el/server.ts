import type { server as en } from '../en/server.ts'

export const server = {
  'server.delivery.address-missing': 'Ο {host} δεν έχει διεύθυνση. Ελέγξτε το όνομά του.',
  'server.delivery.certificate':
    'Το πιστοποιητικό του {where} δεν είναι έγκυρο ({reason}). Ζητήστε από τους διαχειριστές του να το ανανεώσουν ή δώστε το πιστοποιητικό που το υπέγραψε.',
  'server.delivery.destination-removed': 'Ο αποδέκτης έχει καταργηθεί.',
  'server.delivery.failed': 'Η αποστολή προς {where} απέτυχε: {reason}',
  'server.delivery.folder-failed': 'Δεν είναι δυνατή η εγγραφή στο {folder}: {reason}',
  'server.delivery.folder-full': 'Ο δίσκος του {folder} είναι γεμάτος. Ελευθερώστε χώρο.',
  'server.delivery.folder-missing': 'Ο φάκελος {folder} δεν υπάρχει. Δημιουργήστε τον ή προσαρτήστε τον ξανά.',
  'server.delivery.folder-not-writable': 'Το Galley δεν έχει δικαίωμα εγγραφής στο {folder}. Δώστε του.',
  'server.delivery.format-unknown':
    'Αυτή η έκδοση του Galley δεν υποστηρίζει τη μορφή {format}. Ενημερώστε τον διακομιστή.',
  'server.delivery.host-key':
    'Ο {host} δείχνει το κλειδί {key} και όχι αυτό που ορίστηκε. Ρωτήστε τους διαχειριστές του αν το άλλαξαν πριν το δεχτείτε.',
  'server.delivery.hung-up': 'Ο {where} έκλεισε τη σύνδεση. Το Galley θα δοκιμάσει ξανά.',
  'server.delivery.key-changed':
    'Ο αποθηκευμένος κωδικός δεν αποκρυπτογραφείται, γιατί αποθηκεύτηκε με άλλο κλειδί. Δώστε στον διακομιστή το ίδιο GALLEY_SECRET_KEY ή secret.key ή πληκτρολογήστε ξανά τον κωδικό.',
  'server.delivery.kill-unreachable':
    'Ο αποδέκτης έχει καταργηθεί και ίσως έχει ακόμη το θέμα. Ειδοποιήστε τους ανθρώπους του τηλεφωνικά.',
  'server.delivery.killed-before': 'Το θέμα ανακλήθηκε πριν σταλεί αυτό.',
  'server.delivery.left-out': 'Το παρέλειψε το τμήμα ροής.',
  'server.delivery.mail-later': 'Ο {where} δεν δέχεται τώρα το μήνυμα ({status}). Το Galley θα δοκιμάσει ξανά.',
  'server.delivery.mail-refused':
    'Ο {where} απέρριψε το μήνυμα ({status}). Ελέγξτε τον χρήστη, τον κωδικό και τις διευθύνσεις.',
  'server.delivery.mail-refused-partly':
    'Ο διακομιστής αλληλογραφίας απέρριψε: {addresses}. Οι υπόλοιποι το έχουν. Διορθώστε τη διεύθυνση. Η νέα προσπάθεια το στέλνει ξανά σε όλους.',
  'server.delivery.not-a-folder': 'Το {folder} δεν είναι φάκελος. Βάλτε φάκελο στη θέση του.',
  'server.delivery.not-found':
    'Ο διακομιστής δεν βρίσκει τον {where}. Ελέγξτε το όνομα και ότι ο διακομιστής αναλύει ονόματα.',
  'server.delivery.picture-missing': 'Η εικόνα {name} δεν υπάρχει πια στη σύνταξη.',
  'server.delivery.private-address':
    'Ο {host} βρίσκεται στο εσωτερικό δίκτυο της σύνταξης, όπου το Galley δεν στέλνει τίποτε. Αν είναι σωστό, επιλέξτε την ένδειξη εσωτερικού δικτύου· πρέπει να το επιτρέψει και ο διαχειριστής του διακομιστή.',
  'server.delivery.receiver-later': 'Ο παραλήπτης δεν το δέχεται τώρα ({status}). Το Galley θα δοκιμάσει ξανά.',
  'server.delivery.receiver-refused':
    'Ο παραλήπτης το απέρριψε ({status}). Δείτε την απάντησή του και ρωτήστε τους διαχειριστές του.',
  'server.delivery.redirected':
    'Ο {where} ανακατευθύνει, κάτι που το Galley δεν ακολουθεί. Δώστε την τελική διεύθυνση.',
  'server.delivery.refused-connection':
    'Κανείς δεν απαντά στο {where}. Ελέγξτε ότι ο παραλήπτης λειτουργεί και ότι η θύρα είναι σωστή.',
  'server.delivery.s3-later': 'Ο χώρος αποθήκευσης δεν το δέχεται τώρα ({status}). Το Galley θα δοκιμάσει ξανά.',
  'server.delivery.s3-no-key': 'Λείπει το μυστικό κλειδί πρόσβασης. Δώστε το.',
  'server.delivery.s3-refused':
    'Ο χώρος αποθήκευσης το απέρριψε ({status}). Ελέγξτε bucket, περιοχή και κλειδιά και δείτε την απάντησή του.',
  'server.delivery.sign-in-refused':
    'Ο {host} δεν δέχτηκε τη σύνδεση του χρήστη {user}. Ελέγξτε τον χρήστη και τον κωδικό ή το κλειδί.',
  'server.delivery.skipped-because': 'Το παρέλειψε: {name}. {reason}',
  'server.delivery.skipped-by': 'Το παρέλειψε: {name}.',
  'server.delivery.stopped': 'Διακόπηκε καθ’ οδόν.',
  'server.delivery.timeout':
    'Διήρκεσε περισσότερο από {seconds, plural, one {# δευτερόλεπτο} other {# δευτερόλεπτα}}. Ελέγξτε ότι ο παραλήπτης λειτουργεί και ότι η σύνδεση είναι αρκετά γρήγορη.',
  'server.delivery.type-unknown':
    'Αυτή η έκδοση του Galley δεν υποστηρίζει αποδέκτες τύπου {type}. Ενημερώστε τον διακομιστή.',
  'server.delivery.unreachable':
    'Ο {where} δεν είναι προσβάσιμος. Ελέγξτε ότι ο διακομιστής μπορεί να συνδεθεί και ότι ο παραλήπτης λειτουργεί.',
  'server.delivery.writable': 'Το Galley μπορεί να γράψει στο {where}.',
  'server.folder.not-allowed':
    'Το Galley δεν μπορεί να χρησιμοποιήσει τον φάκελο {folder}, παρά μόνο φακέλους μέσα σε: {roots}. Ο διαχειριστής του διακομιστή μπορεί να επιτρέψει κι άλλους.',
  'server.schedule.cancelled-by': 'Το ακύρωσε: {name}.',
  'server.schedule.ended-by-kill': 'Το θέμα ανακλήθηκε.',
  'server.schedule.ended-by-schedule': 'Επιλέχθηκε άλλη ώρα.',
  'server.schedule.ended-by-version': 'Δημοσιεύτηκε πρώτα η έκδοση {version, number}.',
  'server.schedule.taken-back':
    'Το θέμα πάρθηκε πίσω αφότου προγραμματίστηκε. Προγραμματίστε το ξανά όταν είναι έτοιμο.',
} as const satisfies Record<keyof typeof en, string>
