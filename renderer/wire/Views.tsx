import { useMessages } from '../messages/use-messages.ts'
import { Count } from '../ui/Count.tsx'
import styles from './Views.module.css'

export interface ViewsProps<View extends string> {
  views: readonly View[]
  labels: Readonly<Record<View, string>>
  /** Returns the number of items in a view that need attention. */
  countOf: (view: View) => number
  current: View
  onChoose: (view: View) => void
}

/** The views of a wire desk list, one of which is shown. */
export function Views<View extends string>({ views, labels, countOf, current, onChoose }: ViewsProps<View>) {
  const { t } = useMessages()
  return (
    <div className={styles.views} role="group" aria-label={t('wire.views')}>
      {views.map((view) => (
        <button
          key={view}
          type="button"
          className={styles.view}
          aria-pressed={view === current}
          onClick={() => onChoose(view)}
        >
          {labels[view]}
          <Count count={countOf(view)} />
        </button>
      ))}
    </div>
  )
}
