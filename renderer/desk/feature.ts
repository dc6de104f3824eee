import type { Feature } from '../window/feature.ts'
import { dialog } from '../window/dialogs.tsx'
import { FRONT_PAGE } from '../window/routes.ts'
import { Front } from './Front.tsx'
import { NEW_STORY_DIALOG, NEW_STORY_SHORTCUTS } from './new-story.ts'
import { NewStory } from './NewStory.tsx'

export const deskFeature: Feature = {
  pages: [{ name: FRONT_PAGE, id: 'none', Component: Front }],
  commands: ({ newsroom, window: { window, dialogs, layout, navigation }, t }) => [
    {
      id: 'story.new',
      label: t('app.command.new-story'),
      group: 'Story',
      shortcuts: NEW_STORY_SHORTCUTS[newsroom.platform.kind],
      run: () => dialogs.open(NEW_STORY_DIALOG, undefined),
    },
    { id: 'go.desk', label: t('app.command.front-page'), group: 'Go', run: () => navigation.goTo(FRONT_PAGE) },
    {
      id: 'go.filter',
      label: t('app.command.filter-queue'),
      group: 'Go',
      shortcuts: ['Mod-Shift-O'],
      run: () => {
        const { queue, toggle } = layout.getState()
        if (!queue.open) toggle('queue')
        window.requestAnimationFrame(() => window.document.getElementById('queue-filter')?.focus())
      },
    },
  ],
  dialogs: [dialog(NEW_STORY_DIALOG, NewStory)],
}
