import type { Feature } from '../window/feature.ts'
import { ChecksMark, ChecksTab } from './checks/ChecksTab.tsx'
import { InspectedArticleProvider } from './checks/inspected-article.tsx'
import { StoryTab } from './meta/StoryTab.tsx'
import { StorySourceBanner } from './source/StorySourceBanner.tsx'

export const storyFeature: Feature = {
  inspectorTabs: [
    { id: 'story', label: 'Story', Panel: StoryTab },
    { id: 'checks', label: 'Checks', Panel: ChecksTab, Mark: ChecksMark, Provider: InspectedArticleProvider },
  ],
  storyBanners: [StorySourceBanner],
}
