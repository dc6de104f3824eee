/**
 * Shortcuts as text: key names joined by hyphens, `Mod` being Command on a Mac and Control elsewhere: `Mod-Shift-P`,
 * `F6`, `Mod-,`. The same text feeds the keyboard, tooltips, the palette and the native menu.
 */
export const IS_MAC = navigator.userAgent.includes('Mac')

interface Combination {
  key: string
  mod: boolean
  shift: boolean
  alt: boolean
}

function parse(shortcut: string): Combination {
  const parts = shortcut.split(/-(?=.)/)
  const key = parts.pop() ?? ''
  return { key, mod: parts.includes('Mod'), shift: parts.includes('Shift'), alt: parts.includes('Alt') }
}

const MAC_KEYS: Record<string, string> = { Enter: '↩', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' }
const OTHER_KEYS: Record<string, string> = { ...MAC_KEYS, Enter: 'Enter' }

/** The shortcut as a person on this system reads it. */
export function shortcutWords(shortcut: string, mac = IS_MAC): string {
  const { key, mod, shift, alt } = parse(shortcut)
  if (mac) return (alt ? '⌥' : '') + (shift ? '⇧' : '') + (mod ? '⌘' : '') + (MAC_KEYS[key] ?? key)
  return [mod && 'Ctrl', alt && 'Alt', shift && 'Shift', OTHER_KEYS[key] ?? key].filter(Boolean).join('+')
}

/**
 * Whether a key press is this shortcut. Letters are compared by what they type or, under a layout that types no Latin
 * letters (Greek, Arabic, Cyrillic), by the key's place.
 */
export function isShortcut(event: KeyboardEvent, shortcut: string, mac = IS_MAC): boolean {
  const { key, mod, shift, alt } = parse(shortcut)
  const command = mac ? event.metaKey : event.ctrlKey
  const other = mac ? event.ctrlKey : event.metaKey
  if (command !== mod || other || event.altKey !== alt) return false
  if (event.shiftKey !== shift && /^([A-Za-z]|.{2,})$/.test(key)) return false
  if (event.key.toLowerCase() === key.toLowerCase()) return true
  return /^[A-Za-z]$/.test(key) && !/^[\x20-\x7e]$/.test(event.key) && event.code === `Key${key.toUpperCase()}`
}
