import { describe, expect, it } from 'vitest'
import { holdNavigation } from '#electron/main/navigation.ts'

const PAGE = 'app://galley/'

/** A page that tries things; `opened` is what left for the person's browser. */
function page() {
  const listeners = new Map<string, (details: { url: string; preventDefault(): void }) => void>()
  let windowOpen: ((details: { url: string }) => { action: string }) | undefined
  const opened: string[] = []
  holdNavigation(
    {
      on: (event: string, listener: (details: { url: string; preventDefault(): void }) => void) =>
        listeners.set(event, listener),
      setWindowOpenHandler: (handler) => void (windowOpen = handler),
    },
    PAGE,
    (url) => opened.push(url),
  )
  const tries = (event: string, url = ''): 'let' | 'held' => {
    let outcome: 'let' | 'held' = 'let'
    listeners.get(event)?.({ url, preventDefault: () => (outcome = 'held') })
    return outcome
  }
  return { tries, opened, open: (url: string) => windowOpen?.({ url }).action }
}

describe('navigation', () => {
  it('to the page itself is a reload', () => {
    expect(page().tries('will-frame-navigate', PAGE)).toBe('let')
    expect(page().tries('will-frame-navigate', `${PAGE}#/story/1`)).toBe('let')
  })

  it.each(['app://galley/other.html', 'app://other/', 'file:///etc/passwd', 'data:text/html,x', 'javascript:alert(1)'])(
    'to %s is held, and goes nowhere',
    (url) => {
      const { tries, opened } = page()
      expect(tries('will-frame-navigate', url)).toBe('held')
      expect(opened).toEqual([])
    },
  )

  it('to a website leaves for the browser instead', () => {
    const { tries, opened } = page()
    expect(tries('will-frame-navigate', 'https://example.org/a')).toBe('held')
    expect(opened).toEqual(['https://example.org/a'])
  })

  it('opens no windows; links to websites and addresses leave for the system', () => {
    const { open, opened } = page()
    const asked = ['https://example.org/', 'mailto:a@example.org', 'http://plain.example/', 'galley://story/1']
    expect(asked.map(open)).toEqual(['deny', 'deny', 'deny', 'deny'])
    expect(opened).toEqual(['https://example.org/', 'mailto:a@example.org'])
  })

  it('follows no redirect and attaches no webview', () => {
    expect(page().tries('will-redirect', 'https://example.org/')).toBe('held')
    expect(page().tries('will-attach-webview')).toBe('held')
  })
})
