import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { Person, Story } from '#shared/story/story.ts'
import { useMessages } from '../messages/use-messages.ts'
import type { StorySession } from '../collaboration/story-session.ts'
import { ArticleSheet } from './ArticleSheet.tsx'
import { FaultBanner } from './FaultBanner.tsx'
import { FindBar } from './find/FindBar.tsx'
import type { PictureStore } from './figures/picture-store.ts'
import { KeptWordsTray } from './kept-words/KeptWordsTray.tsx'
import { Notice } from './Notice.tsx'
import { PageProvider, usePage } from './page-context.tsx'
import { PageSkeleton, RefusedPage, WordlessPage } from './page-states.tsx'
import { PeopleHere } from './PeopleHere.tsx'
import { StatusBar } from './status/StatusBar.tsx'
import { StoryHeader, type StoryHeaderProps } from './StoryHeader.tsx'
import styles from './StoryPage.module.css'
import { storyPageOf } from './story-page-of.ts'
import { PageToolbar } from './toolbar/PageToolbar.tsx'
import { LinkForm } from './toolbar/LinkForm.tsx'
import { useMeta } from '../story/use-document.ts'
import { usePageCommands } from './use-page-commands.ts'

export interface StoryPageProps {
  session: StorySession
  story: Pick<Story, 'slug' | 'stage' | 'language'>
  person: Pick<Person, 'id' | 'name'>
  pictures: PictureStore
  /** Before the slug. */
  leading?: ReactNode
  /** Beside the stage. */
  marks?: ReactNode
  /** Above the page, e.g. the notice that the story was killed. */
  banner?: ReactNode
  /** The next action for this person's role, and the buttons beside it. */
  actions?: ReactNode
  inspector?: StoryHeaderProps['inspector']
  /** Leaves the page, e.g. after the newsroom refused the story. */
  onBack: () => void
}

/** One open story: everything between the queue and the inspector. */
export function StoryPage(props: StoryPageProps) {
  const { session, story, person, pictures, leading, marks, banner, actions, inspector, onBack } = props
  const page = storyPageOf(session)
  const language = useMeta(session.doc).language ?? story.language
  // The whole state object is replaced at each change of the document.
  const { say } = useMessages()
  const { phase, refusal, complete, connection } = useStore(
    session.state,
    useShallow(({ phase, refusal, complete, connection }) => ({ phase, refusal, complete, connection })),
  )
  const linkForm = useStore(page.state, (state) => state.linkForm)
  const readable = phase === 'ready' && complete

  return (
    <PageProvider value={{ page, pictures, person, language }}>
      <section className={styles.page} aria-label={story.slug} data-story-page data-link-form={linkForm || undefined}>
        <StoryHeader
          story={story}
          leading={leading}
          marks={marks}
          people={readable ? <PeopleHere /> : null}
          actions={readable ? actions : undefined}
          inspector={inspector}
        />
        {banner}
        {readable ? (
          <OpenPage language={language} />
        ) : phase === 'refused' ? (
          <RefusedPage reason={refusal && say(refusal)} onBack={onBack} />
        ) : phase === 'ready' && connection === 'offline' ? (
          <WordlessPage onBack={onBack} />
        ) : (
          <PageSkeleton />
        )}
      </section>
    </PageProvider>
  )
}

/** The page once the story has loaded. */
function OpenPage({ language }: { language: string }) {
  usePageCommands(usePage().page)
  return (
    <>
      <PageToolbar />
      <FaultBanner />
      <FindBar />
      <ArticleSheet />
      <div className={styles.foot}>
        <Notice />
        <KeptWordsTray />
        <StatusBar language={language} />
      </div>
      <LinkForm />
    </>
  )
}
