/** What the routes work with. Each is made once, in `newsroom.ts`. */
import type { Kysely } from 'kysely'
import type { Doc } from 'yjs'
import type { AuthoredField } from '#shared/protocol/http.ts'
import type { ChangePassword } from '../auth/change-password.ts'
import type { SignIn } from '../auth/sign-in.ts'
import type { Tickets } from '../auth/tickets.ts'
import type { PublishEvents } from '../newsroom-event.ts'
import type { MediaStore } from '../media/media-store.ts'
import type { Settings } from '../settings.ts'
import type { Database } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { MoveStory } from '../story/moves.ts'
import type { ReadModel } from '../story/read-model.ts'
import type { DestinationDesk } from '../wire/destination-settings.ts'
import type { DocumentReader } from '../wire/intake/document-reader.ts'
import type { Intake } from '../wire/intake/intake.ts'
import type { Publish } from '../wire/publish.ts'
import type { Schedule } from '../wire/schedule.ts'
import type { Health } from './health-routes.ts'
import type { PublicPages } from './public-pages.ts'

export interface Services {
  health: Health
  db: Kysely<Database>
  store: Store
  intake: Intake
  reader: DocumentReader
  settings: Settings
  signIn: SignIn
  changePassword: ChangePassword
  tickets: Tickets
  media: MediaStore
  publicPages: PublicPages
  moveStory: MoveStory
  publish: Publish
  schedule: Schedule
  destinations: DestinationDesk
  readDoc: (storyId: string) => Promise<Doc>
  readModel: Pick<ReadModel, 'stored'>
  /** What a request changed goes in here, before it is answered. */
  publishEvents: PublishEvents
  readAuthors: (storyId: string) => Promise<AuthoredField[]>
}
