import type { IntakeItem } from '#shared/protocol/http.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Notice } from '../../ui/States.tsx'
import { useNow } from '../../ui/use-now.ts'
import { warningsOf } from './intake-words.ts'

/** The warnings to see before using an item: above all its embargo. */
export function IntakeWarnings({ item }: { item: Pick<IntakeItem, 'kind' | 'embargo' | 'withheld' | 'updates'> }) {
  const messages = useMessages()
  const now = useNow()
  return warningsOf(messages, item, now).map(({ text, grave }) => (
    <Notice key={text} kind={grave ? 'danger' : 'warn'}>
      {text}
    </Notice>
  ))
}
