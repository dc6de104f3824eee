const names = new Intl.DisplayNames('en', { type: 'language' })

/** A language's English name from its BCP 47 tag: `el-CY` is Greek (Cyprus). The tag itself when it names none. */
export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag
  } catch {
    return tag
  }
}
