import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import type { Platform } from '../platform/platform.ts'
import { Toasts } from '../ui/Toasts.tsx'
import { TooltipProvider } from '../ui/Tooltip.tsx'
import { FeaturesProvider } from '../window/feature.ts'
import type { OpenNewsroom } from './follow-session.ts'
import { NewsroomProvider } from '../newsroom/newsroom.ts'
import { rememberFocus } from '../window/regions.ts'
import { PaneBoundary } from '../window/PaneBoundary.tsx'
import { STORY_PAGE } from '../window/routes.ts'
import { WindowProvider, type WindowState } from '../window/WindowState.tsx'
import { FEATURES } from './features.ts'
import type { Session } from './session.ts'
import { SignIn } from './SignIn.tsx'
import { Workspace } from './Workspace.tsx'

export interface AppProps {
  session: Session
  platform: Platform
  window: WindowState
  /** As `followSession` keeps it. */
  open: StoreApi<OpenNewsroom>
}

export function App({ session, platform, window: windowState, open }: AppProps) {
  const state = useStore(session.state)
  const newsroom = useStore(open, (each) => each.newsroom)

  useEffect(() => {
    const { window, commands, navigation } = windowState
    window.addEventListener('keydown', commands.onShortcut)
    window.document.addEventListener('focusin', rememberFocus)
    const stops = [
      () => window.document.removeEventListener('focusin', rememberFocus),
      () => window.removeEventListener('keydown', commands.onShortcut),
      platform.onCommand((id) => void commands.run(id)),
      platform.onOpenStory((storyId) => navigation.goTo(STORY_PAGE, storyId)),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [platform, windowState])

  return (
    <WindowProvider value={windowState}>
      <TooltipProvider>
        <>
          <PaneBoundary pane="window">
            {state.phase === 'signed-out' && (
              <SignIn session={session} notice={state.notice} changeServer={platform.changeServer} />
            )}
            {newsroom !== null && (
              <NewsroomProvider value={newsroom}>
                <FeaturesProvider value={FEATURES}>
                  <Workspace key={newsroom.person.id} />
                </FeaturesProvider>
              </NewsroomProvider>
            )}
          </PaneBoundary>
          <Toasts />
        </>
      </TooltipProvider>
    </WindowProvider>
  )
}
