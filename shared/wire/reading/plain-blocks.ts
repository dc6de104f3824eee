/** The plain text of a body, whose paragraphs are its lines, or what stands between blank lines. */
import type { Paragraph } from '../../article/article.ts'
import { wireLine, wireText } from '../wire-text.ts'
import { paragraphs } from './article.ts'

export function plainBlocks(text: string): Paragraph[] {
  const clean = wireText(text).trim()
  if (!/\n[ \t]*\n/u.test(clean)) return paragraphs(clean)
  // Blank lines part the paragraphs, so the other breaks are those of a narrow page.
  return clean.split(/\n(?:[ \t]*\n)+/u).flatMap((paragraph) => paragraphs(wireLine(paragraph)))
}
