import { Fragment, type Node } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'
import { ReplaceStep } from '@tiptap/pm/transform'

/** Replaces a transaction's document with `doc`, in one step for each run of blocks that changed. */
export function replaceChanged(tr: Transaction, doc: Node): void {
  const olds = tr.doc.content.content
  const news = doc.content.content
  const starts = [0]
  for (const node of olds) starts.push((starts.at(-1) ?? 0) + node.nodeSize)
  let oldFrom = 0
  let newFrom = 0
  let shift = 0
  for (const kept of [...keptNodes(olds, news), { old: olds.length, now: news.length }]) {
    if (kept.old > oldFrom || kept.now > newFrom) {
      const { size } = tr.doc.content
      const at = (starts[oldFrom] ?? 0) + shift
      replaceBetween(tr, at, Fragment.from(olds.slice(oldFrom, kept.old)), Fragment.from(news.slice(newFrom, kept.now)))
      shift += tr.doc.content.size - size
    }
    oldFrom = kept.old + 1
    newFrom = kept.now + 1
  }
}

/** Returns the nodes that both lists have in the same order, with their indexes. */
function keptNodes(olds: readonly Node[], news: readonly Node[]): { old: number; now: number }[] {
  const places = new Map(olds.map((node, index) => [node, index]))
  const kept: { old: number; now: number }[] = []
  let last = -1
  for (const [now, node] of news.entries()) {
    const old = places.get(node)
    if (old === undefined || old <= last) continue
    kept.push({ old, now })
    last = old
  }
  return kept
}

function replaceBetween(tr: Transaction, at: number, old: Fragment, now: Fragment): void {
  const start = old.findDiffStart(now)
  if (start === null) return
  let { a: to, b: toNow } = old.findDiffEnd(now) ?? { a: old.size, b: now.size }
  // Letters that match on both sides of the change are counted once.
  const overlap = start - Math.min(to, toNow)
  if (overlap > 0) {
    to += overlap
    toNow += overlap
  }
  const holder = tr.doc.type.create(null, now)
  try {
    tr.step(new ReplaceStep(at + start, at + to, holder.slice(start, toNow)))
  } catch {
    // No slice can join the two ends: their depths differ.
    tr.step(new ReplaceStep(at, at + old.size, holder.slice(0, now.size)))
  }
}
