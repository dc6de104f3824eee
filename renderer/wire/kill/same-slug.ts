/** A slug as it is typed in a hurry: letters count, and neither case, blanks nor the kind of dash do. */
const folded = (slug: string): string =>
  slug
    .normalize('NFKC')
    .replace(/[\s\p{Pd}_]+/gu, ' ')
    .trim()
    .toLowerCase()

/** Whether what was typed is that slug, and not only the beginning of it. */
export function sameSlug(typed: string, slug: string): boolean {
  return folded(typed) === folded(slug)
}
