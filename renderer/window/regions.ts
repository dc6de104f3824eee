/**
 * F6 moves the focus through a window's regions: every element with a `data-region`, in document order. A region gets the
 * focus back where it was last; the first time, at the element with `data-region-start`, or at a field to write in.
 */
const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), [contenteditable="true"], [tabindex]'

const lastFocus = new WeakMap<Element, HTMLElement>()

function canBeSeen(element: HTMLElement): boolean {
  return element.getClientRects().length > 0
}

function regions(document: Document): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(canBeSeen)
}

function placeIn(region: HTMLElement): HTMLElement | undefined {
  const last = lastFocus.get(region)
  if (last !== undefined && region.contains(last) && canBeSeen(last)) return last
  const places = [...region.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (each) => each.tabIndex >= 0 && canBeSeen(each),
  )
  return places.find((each) => each.hasAttribute('data-region-start') || each.isContentEditable) ?? places[0]
}

/** Listens to every `focusin` of the document. */
export function rememberFocus({ target }: FocusEvent): void {
  if (!(target instanceof HTMLElement)) return
  const region = target.closest('[data-region]')
  if (region !== null) lastFocus.set(region, target)
}

/** Moves the focus to the next region, or the previous one, and round the end to the start. */
export function focusRegion(document: Document, step: 1 | -1): void {
  const all = regions(document)
  const from = all.findIndex((region) => region.contains(document.activeElement))
  for (let turn = 1; turn <= all.length; turn++) {
    const start = from === -1 ? (step === 1 ? -1 : 0) : from
    const region = all[(start + step * turn + all.length * turn) % all.length]
    const place = region && placeIn(region)
    if (place === undefined) continue
    place.focus()
    return
  }
}
