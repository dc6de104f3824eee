/** The languages that a story can be given, by name. */
const OFFERED = [
  'en',
  'en-GB',
  'en-US',
  'ar',
  'be',
  'bg',
  'cs',
  'da',
  'de',
  'el',
  'el-CY',
  'es',
  'et',
  'fa',
  'fi',
  'fr',
  'he',
  'hr',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'lt',
  'lv',
  'nb',
  'nl',
  'pl',
  'pt',
  'pt-BR',
  'ro',
  'ru',
  'sk',
  'sl',
  'sr',
  'sv',
  'sw',
  'tr',
  'uk',
  'zh',
]

const names = new Intl.DisplayNames('en', { type: 'language' })

/** A language's English name from its BCP 47 tag: `el-CY` is Greek (Cyprus). The tag itself when it names none. */
export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag
  } catch {
    return tag
  }
}

/** Options for a list, by name; with the story's own language even when it is none of the usual ones. */
export function languageOptions(current: string): { value: string; label: string }[] {
  return [...new Set([...OFFERED, current])]
    .map((value) => ({ value, label: languageName(value) }))
    .sort((a, b) => a.label.localeCompare(b.label))
}
