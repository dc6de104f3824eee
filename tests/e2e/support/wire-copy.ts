/** A real page of wire copy, as a reporter would see it. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = join(import.meta.dirname, '../../../../shared/samples/wire-copy-belarus.txt')

export interface WireCopy {
  headline: string
  caption: string
  credit: string
  byline: string
  body: string[]
}

/** Returns null if the sample is missing. On a build machine, which always has it, throws instead. */
export function readWireCopy(): WireCopy | null {
  if (!existsSync(FILE)) {
    if (process.env['CI'] !== undefined)
      throw new Error('The sample wire copy is missing: shared/samples beside the repository')
    return null
  }
  const paragraphs = readFileSync(FILE, 'utf8').split(/\n+/)
  const at = (start: string): number => paragraphs.findIndex((paragraph) => paragraph.startsWith(start))
  const byline = at('By ')
  const caption = paragraphs[byline - 1] ?? ''
  const credit = caption.indexOf('REUTERS/')
  return {
    headline: paragraphs[at('Belarus leader')] ?? '',
    caption: caption.slice(0, credit).trim(),
    credit: caption.slice(credit),
    byline: paragraphs[byline] ?? '',
    body: paragraphs.slice(byline + 1, at('Related Posts')),
  }
}
