/** How stories are found by words: the newsroom's server and an app without a connection search in the same way. */
import type { Story } from './story.ts'
import { STAGE_LABELS, STAGES, type Stage } from './workflow.ts'

/** Returns the text without case, accents and apostrophes. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{Mn}'’]/gu, '')
    .toLowerCase()
}

/** Returns the folded words of a filter. A story has to have all of them in its slug, headline, stage or writer. */
export function searchWords(filter: string): string[] {
  return foldText(filter).split(/\s+/u).filter(Boolean)
}

/** Returns the text of a story that words are looked for in, besides its stage and its writer. */
export function searchText({ slug, headline }: Pick<Story, 'slug' | 'headline'>): string {
  return foldText(`${slug} ${headline}`)
}

export function stagesNamed(word: string): Stage[] {
  return STAGES.filter((stage) => foldText(STAGE_LABELS[stage]).includes(word))
}

export function matchesSearch(story: Story, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const text = `${searchText(story)} ${foldText(story.createdBy.name)}`
  return words.every((word) => text.includes(word) || stagesNamed(word).includes(story.stage))
}
