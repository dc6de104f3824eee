import { shortcutWords } from '../commands/shortcut.ts'
import styles from './Keys.module.css'

/** A shortcut as this system writes it: `Mod-Shift-P` is ⇧⌘P on a Mac and Ctrl+Shift+P elsewhere. */
export function Keys({ shortcut }: { shortcut: string }) {
  return <kbd className={styles.keys}>{shortcutWords(shortcut)}</kbd>
}
