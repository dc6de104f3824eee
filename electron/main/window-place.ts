import type { WindowPlace } from './settings.ts'

export interface Area {
  x: number
  y: number
  width: number
  height: number
}

/** Three panes and a page between them; smaller than this, the side panes would cover the page. */
export const SMALLEST = { width: 800, height: 560 }
const USUAL = { width: 1360, height: 900 }

/** How much of the window's title bar has to be on a display for the window to be within reach. */
const GRIP = { width: 120, height: 40 }

/**
 * Where to open the window: where it was, when a display still shows enough of it to take hold of, else in the middle
 * of the main display (no x and y), and never larger than the display.
 * @param areas the displays' work areas, the main display's first
 */
export function placeWindow(
  last: WindowPlace | null,
  areas: readonly Area[],
): { x?: number; y?: number; width: number; height: number } {
  const area = last === null ? undefined : areas.find((candidate) => holdsGrip(candidate, last))
  const room = area ?? areas[0] ?? { x: 0, y: 0, ...USUAL }
  const wanted = last ?? USUAL
  const size = { width: Math.min(wanted.width, room.width), height: Math.min(wanted.height, room.height) }
  return last === null || area === undefined ? size : { x: last.x, y: last.y, ...size }
}

/** Whether a usable part of the window's top edge is in the area. */
function holdsGrip(area: Area, { x, y, width }: Area): boolean {
  const shown = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  return shown >= Math.min(GRIP.width, width) && y >= area.y && y + GRIP.height <= area.y + area.height
}
