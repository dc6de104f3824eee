import type { Platform } from '../platform/platform.ts'
import { dialogKey } from '../window/dialogs.tsx'

export const NEW_STORY_DIALOG = dialogKey('new-story')

/** A browser keeps Mod-N for itself, unless the app is installed in it. */
export const NEW_STORY_SHORTCUTS: Record<Platform['kind'], readonly [string, string]> = {
  desktop: ['Mod-N', 'Alt-Shift-N'],
  browser: ['Alt-Shift-N', 'Mod-N'],
}
