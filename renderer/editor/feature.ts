import type { Feature } from '../window/feature.ts'
import { STORY_PAGE } from '../window/routes.ts'
import { StoryView } from './StoryView.tsx'

export const editorFeature: Feature = {
  pages: [{ name: STORY_PAGE, id: 'required', Component: StoryView }],
}
