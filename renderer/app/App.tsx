import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import type { Platform } from '../platform/platform.ts'
import { Toasts } from '../ui/Toasts.tsx'
import { TooltipProvider } from '../ui/Tooltip.tsx'
import { onShortcut, runCommand } from '../commands/commands.ts'
import type { OpenNewsroom } from './follow-session.ts'
import { NewsroomProvider } from '../newsroom/newsroom.ts'
import { PaneBoundary } from './PaneBoundary.tsx'
import { rememberFocus } from '../window/regions.ts'
import { goTo } from '../window/routes.ts'
import type { Session } from './session.ts'
import { SignIn } from './SignIn.tsx'
import { Workspace } from './Workspace.tsx'

export interface AppProps {
  session: Session
  platform: Platform
  /** As `followSession` keeps it. */
  open: StoreApi<OpenNewsroom>
}

export function App({ session, platform, open }: AppProps) {
  const state = useStore(session.state)
  const newsroom = useStore(open, (each) => each.newsroom)

  useEffect(() => {
    window.addEventListener('keydown', onShortcut)
    document.addEventListener('focusin', rememberFocus)
    const stops = [
      () => document.removeEventListener('focusin', rememberFocus),
      () => window.removeEventListener('keydown', onShortcut),
      platform.onCommand((id) => void runCommand(id)),
      platform.onOpenStory((storyId) => goTo({ page: 'story', storyId })),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [platform])

  return (
    <TooltipProvider>
      <>
        <PaneBoundary name="The window">
          {state.phase === 'signed-out' && (
            <SignIn session={session} notice={state.notice} changeServer={platform.changeServer} />
          )}
          {newsroom !== null && (
            <NewsroomProvider value={newsroom}>
              <Workspace key={newsroom.person.id} signOut={() => session.signOut()} />
            </NewsroomProvider>
          )}
        </PaneBoundary>
        <Toasts />
      </>
    </TooltipProvider>
  )
}
