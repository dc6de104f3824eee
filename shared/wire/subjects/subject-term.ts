/** A subject that a story can have: a concept of IPTC's Media Topics (https://iptc.org/standards/media-topics/). */
export interface SubjectTerm {
  /** e.g. `medtop:20000344` */
  code: string
  /** The code of the broader subject; null for a top-level one. */
  broader: string | null
  /** The name, by BCP 47 language tag, e.g. `el` or `en-GB`. */
  labels: Record<string, string>
  /** True if IPTC no longer uses the subject. Stories that have it keep it; no new story gets it. */
  retired?: true
}

/** Returns the label in this language, else in a related one (`el-CY` takes `el`), in English, or in any language. */
export function labelOf({ code, labels }: SubjectTerm, language: string): string {
  const tags = Object.keys(labels)
  const wanted = language.toLowerCase()
  const primary = (tag: string) => tag.toLowerCase().split('-')[0]
  const tag =
    tags.find((each) => each.toLowerCase() === wanted) ??
    tags.find((each) => primary(each) === primary(wanted)) ??
    tags.find((each) => primary(each) === 'en') ??
    tags[0]
  return (tag === undefined ? undefined : labels[tag]) ?? code
}
