/** What the routes work with. Each is made once, in `newsroom.ts`. */
import type { Kysely } from 'kysely'
import type { Doc } from 'yjs'
import type { AuthoredField, BoardDelivery, IntakeItem, IntakeSource, Publication } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import type { SignIn } from '../auth/sign-in.ts'
import type { Tickets } from '../auth/tickets.ts'
import type { MediaStore } from '../media/media-store.ts'
import type { Settings } from '../settings.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { MoveStory } from '../story/moves.ts'
import type { DestinationDesk } from '../wire/destination-settings.ts'
import type { Intake } from '../wire/intake/intake.ts'
import type { Publish } from '../wire/publish.ts'
import type { Schedule } from '../wire/schedule.ts'
import type { Health } from './health-routes.ts'

export interface Services {
  health: Health
  db: Kysely<Database>
  store: Store
  intake: Intake
  settings: Settings
  signIn: SignIn
  tickets: Tickets
  media: MediaStore
  moveStory: MoveStory
  publish: Publish
  schedule: Schedule
  destinations: DestinationDesk
  readDoc: (storyId: string) => Promise<Doc>
  /** A story was made or moved: tells the open apps, and the sockets that may now write or only read. */
  storyChanged: (story: Story) => void
  /** A story was published or killed: tells the open apps, and wakes the courier. */
  storyPublished: (publication: Publication) => Promise<void>
  /** More deliveries of a publication were queued. */
  publicationChanged: (publication: Publication) => void
  /** Something was planned of this story, or not any more: tells the open apps. */
  scheduledChanged: (storyId: string) => Promise<void>
  /** Somebody put a delivery back into the queue, or took it out. */
  deliveryChanged: (delivery: BoardDelivery) => void
  /** Somebody has handled what came in. */
  intakeChanged: (item: IntakeItem) => void
  intakeSourceChanged: (source: IntakeSource) => void
  /** A story was made of what came in: reads its words, and tells the open apps. */
  storyTaken: (story: Story) => Promise<Story>
  /** Destinations were made, changed or removed, and with one these deliveries ended. */
  destinationsChanged: (ended?: readonly { id: string; publicationId: string }[]) => void
  /** A session has ended: closes its sockets. */
  sessionClosed: (sessionId: string) => void
  readAuthors: (storyId: string) => Promise<AuthoredField[]>
}
