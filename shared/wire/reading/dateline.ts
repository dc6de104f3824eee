/** `MINSK, Aug 15 (Agency) - `: a place in capitals and what belongs to it, up to a dash, before the first sentence. */
const DATELINE =
  /^(\p{Lu}[\p{Lu}\p{M}.'’ -]{2,40}(?:, ?[\p{L}\p{N}.', ]{2,40}?)?(?: ?\([^()]{2,40}\))?) ?(?:[-–—]{1,2}|_) ?(?=[\p{L}\p{N}“"«'‘])/u

/** The dateline that a first paragraph begins with, and the paragraph without it; the dateline is empty when there is none. */
export function splitDateline(text: string): { dateline: string; text: string } {
  const [whole = '', dateline = ''] = DATELINE.exec(text.slice(0, 200)) ?? []
  // A dash without a blank beside it is a part of a word.
  if (dateline === '' || !/ [-–—_]|[-–—_] $/u.test(whole)) return { dateline: '', text }
  return { dateline: dateline.trim(), text: text.slice(whole.length) }
}
