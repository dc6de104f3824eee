/** Addresses of the IPTC NewsCodes that Galley uses (https://cv.iptc.org/newscodes/). Codes are kept as QCodes, `medtop:11000000`. */
const VOCABULARIES = {
  medtop: 'http://cv.iptc.org/newscodes/mediatopic/',
  genre: 'http://cv.iptc.org/newscodes/genre/',
} as const

export type Vocabulary = keyof typeof VOCABULARIES

/** What stands after the prefix; null when the code is not of this vocabulary, or is none that an address could hold. */
export function localCode(vocabulary: Vocabulary, code: string): string | null {
  const prefix = `${vocabulary}:`
  const local = code.startsWith(prefix) ? code.slice(prefix.length) : ''
  return /^[A-Za-z0-9_-]+$/.test(local) ? local : null
}

/** The address of a code, e.g. `http://cv.iptc.org/newscodes/mediatopic/11000000`; null as above. */
export function codeUri(vocabulary: Vocabulary, code: string): string | null {
  const local = localCode(vocabulary, code)
  return local === null ? null : VOCABULARIES[vocabulary] + local
}
