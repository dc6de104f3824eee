/** Light, dark, or as the system says; kept on this computer. */
import { create } from 'zustand'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export const THEME_LABELS: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' }

const KEY = 'galley.theme'

function stored(): Theme {
  const value = localStorage.getItem(KEY)
  return THEMES.find((theme) => theme === value) ?? 'system'
}

function apply(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

export const useTheme = create<{ theme: Theme; choose: (theme: Theme) => void }>((set) => {
  const theme = stored()
  apply(theme)
  return {
    theme,
    choose(theme) {
      localStorage.setItem(KEY, theme)
      apply(theme)
      set({ theme })
    },
  }
})
