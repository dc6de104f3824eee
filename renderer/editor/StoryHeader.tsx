import type { ReactNode } from 'react'
import type { Story } from '#shared/story/story.ts'
import { IconButton } from '../ui/Button.tsx'
import { PaneRightIcon } from '../ui/icons.tsx'
import { StageBadge } from '../ui/StageBadge.tsx'
import styles from './StoryHeader.module.css'

export interface StoryHeaderProps {
  story: Pick<Story, 'slug' | 'stage'>
  /** Before the slug, e.g. the way back to the queue. */
  leading?: ReactNode
  /** Beside the stage: what else is to be known of the story before anything is done to it. */
  marks?: ReactNode
  /** Who else is here. */
  people?: ReactNode
  /** The one next action of this person's role, and what stands beside it. */
  actions?: ReactNode
  inspector?: { open: boolean; shortcut?: string; toggle(): void } | undefined
}

/** Above the page: which story this is and where in its life, who is in it, and the one next thing to do. */
export function StoryHeader({ story, leading, marks, people, actions, inspector }: StoryHeaderProps) {
  return (
    <header className={styles.header} aria-label="Story" data-region="story">
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
            label={inspector.open ? 'Hide the inspector' : 'Show the inspector'}
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
