/** Where the app begins. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { startAs, takeWish } from './app/demo-window.ts'
import { followSession } from './app/follow-session.ts'
import { createSession } from './app/session.ts'
import { createApi } from './api/client.ts'
import { createLanguageChoice } from './messages/language.ts'
import { MessagesProvider } from './messages/MessagesProvider.tsx'
import { platform } from './platform/index.ts'
import { refuseStrayDrops } from './platform/stray-drops.ts'
import { createWindowState } from './window/WindowState.tsx'
import { keepAppForOffline } from './service-worker/keep-app.ts'
import './ui/fonts.ts'
import './ui/tokens.css'
import './ui/base.css'

refuseStrayDrops(window)

const session = createSession({
  platform,
  createApi: (token) => createApi({ server: platform.server, token }),
  windowStorage: platform.kind === 'browser' ? window.sessionStorage : null,
})

const choice = createLanguageChoice({
  storage: window.localStorage,
  window,
  preferred: navigator.languages,
  apply(language) {
    document.documentElement.lang = language
    platform.setLanguage(language)
  },
})

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id "root"')
createRoot(root).render(
  <StrictMode>
    <MessagesProvider choice={choice}>
      <App
        session={session}
        platform={platform}
        window={createWindowState(window)}
        open={followSession(session, platform, choice.messages)}
      />
    </MessagesProvider>
  </StrictMode>,
)

const wish = platform.kind === 'browser' ? takeWish() : null
void (wish === null ? session.start() : startAs(session, wish))
if (platform.kind === 'browser') void keepAppForOffline()
