import { message } from '#shared/messages/message.ts'
import type { Feature } from '../window/feature.ts'
import { ChecksMark, ChecksTab } from './checks/ChecksTab.tsx'
import { InspectedArticleProvider } from './checks/inspected-article.tsx'
import { StoryTab } from './meta/StoryTab.tsx'
import { StorySourceBanner } from './source/StorySourceBanner.tsx'

export const storyFeature: Feature = {
  inspectorTabs: [
    { id: 'story', label: message('app.inspector.story'), Panel: StoryTab },
    {
      id: 'checks',
      label: message('app.inspector.checks'),
      Panel: ChecksTab,
      Mark: ChecksMark,
      Provider: InspectedArticleProvider,
    },
  ],
  storyBanners: [StorySourceBanner],
}
