import { useStore } from 'zustand'
import { useMessages } from '../messages/use-messages.ts'
import { useOpenedStory } from '../story/opened-story.ts'
import { Skeleton } from '../ui/States.tsx'
import { Tabs } from '../ui/Tabs.tsx'
import { useFeatures, type InspectorTab } from '../window/feature.ts'
import { useLayout } from '../window/layout.ts'
import styles from './Inspector.module.css'

/** Beside the page: a tab for each thing that the features have to say of the story. */
export function Inspector() {
  const { t } = useMessages()
  const { session } = useOpenedStory()
  const isReady = useStore(session.state, ({ phase, complete }) => phase === 'ready' && complete)
  const tabs = useFeatures().flatMap((feature) => feature.inspectorTabs ?? [])
  if (isReady) return <OpenInspector tabs={tabs} />
  return (
    <div className={styles.loading}>
      <Skeleton lines={[30, 100, 30, 100]} label={t('app.inspector.loading')} />
    </div>
  )
}

function OpenInspector({ tabs }: { tabs: readonly InspectorTab[] }) {
  const { t, say } = useMessages()
  const { tab, inspect } = useLayout()
  const shown = tabs.find(({ id }) => id === tab) ?? tabs[0]
  if (shown === undefined) return null
  return tabs.reduceRight(
    (inner, { Provider }) => (Provider === undefined ? inner : <Provider>{inner}</Provider>),
    <Tabs
      label={t('app.inspector')}
      value={shown.id}
      onChange={inspect}
      tabs={tabs.map(({ id, label, Panel, Mark }) => ({
        id,
        label: say(label),
        mark: Mark && <Mark />,
        panel: <Panel />,
      }))}
    />,
  )
}
