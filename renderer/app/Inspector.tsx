import { useStore } from 'zustand'
import type { StorySource } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { mayRunWire } from '#shared/story/workflow.ts'
import type { StorySession } from '../collaboration/story-session.ts'
import { Count } from '../ui/Count.tsx'
import { Skeleton } from '../ui/States.tsx'
import { Tabs } from '../ui/Tabs.tsx'
import { ChecksPanel } from '../story/checks/ChecksPanel.tsx'
import { usePublications } from '../wire/publications.ts'
import { StoryPanel } from '../story/meta/StoryPanel.tsx'
import { useVocabulary } from '../story/meta/vocabulary.ts'
import { checkForWire, useArticle } from '../story/checks/use-checks.ts'
import { WirePanel, type WirePanelProps } from '../wire/WirePanel.tsx'
import styles from './Inspector.module.css'
import { useLayout } from '../window/layout.ts'
import { useNewsroom } from '../newsroom/newsroom.ts'

export interface InspectorProps {
  session: StorySession
  story: Story
  /** What the story was made of; null when it was written here. */
  source: StorySource | null
  itemLink: WirePanelProps['itemLink']
  /** Puts the caret into a field. */
  onGoTo: (field: string) => void
}

/** Beside the page: what is known of the story, what it still lacks, and what of it went out. */
export function Inspector({ session, story, source, itemLink, onGoTo }: InspectorProps) {
  const isReady = useStore(session.state, ({ phase, complete }) => phase === 'ready' && complete)
  if (isReady)
    return <OpenInspector session={session} story={story} source={source} itemLink={itemLink} onGoTo={onGoTo} />
  return (
    <div className={styles.loading}>
      <Skeleton lines={[30, 100, 30, 100]} label="Loading the inspector" />
    </div>
  )
}

function OpenInspector({ session, story, source, itemLink, onGoTo }: InspectorProps) {
  const newsroom = useNewsroom()
  const { api, feed, queue, name, person, wireDesk } = newsroom
  const { tab, inspect } = useLayout()
  const desks = useStore(queue.state, (state) => state.desks)
  const stories = useStore(queue.state, (state) => state.stories)
  const vocabulary = useVocabulary(api)
  const readOnly = useStore(session.state, (state) => state.readOnly)
  const article = useArticle(session.doc)
  const failures = checkForWire(article, story.slug)
  const scheduled = useStore(wireDesk.state, (state) => state.scheduled.get(story.id) ?? null)
  const publications = usePublications(api, feed, story.id)

  return (
    <Tabs
      label="Inspector"
      value={tab}
      onChange={inspect}
      tabs={[
        {
          id: 'story',
          label: 'Story',
          panel: (
            <StoryPanel
              doc={session.doc}
              story={story}
              desk={desks.find((desk) => desk.id === story.deskId)}
              readOnly={readOnly}
              vocabulary={vocabulary}
              labelLanguage={newsroom.language}
              published={stories.filter(({ publishedAt, stage }) => publishedAt !== null && stage !== 'killed')}
            />
          ),
        },
        {
          id: 'checks',
          label: 'Checks',
          mark: <Count count={failures.length} label={`${failures.length} open`} />,
          panel: (
            <ChecksPanel
              source={source}
              failures={failures}
              figureIds={article.figures.map((figure) => figure.id)}
              onGoTo={onGoTo}
            />
          ),
        },
        {
          id: 'wire',
          label: 'Wire',
          panel: (
            <WirePanel
              article={article}
              story={story}
              source={source}
              itemLink={itemLink}
              publications={publications}
              scheduled={scheduled}
              provider={name}
              runsWire={mayRunWire(person.role)}
              api={api}
              cancelScheduled={(id) => newsroom.cancelScheduled(id)}
            />
          ),
        },
      ]}
    />
  )
}
