/**
 * Finds which parts of a story an update would change, for connections that may write only some of them. An update does
 * not say so by itself: most of its items only name their neighbours, which have to be looked up in a document that has
 * everything that was forwarded.
 */
import * as Y from 'yjs'
import { partOfRoot } from '#shared/story/parts.ts'
import type { StoryPart } from '#shared/story/workflow.ts'

/** What an update would change outside the given parts. */
export type Reach =
  /** Nothing. */
  | 'within'
  /** It removes redundant formatting marks, as every Yjs document does after others' formatting. */
  | 'tidying'
  /** It changes something there, or what it changes is unknown. */
  | 'beyond'

/** The root that an item is in; null where unknown, `nothing` where it was deleted with everything around it. */
type Root = { name: string } | 'nothing' | null

export class FieldGuard {
  readonly #doc: Y.Doc

  /** `doc`: everything that was forwarded. The guard owns it from here on. */
  constructor(doc: Y.Doc) {
    this.#doc = doc
  }

  /** Applies what is forwarded. */
  apply(update: Uint8Array): void {
    Y.applyUpdate(this.#doc, update)
  }

  /** Returns how far an update that `readUpdate` has passed reaches beyond these parts. */
  reach(update: Uint8Array, parts: readonly StoryPart[]): Reach {
    const { structs, ds } = Y.decodeUpdate(update)
    const brought = new Brought(this.#doc, structs)
    const isWithin = (root: Root): boolean => {
      if (root === null || root === 'nothing') return root === 'nothing'
      // `copies` belongs to no part: a record in it can make apps delete words of any field.
      const part = partOfRoot(root.name)
      return part !== null && parts.includes(part)
    }
    for (const struct of structs) {
      if (struct instanceof Y.Skip) continue
      const known = Y.getState(this.#doc.store, struct.id.client)
      if (struct.id.clock + struct.length <= known) continue
      if (!brought.follows(struct)) return 'beyond'
      if (struct instanceof Y.Item && !isWithin(brought.rootOf(struct))) return 'beyond'
    }
    let reach: Reach = 'within'
    for (const [client, ranges] of ds.clients) {
      for (const { clock, len } of ranges) {
        if (!brought.has(client, clock + len - 1)) return 'beyond'
        for (const item of this.#living(client, clock, len)) {
          if (isWithin(rootOfItem(item))) continue
          if (!(item.content instanceof Y.ContentFormat)) return 'beyond'
          reach = 'tidying'
        }
      }
    }
    return reach === 'tidying' && structs.length > 0 ? 'beyond' : reach
  }

  *#living(client: number, clock: number, length: number): Generator<Y.Item> {
    const structs = this.#doc.store.clients.get(client) ?? []
    if (clock >= Y.getState(this.#doc.store, client)) return
    for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
      const struct = structs[index]
      if (struct === undefined || struct.id.clock >= clock + length) return
      if (struct instanceof Y.Item && !struct.deleted) yield struct
    }
  }
}

/** The items of an update, on top of a document. */
class Brought {
  readonly #doc: Y.Doc
  readonly #byClient = new Map<number, (Y.Item | Y.GC | Y.Skip)[]>()
  readonly #roots = new Map<Y.Item, Root>()

  constructor(doc: Y.Doc, structs: readonly (Y.Item | Y.GC | Y.Skip)[]) {
    this.#doc = doc
    for (const struct of structs) {
      const { client } = struct.id
      const list = this.#byClient.get(client)
      if (list === undefined) this.#byClient.set(client, [struct])
      else list.push(struct)
    }
  }

  /** Returns whether everything that its client made before it is there. */
  follows({ id: { client, clock } }: Y.Item | Y.GC): boolean {
    return clock === 0 || this.has(client, clock - 1)
  }

  has(client: number, clock: number): boolean {
    return clock < Y.getState(this.#doc.store, client) || this.#find(client, clock) !== null
  }

  /** Walks from neighbour to neighbour in a loop: an update may have too many of them for recursion. */
  rootOf(item: Y.Item): Root {
    const way: Y.Item[] = []
    let at: Y.Item | Root = item
    while (at instanceof Y.Item) {
      const known = this.#roots.get(at)
      if (known !== undefined) {
        at = known
      } else {
        way.push(at)
        // A circle of neighbours leads nowhere.
        this.#roots.set(at, null)
        at = this.#nextTo(at)
      }
    }
    for (const each of way) this.#roots.set(each, at)
    return at
  }

  /** Returns the item of the update that tells where this one is, or the root itself. */
  #nextTo({ parent, origin, rightOrigin }: Y.Item): Y.Item | Root {
    if (typeof parent === 'string') return { name: parent }
    const ids = [origin, rightOrigin, parent instanceof Y.ID ? parent : null].filter((id) => id !== null)
    const found = ids.map((id) => this.#at(id))
    // It would wait for what is missing, and where that belongs is unknown.
    if (found.length === 0 || found.includes(null)) return null
    return found.includes('nothing') ? 'nothing' : (found[0] ?? null)
  }

  #at({ client, clock }: Y.ID): Y.Item | Root {
    if (clock < Y.getState(this.#doc.store, client)) {
      const item = Y.getItem(this.#doc.store, Y.createID(client, clock)) as Y.Item | Y.GC
      return item instanceof Y.Item ? rootOfItem(item) : 'nothing'
    }
    const struct = this.#find(client, clock)
    if (struct === null || struct instanceof Y.Skip) return null
    return struct instanceof Y.Item ? struct : 'nothing'
  }

  #find(client: number, clock: number): Y.Item | Y.GC | null {
    const structs = this.#byClient.get(client) ?? []
    let low = 0
    let high = structs.length - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const struct = structs[middle]
      if (struct === undefined) return null
      if (clock < struct.id.clock) high = middle - 1
      else if (clock >= struct.id.clock + struct.length) low = middle + 1
      else return struct instanceof Y.Skip ? null : struct
    }
    return null
  }
}

function rootOfItem(item: Y.Item): Root {
  let type = item.parent
  while (type instanceof Y.AbstractType && type._item !== null) type = type._item.parent
  return type instanceof Y.AbstractType ? { name: Y.findRootTypeKey(type) } : null
}
