/** Random paths of blocks, including meaningless tokens. */
import fc from 'fast-check'

const anyToken = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom('q', 'q!', '-', '-~', '-!', '#', '#~', '#!', '#5', '#!5', '#0', '#-3') },
  { weight: 1, arbitrary: fc.constantFrom('', 'x', '##', '#~~', '#99999999999', '- ', '-5') },
)

/** Mostly short paths, and a few deeper than any page. */
export const anyPath: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: fc.array(anyToken, { maxLength: 4 }).map((tokens) => tokens.join(' ')) },
  { weight: 1, arbitrary: fc.array(anyToken, { minLength: 15, maxLength: 40 }).map((tokens) => tokens.join(' ')) },
)
