import { message } from '#shared/messages/message.ts'
import { mayRunWire } from '#shared/story/workflow.ts'
import { KILL_DIALOG, PUBLISH_DIALOG } from '../story/actions/action-dialogs.ts'
import { dialog } from '../window/dialogs.tsx'
import type { Feature } from '../window/feature.ts'
import { KillStoryDialog } from './kill/KillStoryDialog.tsx'
import { StoryKilledBanner } from './kill/StoryKilledBanner.tsx'
import { Deliveries, Destinations, Intake } from './pages.tsx'
import { PublishStoryDialog } from './publish/PublishStoryDialog.tsx'
import { WIRE_PAGES } from './wire-pages.ts'
import { WireNav } from './WireNav.tsx'
import { PublicationsProvider, WireTab } from './WireTab.tsx'

export const wireFeature: Feature = {
  pages: [
    { name: 'intake', id: 'optional', Component: Intake },
    { name: 'deliveries', id: 'none', Component: Deliveries },
    { name: 'destinations', id: 'none', Component: Destinations },
  ],
  inspectorTabs: [{ id: 'wire', label: message('app.inspector.wire'), Panel: WireTab, Provider: PublicationsProvider }],
  commands: ({ newsroom, window, t }) =>
    mayRunWire(newsroom.person.role)
      ? WIRE_PAGES.map((name) => ({
          id: `go.${name}`,
          label: t(`app.wire-page.${name}`),
          group: 'Go',
          run: () => window.navigation.goTo(name),
        }))
      : [],
  dialogs: [dialog(PUBLISH_DIALOG, PublishStoryDialog), dialog(KILL_DIALOG, KillStoryDialog)],
  storyBanners: [StoryKilledBanner],
  Links: WireNav,
}
