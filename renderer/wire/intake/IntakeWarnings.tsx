import type { IntakeItem } from '#shared/protocol/http.ts'
import { Notice } from '../../ui/States.tsx'
import { useNow } from '../../ui/use-now.ts'
import { warningsOf } from './intake-words.ts'

/** What has to be known of an item before anybody takes it: its embargo above all. */
export function IntakeWarnings({ item }: { item: Pick<IntakeItem, 'kind' | 'embargo' | 'withheld' | 'updates'> }) {
  const now = useNow()
  return warningsOf(item, now).map(({ text, grave }) => (
    <Notice key={text} kind={grave ? 'danger' : 'warn'}>
      {text}
    </Notice>
  ))
}
