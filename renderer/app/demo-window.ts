/**
 * In a demo newsroom, another window of this browser can be opened as somebody else, to see two people write together:
 * `?as=editor@demo.example` signs in by itself, which only a demo newsroom's known password makes possible.
 */
import { DEMO_PASSWORD } from '#shared/protocol/http.ts'
import type { Session } from './session.ts'

const PARAMETER = 'as'

/** Opens a window beside this one, at the same story. Without an opener, so that the two share no session. */
export function openAs(email: string): void {
  const url = new URL(window.location.href)
  url.searchParams.set(PARAMETER, email)
  window.open(url, '_blank', 'noopener')
}

/** Takes the wish to be somebody out of the address, so that a reload does not repeat it; null when there is none. */
export function takeWish(): string | null {
  const url = new URL(window.location.href)
  const email = url.searchParams.get(PARAMETER)
  if (email === null) return null
  url.searchParams.delete(PARAMETER)
  window.history.replaceState(null, '', url)
  return email
}

/** Signs in as this person of a demo newsroom; anywhere else, and when it fails, the session starts as usual. */
export async function startAs(session: Session, email: string): Promise<void> {
  try {
    const newsroom = await session.api.newsroom()
    if (newsroom.demo && newsroom.people.some((person) => person.email === email)) {
      await session.signIn(email, DEMO_PASSWORD)
      return
    }
  } catch {
    // The sign-in page asks again, and says what is wrong.
  }
  await session.start()
}
