import { readFileSync, globSync } from 'node:fs'
import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { contextMenuTemplate } from '#electron/main/context-menu.ts'
import { menuSections, menuTemplate as menuIn, type MenuActions, type MenuOptions } from '#electron/main/menu.ts'
import { inEnglish } from '#shared/messages/english.ts'
import { createMessages } from '#shared/messages/messages.ts'

const LINUX = { platform: 'linux', development: false } as const
const MAC = { platform: 'darwin', development: false } as const
const NONE = { run: () => undefined, savePdf: () => undefined }

const menuTemplate = (options: MenuOptions, actions: MenuActions) => menuIn(options, actions, inEnglish)
const itemsOf = (menu: MenuItemConstructorOptions): MenuItemConstructorOptions[] =>
  Array.isArray(menu.submenu) ? menu.submenu : []
const allItems = (template: MenuItemConstructorOptions[]) => template.flatMap(itemsOf)
const labels = (template: MenuItemConstructorOptions[]) => template.map(({ label, role }) => label ?? role)
/** Presses an item, as Electron would. */
const press = (item: MenuItemConstructorOptions | undefined) => item?.click?.({} as never, undefined, {})

describe('the menu', () => {
  it('has its seven menus, and on a Mac the app menu before them', () => {
    const seven = ['&File', '&Edit', '&View', 'F&ormat', '&Story', '&Window', '&Help']
    expect(labels(menuTemplate(LINUX, NONE))).toEqual(seven)
    expect(labels(menuTemplate(MAC, NONE))).toEqual(['appMenu', ...seven])
  })

  it('is in the language of the interface', () => {
    const greek = menuIn(LINUX, NONE, createMessages('el'))
    expect(greek[0]?.label).toBe('&Αρχείο')
    expect(greek.flatMap(itemsOf).map(({ label }) => label)).toContain('Νέο θέμα…')
  })

  it('runs commands of the app by their ids', () => {
    const run: string[] = []
    let pdfs = 0
    const items = allItems(menuTemplate(LINUX, { run: (id) => run.push(id), savePdf: () => pdfs++ }))
    press(items.find(({ label }) => label === 'Bold'))
    press(items.find(({ label }) => label === 'Save as PDF…'))
    expect([run, pdfs]).toEqual([['format.bold'], 1])
  })

  it('leaves the shortcuts of commands to the page, so that none runs twice', () => {
    for (const item of allItems(menuTemplate(LINUX, NONE))) {
      if (item.accelerator !== undefined) expect(item.registerAccelerator).toBe(false)
    }
  })

  it('has reload and developer tools for developers alone', () => {
    const roles = (development: boolean) =>
      allItems(menuTemplate({ ...LINUX, development }, NONE)).map(({ role }) => role)
    expect(roles(true)).toContain('toggleDevTools')
    expect(roles(false)).not.toContain('toggleDevTools')
    expect(roles(false)).not.toContain('reload')
  })

  // The registry fills while the app runs, so its commands are read from the sources that register them.
  it('names only commands that the app has', () => {
    const sources = globSync('renderer/**/*.{ts,tsx}').map((path) => readFileSync(path, 'utf8'))
    const known = new Set(
      sources.flatMap((text) => [...text.matchAll(/\bid: '([a-z]+\.[a-z-]+)'/g)].map(([, id]) => id)),
    )
    const named = menuSections(MAC).flatMap(({ items }) =>
      items.flatMap((item) => ('command' in item ? [item.command] : [])),
    )
    expect(named.length).toBeGreaterThan(15)
    expect(named.filter((id) => !known.has(id))).toEqual([])
  })
})

describe('the menu under the right mouse button', () => {
  const clicked = { isEditable: true, selectionText: '', misspelledWord: '', dictionarySuggestions: [] as string[] }
  function opened(change: Partial<typeof clicked>) {
    const done: string[] = []
    const template = contextMenuTemplate(
      { ...clicked, ...change },
      { replace: (word) => done.push(`replace ${word}`), learn: (word) => done.push(`learn ${word}`) },
      inEnglish,
    )
    return { template, labels: labels(template), done }
  }

  it('offers spellings first', () => {
    const { template, labels, done } = opened({ misspelledWord: 'teh', dictionarySuggestions: ['the', 'tea'] })
    expect(labels.slice(0, 2)).toEqual(['the', 'tea'])
    press(template[0])
    press(template.find(({ label }) => label === 'Add to Dictionary'))
    expect(done).toEqual(['replace the', 'learn teh'])
  })

  it('says so when there are none', () => {
    expect(opened({ misspelledWord: 'xqzt' }).template[0]).toEqual({ label: 'No Suggestions', enabled: false })
  })

  it('has the clipboard in text, copying elsewhere, and nothing where nothing is', () => {
    expect(opened({}).labels).toContain('paste')
    expect(opened({ isEditable: false, selectionText: 'words' }).labels).toEqual(['copy'])
    expect(opened({ isEditable: false }).labels).toEqual([])
  })
})
