/** What the routes work with. Each is made once, in `newsroom.ts`. */
import type { Kysely } from 'kysely'
import type { AuthoredField, Cut, IdRange, Publication } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import type { SignIn } from '../auth/sign-in.ts'
import type { Tickets } from '../auth/tickets.ts'
import type { MediaStore } from '../media/media-store.ts'
import type { Settings } from '../settings.ts'
import type { Health } from './health-routes.ts'
import type { Database } from '../store/schema.ts'
import type { Publish } from '../wire/publish.ts'

export interface Services {
  health: Health
  db: Kysely<Database>
  settings: Settings
  signIn: SignIn
  tickets: Tickets
  media: MediaStore
  publish: Publish
  /** A story was made or moved: tells the open apps, and the sockets that may now write or only read. */
  storyChanged: (story: Story) => void
  /** A story was published: tells the open apps, and wakes the courier. */
  storyPublished: (publication: Publication) => Promise<void>
  /** A session has ended: closes its sockets. */
  sessionClosed: (sessionId: string) => void
  findCuts: (storyId: string, ranges: readonly IdRange[]) => Promise<Cut[]>
  readAuthors: (storyId: string) => Promise<AuthoredField[]>
}
