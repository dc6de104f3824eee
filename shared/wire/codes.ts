/** The IPTC NewsCodes vocabularies that Galley uses (https://cv.iptc.org/newscodes/). Codes are QCodes: `medtop:11000000`. */
const VOCABULARIES = {
  medtop: 'http://cv.iptc.org/newscodes/mediatopic/',
  genre: 'http://cv.iptc.org/newscodes/genre/',
} as const

export type Vocabulary = keyof typeof VOCABULARIES

/**
 * Returns the part of a code after its prefix; null if the code is of another vocabulary or not valid in an address.
 */
export function localCode(vocabulary: Vocabulary, code: string): string | null {
  const prefix = `${vocabulary}:`
  const local = code.startsWith(prefix) ? code.slice(prefix.length) : ''
  return /^[A-Za-z0-9_-]+$/.test(local) ? local : null
}

/** Returns the address of a code, e.g. `http://cv.iptc.org/newscodes/mediatopic/11000000`; null as above. */
export function codeUri(vocabulary: Vocabulary, code: string): string | null {
  const local = localCode(vocabulary, code)
  return local === null ? null : VOCABULARIES[vocabulary] + local
}
