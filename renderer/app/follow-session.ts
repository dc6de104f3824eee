/** Opens the newsroom when a person signs in, and closes it when they sign out. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Messages } from '#shared/messages/messages.ts'
import { askToKeepCopies } from '../collaboration/local-store.ts'
import type { Platform } from '../platform/platform.ts'
import { openNewsroom, type Newsroom } from '../newsroom/newsroom.ts'
import type { Session, SessionState } from './session.ts'

export interface OpenNewsroom {
  /** Null while signed out. */
  newsroom: Newsroom | null
}

export function followSession(
  session: Session,
  platform: Platform,
  messages: StoreApi<Messages>,
): StoreApi<OpenNewsroom> {
  const open = createStore<OpenNewsroom>(() => ({ newsroom: null }))
  /** Who it is open for; what the newsroom says of them may change while they are signed in. */
  let openFor = ''

  function follow(state: SessionState): void {
    const wanted = state.phase === 'signed-in' ? JSON.stringify([state.person, state.newsroom]) : ''
    if (wanted === openFor) return
    openFor = wanted
    open.getState().newsroom?.close()
    if (state.phase !== 'signed-in') {
      open.setState({ newsroom: null })
      return
    }
    const { person, newsroom: facts } = state
    open.setState({
      newsroom: openNewsroom({ facts, person, api: session.api, platform, messages, signOut: () => session.signOut() }),
    })
    void askToKeepCopies()
  }

  follow(session.state.getState())
  session.state.subscribe(follow)
  return open
}
