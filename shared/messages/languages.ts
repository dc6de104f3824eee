/** The languages of the interface. A story's language, and the newsroom's, are other things and can be any. */

export const LANGUAGES = ['en', 'el'] as const
export type Language = (typeof LANGUAGES)[number]

/** English with accents and a third longer, in brackets: shows text that is not in the catalogue, and what overflows. */
export const PSEUDO_LANGUAGE = 'en-XA'
export type AnyLanguage = Language | typeof PSEUDO_LANGUAGE

/** The same in every language. */
export const PRODUCT_NAME = 'Galley'

/** Each language in its own words. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', el: 'Ελληνικά' }

/** The locale by which each language writes dates and numbers. */
export const LOCALES: Record<AnyLanguage, string> = { en: 'en-GB', el: 'el-GR', 'en-XA': 'en-GB' }

/** Returns the first of these BCP 47 tags whose language the interface has; English when it has none. */
export function closestLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    const primary = tag.toLowerCase().split('-')[0]
    const language = LANGUAGES.find((each) => each === primary)
    if (language !== undefined) return language
  }
  return 'en'
}

/** Returns the language of this name, or null. */
export function parseLanguage(name: string | null | undefined): AnyLanguage | null {
  return ([...LANGUAGES, PSEUDO_LANGUAGE] as const).find((each) => each === name) ?? null
}
