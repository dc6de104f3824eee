/** The menu under the right mouse button in text: spelling first, then what the clipboard is for. */
import type { MenuItemConstructorOptions } from 'electron'

/** The part of Electron's ContextMenuParams that is used. */
export interface ClickedText {
  readonly isEditable: boolean
  readonly selectionText: string
  readonly misspelledWord: string
  readonly dictionarySuggestions: readonly string[]
}

export interface SpellingActions {
  replace(word: string): void
  learn(word: string): void
}

/** The items for what was clicked; none where there is nothing to do. */
export function contextMenuTemplate(clicked: ClickedText, spelling: SpellingActions): MenuItemConstructorOptions[] {
  const items: MenuItemConstructorOptions[] = []
  if (clicked.isEditable && clicked.misspelledWord !== '') {
    for (const word of clicked.dictionarySuggestions) items.push({ label: word, click: () => spelling.replace(word) })
    if (clicked.dictionarySuggestions.length === 0) items.push({ label: 'No suggestions', enabled: false })
    items.push(
      { type: 'separator' },
      { label: 'Add to Dictionary', click: () => spelling.learn(clicked.misspelledWord) },
      { type: 'separator' },
    )
  }
  if (clicked.isEditable) {
    items.push({ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'pasteAndMatchStyle' })
    items.push({ type: 'separator' }, { role: 'selectAll' })
  } else if (clicked.selectionText !== '') {
    items.push({ role: 'copy' })
  }
  return items
}
