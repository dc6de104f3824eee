/** What one window holds beside its newsroom. Several windows can be open in one process, so none of it is global. */
import { createContext, use, useEffect, type ReactNode } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import { CommandsProvider, createCommands, type Commands } from '../commands/commands.ts'
import { useNewsroom } from '../newsroom/newsroom.ts'
import { createTheme, ThemeProvider, type ThemeState } from '../ui/theme.ts'
import { createToasts, ToastsProvider, type ToastList } from '../ui/Toasts.tsx'
import { createDialogs, DialogsProvider, type Dialogs } from './dialogs.tsx'
import { createLayout, LayoutProvider, type LayoutState } from './layout.ts'
import { createNavigation, NavigationProvider, type Navigation } from './routes.ts'

export interface WindowState {
  readonly window: Window
  readonly commands: Commands
  readonly dialogs: Dialogs
  readonly layout: StoreApi<LayoutState>
  readonly navigation: Navigation
  readonly theme: StoreApi<ThemeState>
  readonly toasts: ToastList
}

export function createWindowState(window: Window): WindowState {
  const layout = createLayout(window)
  const navigation = createNavigation(window)
  // A story that was opened from the drawer is under it.
  navigation.subscribe(() => layout.getState().closeDrawer())
  return {
    window,
    commands: createCommands(),
    dialogs: createDialogs(),
    layout,
    navigation,
    theme: createTheme(window.document, window.localStorage),
    toasts: createToasts(),
  }
}

const Context = createContext<WindowState | null>(null)

export function WindowProvider({ value, children }: { value: WindowState; children: ReactNode }) {
  return (
    <Context value={value}>
      <CommandsProvider value={value.commands}>
        <DialogsProvider value={value.dialogs}>
          <LayoutProvider value={value.layout}>
            <NavigationProvider value={value.navigation}>
              <ThemeProvider value={value.theme}>
                <ToastsProvider value={value.toasts}>{children}</ToastsProvider>
              </ThemeProvider>
            </NavigationProvider>
          </LayoutProvider>
        </DialogsProvider>
      </CommandsProvider>
    </Context>
  )
}

export function useWindowState(): WindowState {
  const state = use(Context)
  if (state === null) throw new Error('No window is around this component')
  return state
}

/** Names what the window shows in its title; the newsroom itself, for null. */
export function useWindowTitle(subject: string | null): void {
  const shownIn = useWindowState().window
  const newsroom = useNewsroom().name
  useEffect(() => {
    // oxlint-disable-next-line react/immutability -- the title belongs to the window, not to React
    shownIn.document.title = `${subject ?? newsroom} – Galley`
  }, [shownIn, subject, newsroom])
}
