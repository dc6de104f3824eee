/** Lines that say who wrote something, by their form. */
import { formWithoutAccents, withoutAccents } from './accents.ts'

const NAME =
  /^(?:\p{Lu}[\p{L}\p{M}.'’-]*|and|και|with|in|for|de|da|van|von|den|der|del|al|of|the|&|-|–|\||[A-Z]+:)[,;]?$/u

const BYLINE = formWithoutAccents(
  /^(?:by|von|par|por|words by|reporting by|story by|written by|γράφ(?:ει|ουν)(?: ο| η| οι)?|ρεπορτάζ|κείμενο|του|της|των|από (?:τον|την|τους|τις))\s*:?\s+(.+)$/iu,
)

/** A line that says who wrote it: a word for that and then names, or the same in Greek, and no sentence. */
export function isByline(text: string): boolean {
  if (text.length > 120) return false
  const who = BYLINE.exec(withoutAccents(text))?.[1]
  if (who === undefined) return false
  const words = who.replace(/[,;]/gu, ' ').split(/\s+/u)
  return (
    words.length <= 14 && /^\p{Lu}/u.test(who) && words.filter((word) => !NAME.test(word)).length <= words.length / 4
  )
}

/** One to three people's names and nothing else. */
export function isNames(text: string): boolean {
  if (text.length > 200) return false
  const people = text.split(/,\s*|\s+(?:and|και|&)\s+/u).map((name) => name.split(/\s+/u))
  const isPerson = (name: string[]) => name.length >= 2 && name.length <= 4 && name.every((word) => NAME.test(word))
  return people.length <= 3 && people.every(isPerson) && !/[.!?…]$/u.test(text)
}
