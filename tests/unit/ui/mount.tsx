/** Renders an element into a real page, styled as in the app, and removes it when the test ends. */
import '#renderer/ui/base.css'
import '#renderer/ui/tokens.css'
import type { ReactElement } from 'react'
import { createRoot } from 'react-dom/client'
import { onTestFinished } from 'vitest'
import { createLanguageChoice, type LanguageChoice } from '#renderer/messages/language.ts'
import { MessagesProvider } from '#renderer/messages/MessagesProvider.tsx'
import { TooltipProvider } from '#renderer/ui/Tooltip.tsx'
import { createWindowState, WindowProvider } from '#renderer/window/WindowState.tsx'

/** A choice that starts with English, or another language, and is kept nowhere. */
export function languageChoice(language = 'en'): LanguageChoice {
  return createLanguageChoice({
    storage: { getItem: () => null, setItem: () => undefined },
    window: { addEventListener: () => undefined },
    preferred: [language],
    apply: () => undefined,
  })
}

/** Returns a function that shows another element in its place. The element has a window of its own, unless one is given. */
export function mount(
  element: ReactElement,
  choice = languageChoice(),
  windowState = createWindowState(window),
): (element: ReactElement) => void {
  const container = document.createElement('div')
  container.style.height = '100vh'
  document.body.append(container)
  const root = createRoot(container)
  const show = (shown: ReactElement) =>
    root.render(
      <MessagesProvider choice={choice}>
        <WindowProvider value={windowState}>
          <TooltipProvider>{shown}</TooltipProvider>
        </WindowProvider>
      </MessagesProvider>,
    )
  show(element)
  onTestFinished(() => {
    root.unmount()
    container.remove()
  })
  return show
}
