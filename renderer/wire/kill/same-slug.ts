/** Compares slugs typed in a hurry: letters count; case, blanks and the kind of dash do not. */
const folded = (slug: string): string =>
  slug
    .normalize('NFKC')
    .replace(/[\s\p{Pd}_]+/gu, ' ')
    .trim()
    .toLowerCase()

/** Returns whether the typed text is the whole slug, not just its beginning. */
export function sameSlug(typed: string, slug: string): boolean {
  return folded(typed) === folded(slug)
}
