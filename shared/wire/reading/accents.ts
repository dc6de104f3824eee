/** Greek in capitals has no accents, so what is known by its words is looked for without them. */

export function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')
}

/** The form as it matches text without accents. */
export function formWithoutAccents({ source, flags }: RegExp): RegExp {
  return new RegExp(withoutAccents(source), flags)
}
