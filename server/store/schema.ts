/**
 * The tables of the newsroom's database. Only `server/store` and the folder named beside a table write to it.
 * Times are milliseconds since 1970 UTC; ids are UUIDs in lower case; `json` columns hold text.
 */
import type { Generated, Selectable } from 'kysely'

export interface Database {
  settings: SettingsTable
  people: PeopleTable
  sessions: SessionsTable
  desks: DesksTable
  stories: StoriesTable
  log: LogTable
  snapshots: SnapshotsTable
  clients: ClientsTable
  carried: CarriedTable
  media: MediaTable
  versions: VersionsTable
  publications: PublicationsTable
  destinations: DestinationsTable
  deliveries: DeliveriesTable
  scheduled: ScheduledTable
  subjects: SubjectsTable
  intake_sources: IntakeSourcesTable
  intake_documents: IntakeDocumentsTable
  intake: IntakeTable
  audit: AuditTable
}

/** Names and values of the newsroom itself: its name, whether it is the demo, the key that signs tickets. */
interface SettingsTable {
  name: string
  value: string
}

/** Owned by `auth`. */
interface PeopleTable {
  id: string
  name: string
  email: string
  role: string
  password_hash: string
  created_at: number
  /** When the person was removed from the newsroom; what they wrote stays theirs. Null while they are in it. */
  removed_at: number | null
}

/** Owned by `auth`. Tokens are stored as SHA-256, so that a stolen database opens no session. */
interface SessionsTable {
  token_hash: string
  person_id: string
  created_at: number
  expires_at: number
}

/** Owned by `story`. */
interface DesksTable {
  id: string
  name: string
  position: number
}

/** Owned by `story`. `headline`, `words` and
 * `content_hash` are read from the document whenever the relay has stored changes. */
interface StoriesTable {
  id: string
  slug: string
  headline: string
  words: number
  desk_id: string
  stage: string
  language: string
  created_by: string
  created_at: number
  changed_at: number
  /** What the document says, as last seen by the queue, and what the version says that is out: see `content-hash.ts`. */
  content_hash: string | null
  /** Written by `wire`. */
  published_hash: string | null
  /** Slug and headline, folded for searching: see `shared/story/search.ts`. Empty until the server has started once. */
  search: Generated<string>
  /** The format of its document. Written by `conversion` for stories that are older than the column. */
  schema_version: Generated<number>
}

/** Owned by `relay`. Every change to every story in the order of its commit. */
interface LogTable {
  /** Ascending over the whole newsroom. */
  seq: Generated<number>
  story_id: string
  /** Who sent it; null for the seed and for changes of the server's own. */
  person_id: string | null
  /** A Yjs V1 update. */
  bytes: Uint8Array
  at: number
}

/** Owned by `relay`. A story compacted: all of its log up to and with `seq`, as one Yjs V2 update. */
interface SnapshotsTable {
  story_id: string
  seq: number
  bytes: Uint8Array
  /** The same without what was deleted, as a Yjs V1 update with the seed. Null in those of older versions. */
  state: Uint8Array | null
}

/** Owned by `relay`. Whose a Yjs client is: of whoever used it first in this story, for good. */
interface ClientsTable {
  story_id: string
  client: number
  person_id: string
  /**
   * The session of the room in which its person wrote with it last, until that session ended well: while it is there,
   * and the session is not, something of the client's may have been forwarded and not stored.
   */
  held_by: string | null
}

/**
 * Owned by `relay`. Ids that were brought by somebody whose client it is not: see R26 in PROTOCOL.md. And, by `conversion`,
 * the ids under which it has written people's words again.
 */
interface CarriedTable {
  story_id: string
  client: number
  clock: number
  length: number
  /** Who brought them. */
  person_id: string
  /** Who wrote them, where a conversion has written them again; null for all others: then it is whose client it is. */
  writer_id: string | null
}

/** Owned by `media`. */
interface MediaTable {
  id: string
  type: string
  width: number
  height: number
  name: string
  size: number
  person_id: string
  created_at: number
}

/** Owned by `story`. A copy of a story's article, never changed. Not all versions are published. */
interface VersionsTable {
  story_id: string
  /** Ascending within the story, from 1. */
  version: number
  /** The `Article`, JSON. */
  article: string
  created_by: string
  created_at: number
}

/** Owned by `wire`. The sending of a version. */
interface PublicationsTable {
  id: string
  story_id: string
  version: number
  /** The `WireItem` that was sent, JSON. */
  item: string
  kind: string
  headline: string
  published_by: string
  published_at: number
  ed_note: string | null
  /** A `Moment`, JSON. */
  embargo: string | null
  withheld: Generated<number>
}

/** Owned by `wire`. */
interface DestinationsTable {
  id: string
  name: string
  kind: string
  format: string
  /** JSON, by kind. */
  settings: string
  /** While 1 nothing but kills is sent. */
  paused: Generated<number>
  /** A `DestinationFilter` and a `DestinationRules`, JSON; what is missing asks for nothing. */
  filter: Generated<string>
  rules: Generated<string>
  /** What the kind keeps secret, sealed (see `secrets.ts`); null where there is nothing. */
  secrets: string | null
  /** Its deliveries still speak of it; nothing more is sent. */
  removed_at: number | null
}

/** Owned by `wire`: the outbox. Committed with its publication, worked off by the courier. */
interface DeliveriesTable {
  /** Also the receiver's idempotency key. */
  id: string
  publication_id: string
  destination_id: string
  status: string
  attempts: number
  detail: string | null
  next_attempt_at: number
  finished_at: number | null
  story_id: Generated<string>
  /** Ascending over a story's publications and resendings: the order in which each destination gets them. */
  position: Generated<number>
  /** 0: done with. 1: to be sent. 2: a kill to be sent, before everything else. */
  waiting: Generated<number>
  queued_at: Generated<number>
  /** When it was tried for the first time since it was queued or put back by hand. */
  first_tried_at: number | null
  response: string | null
  /** Names the one attempt that is under way. It is given up for dead when `leased_until` has passed. */
  leased_by: string | null
  leased_until: number | null
}

/** Owned by `wire`. A story frozen now, to be published at a time. */
interface ScheduledTable {
  id: string
  story_id: string
  /** The `Article`, JSON. */
  article: string
  content_hash: string
  slug: string
  headline: string
  /** `SendingOptions`, JSON. */
  options: string
  /** The instant, and how a person said it. */
  at: number
  local: string
  zone: string
  status: string
  reason: string | null
  person_id: string
  created_at: number
}

/** Owned by `wire`. The Media Topics that somebody has loaded; without any the top of them is Galley's own. */
interface SubjectsTable {
  code: string
  /** A `SubjectTerm`, JSON. */
  term: string
}

/** Owned by `wire`. Where others' copy comes from. */
interface IntakeSourcesTable {
  id: string
  name: string
  kind: string
  desk_id: string
  /** JSON, by kind. */
  settings: string
  paused: number
  /** Of an HTTP endpoint: SHA-256 of its token. */
  token_hash: string | null
  heard_at: number | null
  fault: string | null
  /** Of a feed: what it said of the answer that was read last. */
  etag: string | null
  last_modified: string | null
  next_poll_at: number
  removed_at: number | null
}

/** Owned by `wire`. What came, to the byte. */
interface IntakeDocumentsTable {
  id: string
  file_name: string | null
  encoding: string | null
  bytes: Uint8Array
  received_at: number
}

/** Owned by `wire`. An item that was read of a document, or, in quarantine, the document that nobody could read. */
interface IntakeTable {
  id: string
  source_id: string | null
  document_id: string
  status: string
  format: string | null
  uri: string | null
  version: number | null
  /** Tells whether two items are the same to the letter. */
  content_hash: string
  /** A `ReadItem`, JSON; null in quarantine. */
  item: string | null
  /** `ReadFault`s, JSON. */
  faults: string | null
  reason: string | null
  received_at: number
  /** The item of the same `uri` before this one. */
  updates: string | null
  story_id: string | null
  /** Who took or discarded it. */
  person_id: string | null
}

/** Every sign-in, move and publication: who did what to which story, and when. */
interface AuditTable {
  id: Generated<number>
  at: number
  person_id: string | null
  action: string
  story_id: string | null
  /** JSON. */
  detail: string
}

export type Row<Table extends keyof Database> = Selectable<Database[Table]>
