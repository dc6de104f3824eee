import { Component, type ErrorInfo, type ReactNode } from 'react'
import { errorSentence } from '../api/api-error.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorState } from '../ui/States.tsx'

interface Props {
  /** What the person calls this part of the window. */
  name: string
  children: ReactNode
}

/** Keeps a fault in one pane from taking the others with it. The words are in the document and on the disk regardless. */
export class PaneBoundary extends Component<Props, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error }
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    console.error(`${this.props.name} failed`, error, componentStack)
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    return (
      <ErrorState
        title={`${this.props.name} has stopped working`}
        action={
          <>
            <Button variant="primary" onClick={() => this.setState({ error: null })}>
              Show it again
            </Button>
            <Button onClick={() => window.location.reload()}>Reload Galley</Button>
          </>
        }
      >
        What was written is safe on this computer. {errorSentence(error)}
      </ErrorState>
    )
  }
}
