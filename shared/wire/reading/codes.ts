/** Codes as feeds name them, by address or by QCode, as Galley keeps them: `medtop:11000000`, `genre:Analysis`. */

/** A Media Topic by its address, in any of the ways that IPTC's vocabularies have been addressed. */
const ADDRESS = /^https?:\/\/cv\.iptc\.org\/newscodes\/(mediatopic|subjectcode|genre)\/([A-Za-z0-9_-]+)\/?$/u
const PREFIXES: Record<string, string> = { mediatopic: 'medtop', subjectcode: 'subj', genre: 'genre' }

/** The code that an address of IPTC's NewsCodes stands for; a QCode is its own; undefined for anything else. */
export function codeOf(uri: string | undefined): string | undefined {
  const [, vocabulary = '', local = ''] = ADDRESS.exec(uri ?? '') ?? []
  if (local !== '') return `${PREFIXES[vocabulary] ?? vocabulary}:${local}`
  return uri !== undefined && /^(?:medtop|subj|genre):[A-Za-z0-9_-]+$/u.test(uri) ? uri : undefined
}

/**
 * A subject by its number alone. IPTC's older Subject Codes look the same, and the two agree in the 17 top-level terms
 * only: a number below those is a Media Topic when it begins with 20.
 */
export function subjectOf(number: string): string {
  return /^\d{8}$/u.test(number) && !/^20|0{6}$/u.test(number) ? `subj:${number}` : `medtop:${number}`
}
