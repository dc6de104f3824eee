import { createContext, use, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { mayRunWire } from '#shared/story/workflow.ts'
import { useNewsroom } from '../newsroom/newsroom.ts'
import { useInspectedArticle } from '../story/checks/inspected-article.tsx'
import { useItemLink } from '../story/item-link.ts'
import { useOpenedStory } from '../story/opened-story.ts'
import { usePublications, type Publications } from './publications.ts'
import { WirePanel } from './WirePanel.tsx'

const Context = createContext<Publications | null>(null)

/** Reads the story's publications once, so that they are there offline too when the tab is opened. */
export function PublicationsProvider({ children }: { children: ReactNode }) {
  const { story } = useOpenedStory()
  const { api, feed } = useNewsroom()
  return <Context value={usePublications(api, feed, story.id)}>{children}</Context>
}

export function WireTab() {
  const { story, source } = useOpenedStory()
  const newsroom = useNewsroom()
  const itemLink = useItemLink()
  const article = useInspectedArticle()
  const publications = use(Context)
  const scheduled = useStore(newsroom.wireDesk.state, (state) => state.scheduled.get(story.id) ?? null)
  if (publications === null) throw new Error('No inspector is around the wire tab')
  return (
    <WirePanel
      article={article}
      story={story}
      source={source.source}
      itemLink={itemLink}
      publications={publications}
      scheduled={scheduled}
      provider={newsroom.name}
      runsWire={mayRunWire(newsroom.person.role)}
      api={newsroom.api}
      cancelScheduled={(id) => newsroom.cancelScheduled(id)}
    />
  )
}
