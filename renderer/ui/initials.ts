const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function firstLetter(word: string | undefined): string {
  const [first] = letters.segment(word ?? '')
  return first?.segment ?? ''
}

/** The first letters of a name's first and last word, in any script: `Maria Chen` is MC, `李雷` is 李. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u)
  const last = words.length > 1 ? firstLetter(words.at(-1)) : ''
  return (firstLetter(words[0]) + last).toLocaleUpperCase() || '?'
}
