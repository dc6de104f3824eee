/**
 * Returns the texts of the pseudo-language that the screen does not show whole, each with what cuts it. Runs in the page:
 * it uses nothing from outside.
 */
export function cutTexts(): string[] {
  const found = new Set<string>()
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const node = texts.currentNode
    const text = node.textContent?.trim() ?? ''
    // Lengthened words end with it.
    if (!text.includes('~') || node.parentElement === null) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const box = range.getBoundingClientRect()
    if (box.width === 0 || box.height === 0) continue
    const cutter = whatCuts(node.parentElement, box)
    if (cutter !== null) found.add(`${text} (${cutter})`)
  }
  return [...found]

  function whatCuts(parent: Element, box: DOMRect): string | null {
    let isBlockFound = false
    for (let element: Element | null = parent; element !== null; element = element.parentElement) {
      const style = getComputedStyle(element)
      // Kept for screen readers alone.
      if (style.clipPath !== 'none' || style.visibility === 'hidden') return null
      const edge = element.getBoundingClientRect()
      const isOutside = {
        x: box.left < edge.left - 1 || box.right > edge.right + 1,
        y: box.top < edge.top - 1 || box.bottom > edge.bottom + 1,
      }
      const scrolls = { x: /auto|scroll/.test(style.overflowX), y: /auto|scroll/.test(style.overflowY) }
      // What has been scrolled away can be read.
      if ((scrolls.x && isOutside.x) || (scrolls.y && isOutside.y)) return null
      const name = [element.localName, ...element.classList].join('.')
      const isCut = (style.overflowX !== 'visible' && isOutside.x) || (style.overflowY !== 'visible' && isOutside.y)
      if (isCut) {
        return `${style.textOverflow === 'ellipsis' ? 'shortened' : 'cut off'} by ${name}`
      }
      // What is written beside it may be under the text.
      if (isOutside.x && !isBlockFound && style.display !== 'inline') return `sticks out of ${name}`
      isBlockFound ||= style.display !== 'inline'
      if (style.position === 'fixed') break
    }
    const isOffScreen = box.left < -1 || box.right > innerWidth + 1
    return isOffScreen ? 'beyond the edge of the window' : null
  }
}
