/** The context menu of text: spelling first, then the clipboard. */
import type { MenuItemConstructorOptions } from 'electron'
import type { Messages } from '#shared/messages/messages.ts'

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

/** Returns the items for the clicked text; none if there is nothing to do. */
export function contextMenuTemplate(
  clicked: ClickedText,
  spelling: SpellingActions,
  { t }: Messages,
): MenuItemConstructorOptions[] {
  const items: MenuItemConstructorOptions[] = []
  if (clicked.isEditable && clicked.misspelledWord !== '') {
    for (const word of clicked.dictionarySuggestions) items.push({ label: word, click: () => spelling.replace(word) })
    if (clicked.dictionarySuggestions.length === 0) items.push({ label: t('desktop.spelling.none'), enabled: false })
    items.push(
      { type: 'separator' },
      { label: t('desktop.spelling.learn'), click: () => spelling.learn(clicked.misspelledWord) },
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
