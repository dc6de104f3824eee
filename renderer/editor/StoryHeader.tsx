import type { ReactNode } from 'react'
import type { Story } from '#shared/story/story.ts'
import { useMessages } from '../messages/use-messages.ts'
import { IconButton } from '../ui/Button.tsx'
import { PaneRightIcon } from '../ui/icons.tsx'
import { StageBadge } from '../ui/StageBadge.tsx'
import styles from './StoryHeader.module.css'

export interface StoryHeaderProps {
  story: Pick<Story, 'slug' | 'stage'>
  /** Before the slug, e.g. the back button. */
  leading?: ReactNode
  /** Beside the stage: further facts about the story. */
  marks?: ReactNode
  /** The other people in the story. */
  people?: ReactNode
  /** The next action for this person's role, and the buttons beside it. */
  actions?: ReactNode
  inspector?: { open: boolean; shortcut?: string; toggle(): void } | undefined
}

/** Above the page: the story, its stage, the people in it and the next action. */
export function StoryHeader({ story, leading, marks, people, actions, inspector }: StoryHeaderProps) {
  const { t } = useMessages()
  return (
    <header className={styles.header} aria-label={t('editor.header')} data-region="story">
      <div className={styles.row}>
        {leading}
        <h1 className={styles.slug} dir="auto" title={story.slug}>
          {story.slug}
        </h1>
        <div className={styles.life}>
          <StageBadge stage={story.stage} />
          <div className={styles.marks}>{marks}</div>
        </div>
        <span className={styles.space} />
        {people}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        {inspector !== undefined && (
          <IconButton
            label={t(inspector.open ? 'editor.hide-inspector' : 'editor.show-inspector')}
            shortcut={inspector.shortcut}
            pressed={inspector.open}
            onClick={() => inspector.toggle()}
          >
            <PaneRightIcon />
          </IconButton>
        )}
      </div>
    </header>
  )
}
