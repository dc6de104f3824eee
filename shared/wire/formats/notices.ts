/**
 * The fixed phrases that a format adds above a story or in its place: in the story's language if Galley has it,
 * otherwise in English.
 */
const NOTICES = {
  correction: { en: 'Correction', el: 'Διόρθωση' },
  withdrawn: { en: 'Withdrawn', el: 'Αποσύρθηκε' },
  withdrawnAtLength: {
    en: 'This story has been withdrawn and must not be used.',
    el: 'Το θέμα αποσύρθηκε και δεν πρέπει να χρησιμοποιηθεί.',
  },
  withheld: { en: 'Withheld: not for use', el: 'Σε αναμονή: όχι για χρήση' },
  embargoed: { en: 'Embargoed: not for use before', el: 'Εμπάργκο: όχι για χρήση πριν από' },
  related: { en: 'Related', el: 'Σχετικά' },
} as const

export function notice(name: keyof typeof NOTICES, language: string): string {
  return NOTICES[name][/^el\b/i.test(language) ? 'el' : 'en']
}
