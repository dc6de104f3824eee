import type { Person } from '#shared/story/story.ts'

export type PersonName = Pick<Person, 'id' | 'name'>
/** Who has a story open at one node. */
export interface OpenStory {
  storyId: string
  people: PersonName[]
}

/** Who has which story open, at all nodes together. */
export class OpenStories {
  /** By story and node. */
  readonly #people = new Map<string, Map<string, PersonName[]>>()
  readonly #changed: (storyId: string, people: PersonName[]) => void

  /** `changed` is given all who have the story open, each once. */
  constructor(changed: (storyId: string, people: PersonName[]) => void) {
    this.#changed = changed
  }

  /** Those who have the story open at this node are these, or nobody. */
  set(node: string, { storyId, people }: OpenStory): void {
    const nodes = this.#people.get(storyId) ?? new Map<string, PersonName[]>()
    if (people.length > 0) nodes.set(node, people)
    else if (!nodes.delete(node)) return
    if (nodes.size > 0) this.#people.set(storyId, nodes)
    else this.#people.delete(storyId)
    this.#changed(storyId, [...new Map([...nodes.values()].flat().map((person) => [person.id, person])).values()])
  }

  /** These are all the stories that are open at this node. */
  setAll(node: string, stories: readonly OpenStory[]): void {
    const open = new Set(stories.map(({ storyId }) => storyId))
    for (const { storyId } of this.at(node)) if (!open.has(storyId)) this.set(node, { storyId, people: [] })
    for (const story of stories) this.set(node, story)
  }

  at(node: string): OpenStory[] {
    return [...this.#people].flatMap(([storyId, nodes]) => {
      const people = nodes.get(node)
      return people === undefined ? [] : [{ storyId, people }]
    })
  }
}
