/**
 * The top level of IPTC's Media Topics, built in, in English and Greek. The rest, in all languages, is loaded from
 * IPTC's published vocabulary (https://cv.iptc.org/newscodes/mediatopic/).
 */
import type { SubjectTerm } from './subject-term.ts'

const LABELS: readonly (readonly [number: string, en: string, el: string])[] = [
  ['01000000', 'arts, culture, entertainment and media', 'τέχνες, πολιτισμός, ψυχαγωγία και μέσα ενημέρωσης'],
  ['02000000', 'crime, law and justice', 'έγκλημα, νόμος και δικαιοσύνη'],
  ['03000000', 'disaster, accident and emergency incident', 'καταστροφές, ατυχήματα και έκτακτα περιστατικά'],
  ['04000000', 'economy, business and finance', 'οικονομία, επιχειρήσεις και χρηματοοικονομικά'],
  ['05000000', 'education', 'εκπαίδευση'],
  ['06000000', 'environment', 'περιβάλλον'],
  ['07000000', 'health', 'υγεία'],
  ['08000000', 'human interest', 'ανθρώπινες ιστορίες'],
  ['09000000', 'labour', 'εργασία'],
  ['10000000', 'lifestyle and leisure', 'τρόπος ζωής και ελεύθερος χρόνος'],
  ['11000000', 'politics', 'πολιτική'],
  ['12000000', 'religion', 'θρησκεία'],
  ['13000000', 'science and technology', 'επιστήμη και τεχνολογία'],
  ['14000000', 'society', 'κοινωνία'],
  ['15000000', 'sport', 'αθλητισμός'],
  ['16000000', 'conflict, war and peace', 'συγκρούσεις, πόλεμος και ειρήνη'],
  ['17000000', 'weather', 'καιρός'],
]

export const TOP_LEVEL_SUBJECTS: readonly SubjectTerm[] = LABELS.map(([number, en, el]) => ({
  code: `medtop:${number}`,
  broader: null,
  labels: { en, el },
}))
