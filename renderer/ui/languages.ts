import type { Formats } from '#shared/messages/formats.ts'

/** The languages that a story can have. */
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

/** Returns the options of a list of languages, sorted by name, with the story's own language always among them. */
export function languageOptions(
  current: string,
  { languageName, compare }: Pick<Formats, 'languageName' | 'compare'>,
): { value: string; label: string }[] {
  return [...new Set([...OFFERED, current])]
    .map((value) => ({ value, label: languageName(value) }))
    .sort((a, b) => compare(a.label, b.label))
}
