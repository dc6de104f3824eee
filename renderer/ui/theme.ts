/** The window's colours: light, dark, or those of the system. Kept on this computer. */
import { createContext, use } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'galley.theme'

export interface ThemeState {
  theme: Theme
  choose: (theme: Theme) => void
}

/** Applies the theme kept in `storage` to the document, and each one chosen later. */
export function createTheme(document: Document, storage: Pick<Storage, 'getItem' | 'setItem'>): StoreApi<ThemeState> {
  const { dataset } = document.documentElement
  function apply(theme: Theme): void {
    if (theme === 'system') delete dataset['theme']
    else dataset['theme'] = theme
  }

  const kept = storage.getItem(KEY)
  const theme = THEMES.find((each) => each === kept) ?? 'system'
  apply(theme)
  return createStore<ThemeState>((set) => ({
    theme,
    choose(theme) {
      storage.setItem(KEY, theme)
      apply(theme)
      set({ theme })
    },
  }))
}

const Context = createContext<StoreApi<ThemeState> | null>(null)

export const ThemeProvider = Context.Provider

export function useTheme(): ThemeState {
  const theme = use(Context)
  if (theme === null) throw new Error('No window around this component has a theme')
  return useStore(theme)
}
