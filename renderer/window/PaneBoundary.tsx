import { Component, type ErrorInfo, type ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { errorMessage } from '../api/api-error.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorState } from '../ui/States.tsx'

interface Props {
  pane: 'window' | 'queue' | 'page' | 'frontPage' | 'inspector'
  children: ReactNode
}

/** Keeps an error in one pane from breaking the others. The story is in the document and on the disk regardless. */
export class PaneBoundary extends Component<Props, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error }
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    console.error(`The pane "${this.props.pane}" failed`, error, componentStack)
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    return <FailedPane pane={this.props.pane} error={error} onRetry={() => this.setState({ error: null })} />
  }
}

function FailedPane({ pane, error, onRetry }: { pane: Props['pane']; error: unknown; onRetry: () => void }) {
  const { t, say } = useMessages()
  return (
    <ErrorState
      title={t('app.pane.failed', { pane })}
      action={
        <>
          <Button variant="primary" onClick={onRetry}>
            {t('app.pane.show-again')}
          </Button>
          <Button onClick={() => window.location.reload()}>{t('app.pane.reload')}</Button>
        </>
      }
    >
      {t('app.pane.safe', { error: say(errorMessage(error)) })}
    </ErrorState>
  )
}
