/** A subject that a story can have: a concept of IPTC's Media Topics (https://iptc.org/standards/media-topics/). */
export interface SubjectTerm {
  /** e.g. `medtop:20000344` */
  code: string
  /** The code of the wider subject that it belongs to; null at the top. */
  broader: string | null
  /** What it is called, by BCP 47 language tag, e.g. `el` or `en-GB`. */
  labels: Record<string, string>
  /** IPTC no longer uses it. Stories that have it keep it; no new one gets it. */
  retired?: true
}

/** The label in this language, or else in a kindred one (`el-CY` takes `el`), in English, or in whatever there is. */
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
