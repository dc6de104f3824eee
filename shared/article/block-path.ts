/**
 * The quotes and lists around a block, as one short string: a token for each container, outermost first.
 *
 *   q  a quote          q!  a new quote, although the block before is in a quote too
 *   -  a bullet item    -~  the same item continued (its second paragraph)    -!  the first item of a new list
 *   #  a numbered item  #~  the same item continued    #!  the first item of a new list    #5, #!5  a list that starts at 5
 *
 * The block before limits what a token means: a container that cannot continue starts a new one. So every sequence of
 * paths is a valid tree, and an edit of one block never makes another block invalid.
 */
export type ContainerKind = 'quote' | 'bullet' | 'ordered'

interface Token {
  kind: ContainerKind
  step: 'next' | 'same' | 'new'
  /** The first number of an ordered list. */
  start: number
}

/**
 * A quote or a list item around a block. Blocks with the same `id` share the container; with the same `item`, the item
 * too.
 */
export interface Container {
  kind: ContainerKind
  /** The first number of an ordered list; 1 for the other kinds. */
  start: number
  id: number
  item: number
}

/** What a block's separator says about its place. */
export interface BlockPlace {
  /** Its path; null outside quotes and lists. */
  in: string | null
  /** True if made by splitting a block. It then follows the block before until its own path is set. */
  split: boolean
}

const KINDS: Record<string, ContainerKind> = { q: 'quote', '-': 'bullet', '#': 'ordered' }
const SIGNS: Record<ContainerKind, string> = { quote: 'q', bullet: '-', ordered: '#' }
const STEPS: Record<string, Token['step']> = { '': 'next', '~': 'same', '!': 'new' }
/** Deeper than any real page. Further tokens are ignored, so no path makes a document nest without limit. */
const MAX_LEVELS = 20

function parsePath(path: string | null): Token[] {
  if (path === null || path === '') return []
  return path.split(' ', MAX_LEVELS).flatMap((token) => {
    const [, sign = '', step = '', start = ''] = /^([q#-])([!~]?)(-?\d{1,9})?$/.exec(token) ?? []
    const kind = KINDS[sign]
    return kind === undefined ? [] : [{ kind, step: STEPS[step] ?? 'next', start: start === '' ? 1 : Number(start) }]
  })
}

/** Returns the containers of each block of a field. */
export function containersOf(places: readonly BlockPlace[]): Container[][] {
  const walk = new ContainerWalk()
  return places.map((place) => walk.next(place))
}

/** Walks the blocks of a field in order and works out the containers of each. */
export class ContainerWalk {
  /** Negative, so that they never equal the ids in a document's reader. */
  #ids = 0
  #before: Container[] = []
  #tokensBefore: Token[] | null = null

  /** Returns the containers of the block before; empty at the start of the field. */
  get before(): readonly Container[] {
    return this.#before
  }

  /** Returns the containers that a block gets if it comes next. */
  peek(place: BlockPlace): Container[] {
    return this.#contain(this.#tokensOf(place))
  }

  /** Returns the containers of the next block, and moves on to it. */
  next(place: BlockPlace): Container[] {
    this.#tokensBefore = this.#tokensOf(place)
    this.#before = this.#contain(this.#tokensBefore)
    return this.#before
  }

  #tokensOf({ in: path, split }: BlockPlace): Token[] {
    const own = parsePath(path)
    const before = this.#tokensBefore
    // The block before was put into a list, or taken out of one, while this half of it was being split off.
    return split && before !== null && !inLikeContainers(own, before) ? continued(before) : own
  }

  #contain(tokens: readonly Token[]): Container[] {
    let open = true
    return tokens.map(({ kind, step, start }, level) => {
      const here = open ? this.#before[level] : undefined
      if (here?.kind === kind && step !== 'new') {
        if (kind === 'quote' || step === 'same') return here
        open = false
        return { ...here, item: --this.#ids }
      }
      open = false
      return { kind, start: kind === 'ordered' ? start : 1, id: --this.#ids, item: --this.#ids }
    })
  }
}

/** Returns the normalized path of a block in `containers` that follows a block in `before`. */
export function pathBetween(before: readonly Container[], containers: readonly Container[]): string | null {
  let open = true
  const tokens = containers.map((container, level) => {
    const { kind, start } = container
    const here = open ? before[level] : undefined
    if (here?.id === container.id) {
      if (kind === 'quote') return 'q'
      if (here.item === container.item) return `${SIGNS[kind]}~`
      open = false
      return SIGNS[kind]
    }
    open = false
    return SIGNS[kind] + (here?.kind === kind ? '!' : '') + (kind === 'ordered' ? startToken(start) : '')
  })
  return tokens.length === 0 ? null : tokens.join(' ')
}

/** Leaves out a first number that a token cannot hold; the rest of the token still counts. */
function startToken(start: number): string {
  return start === 1 || !Number.isInteger(start) || Math.abs(start) >= 1e9 ? '' : String(start)
}

/** Returns whether two blocks are in matching containers and share them in the same way with the block before each. */
export function sameContainers(
  a: readonly Container[],
  aBefore: readonly Container[],
  b: readonly Container[],
  bBefore: readonly Container[],
): boolean {
  return (
    a.length === b.length &&
    a.every((container, level) => container.kind === b[level]?.kind && container.start === b[level].start) &&
    sharedNodes(a, aBefore) === sharedNodes(b, bBefore)
  )
}

/** Returns how many nodes around a block also hold the block before it. A list and its item count as two. */
export function sharedNodes(containers: readonly Container[], before: readonly Container[]): number {
  let count = 0
  for (const [level, { kind, id, item }] of containers.entries()) {
    if (before[level]?.id !== id) return count
    count++
    if (kind === 'quote') continue
    if (before[level].item !== item) return count
    count++
  }
  return count
}

/** Returns whether two blocks are in the same kinds of containers. */
export function inLikeContainers(
  a: readonly { kind: ContainerKind }[],
  b: readonly { kind: ContainerKind }[],
): boolean {
  return a.length === b.length && a.every(({ kind }, level) => kind === b[level]?.kind)
}

/** Returns the path to the next item of the innermost list, in the same quotes and outer items. */
function continued(tokens: readonly Token[]): Token[] {
  return tokens.map((token, level) => ({
    ...token,
    step: level < tokens.length - 1 && token.kind !== 'quote' ? 'same' : 'next',
  }))
}
