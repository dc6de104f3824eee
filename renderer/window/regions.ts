/**
 * F6 walks through the window's regions: every element with a `data-region`, in the order of the document. Each gets the
 * focus back where it was last; the first time it goes to the one that has `data-region-start`, or a field to write in.
 */
const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), [contenteditable="true"], [tabindex]'

const lastFocus = new WeakMap<Element, HTMLElement>()

function canBeSeen(element: HTMLElement): boolean {
  return element.getClientRects().length > 0
}

function regions(): HTMLElement[] {
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

/** Hears every `focusin` of the document. */
export function rememberFocus({ target }: FocusEvent): void {
  if (!(target instanceof HTMLElement)) return
  const region = target.closest('[data-region]')
  if (region !== null) lastFocus.set(region, target)
}

/** Puts the focus into the next region, or the one before; round the end to the beginning. */
export function focusRegion(step: 1 | -1): void {
  const all = regions()
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
