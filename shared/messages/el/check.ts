import type { check as en } from '../en/check.ts'

export const check = {
  'check.needed':
    'Ο αποδέκτης {destination} χρειάζεται {part, select, standfirst {υπότιτλο} byline {υπογραφή} dateline {τόπο και ημερομηνία} section {ενότητα} keywords {λέξεις-κλειδιά} subjects {θεματική} urgency {προτεραιότητα} genre {είδος} place {τόπο} rights {δικαιώματα} other {εικόνα}}.',
  'check.one-line': 'Ο τίτλος είναι μία γραμμή. Ενώστε τις γραμμές του.',
  'check.picture-missing': 'Λείπει η εικόνα. Προσθέστε μία ή αφαιρέστε το πλαίσιο.',
  'check.picture-not-here': 'Η εικόνα {name} δεν έχει φτάσει ακόμη στη σύνταξη. Περιμένετέ την ή αφαιρέστε το πλαίσιο.',
  'check.required':
    '{part, select, headline {Γράψτε τίτλο.} byline {Συμπληρώστε την υπογραφή.} body {Γράψτε το θέμα: το κείμενο είναι κενό.} other {Συμπληρώστε την πηγή της φωτογραφίας.}}',
  'check.slug':
    '{problem, select, missing {Γράψτε λεζάντα εργασίας (slug).} long {Το slug έχει το πολύ 80 χαρακτήρες.} other {Γράψτε το slug σε μία γραμμή.}}',
  'check.source-embargo':
    '{who, select, none {Η πηγή} other {{who}}}: εμπάργκο έως {until, date, ::dMMMyHHmmz}. Ορίστε αυτό το εμπάργκο ή μεταγενέστερο, προγραμματίστε το θέμα για τότε ή επιβεβαιώστε ότι το εμπάργκο ήρθη.',
  'check.source-kill':
    '{who, select, none {Η πηγή} other {{who}}}: το τηλεγράφημα ανακλήθηκε, μην το χρησιμοποιήσετε. Αν η ανάκληση δεν αφορά αυτό το θέμα, επιβεβαιώστε το.',
  'check.source-withheld':
    '{who, select, none {Η πηγή} other {{who}}}: το τηλεγράφημα κρατείται προς αποδέσμευση. Στείλτε το κι εσείς προς κράτηση, περιμένετε την αποδέσμευσή του ή επιβεβαιώστε ότι αποδεσμεύθηκε.',
  'check.subject':
    'Ο αποδέκτης {destination} δεν δέχεται {count, plural, one {αυτή τη θεματική} other {αυτές τις θεματικές}}: {subjects}.',
  'check.tk':
    '{count, plural, one {Συμπληρώστε ό,τι λείπει: υπάρχει ένα TK.} other {Συμπληρώστε ό,τι λείπει: υπάρχουν # TK.}}',
  'check.too-long':
    'Ο αποδέκτης {destination} δέχεται {part, select, headline {τίτλο} slug {slug} other {υπότιτλο}} έως {limit, plural, one {# χαρακτήρα} other {# χαρακτήρες}}. Αυτός έχει {length, number}.',
} as const satisfies Record<keyof typeof en, string>
