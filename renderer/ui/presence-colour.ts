/** How many presence colours `tokens.css` has. */
const COLOURS = 6

/**
 * The colour that a person has on every screen, as a CSS value (`var(--presence-3)`), so that each viewer sees the value
 * that can be read on their own theme. It follows from the person's id alone: colours sent by others are never trusted.
 */
export function presenceColour(personId: string): string {
  let hash = 0
  for (const character of personId) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0
  return `var(--presence-${(hash % COLOURS) + 1})`
}
