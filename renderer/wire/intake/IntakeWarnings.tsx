import type { IntakeItem } from '#shared/protocol/http.ts'
import { Notice } from '../../ui/States.tsx'
import { useNow } from '../../ui/use-now.ts'
import { warningsOf } from './intake-words.ts'

/** The warnings to see before using an item: above all its embargo. */
export function IntakeWarnings({ item }: { item: Pick<IntakeItem, 'kind' | 'embargo' | 'withheld' | 'updates'> }) {
  const now = useNow()
  return warningsOf(item, now).map(({ text, grave }) => (
    <Notice key={text} kind={grave ? 'danger' : 'warn'}>
      {text}
    </Notice>
  ))
}
