/** Puts a piece of the screen into a real page, dressed as in the app, and takes it away when the test is finished. */
import '#renderer/ui/base.css'
import '#renderer/ui/tokens.css'
import type { ReactElement } from 'react'
import { createRoot } from 'react-dom/client'
import { onTestFinished } from 'vitest'
import { TooltipProvider } from '#renderer/ui/Tooltip.tsx'

/** Returns the way to show something else in its place. */
export function mount(element: ReactElement): (element: ReactElement) => void {
  const container = document.createElement('div')
  container.style.height = '100vh'
  document.body.append(container)
  const root = createRoot(container)
  const show = (shown: ReactElement) => root.render(<TooltipProvider>{shown}</TooltipProvider>)
  show(element)
  onTestFinished(() => {
    root.unmount()
    container.remove()
  })
  return show
}
