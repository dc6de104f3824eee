/**
 * The tables of the newsroom's database. Only `server/store` and the folder named beside a table write to it.
 * Times are milliseconds since 1970 UTC; ids are UUIDs in lower case; `json` columns hold text.
 */
import type { Generated, Selectable } from 'kysely'

export interface Database {
  settings: SettingsTable
  people: PeopleTable
  sessions: SessionsTable
  sign_in_networks: SignInNetworksTable
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

/** The newsroom's settings: its name, whether it is the demo, the key that signs tickets. */
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
  /** When the person was removed from the newsroom; null while they are in it. Their words stay theirs. */
  removed_at: number | null
}

/** Owned by `auth`. Tokens are stored as SHA-256, so a stolen database opens no session. */
interface SessionsTable {
  token_hash: string
  person_id: string
  created_at: number
  expires_at: number
  /** When it was last used, to the hour. */
  used_at: number
  /** Where it was opened, and by which app, for its person to recognise it. */
  address: string
  app: string
}

/** Owned by `auth`. The networks that each person has signed in from. */
interface SignInNetworksTable {
  person_id: string
  network: string
  used_at: number
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
  /** Hashes of the document, as last read for the queue, and of the published version: see `content-hash.ts`. */
  content_hash: string | null
  /** Written by `wire`. */
  published_hash: string | null
  /** Slug and headline, folded for searching: see `shared/story/search.ts`. Empty until the server has started once. */
  search: Generated<string>
  /** The format of its document. Written by `conversion` for stories that are older than the column. */
  schema_version: Generated<number>
}

/** Owned by `relay`. Every change to every story, in the order of commits. */
interface LogTable {
  /** Ascending over the whole newsroom. */
  seq: Generated<number>
  story_id: string
  /** Who sent it; null for the seed and the server's own changes. */
  person_id: string | null
  /** A Yjs V1 update. */
  bytes: Uint8Array
  at: number
}

/** Owned by `relay`. A compacted story: its log up to and including `seq`, as one Yjs V2 update. */
interface SnapshotsTable {
  story_id: string
  seq: number
  bytes: Uint8Array
  /** The same without deleted text, as a Yjs V1 update with the seed. Null in snapshots of older versions. */
  state: Uint8Array | null
}

/** Owned by `relay`. The owner of a Yjs client: the person who first used it in this story, for good. */
interface ClientsTable {
  story_id: string
  client: number
  person_id: string
  /**
   * The room session in which the owner last wrote with it; null once that session has ended in good order. After a crash
   * it names a session that is gone, whose changes may have been forwarded and not stored.
   */
  held_by: string | null
}

/**
 * Owned by `relay`. Ids that were brought by someone else than the client's owner: see R26 in PROTOCOL.md. And, written by
 * `conversion`, the ids under which it has written people's words again.
 */
interface CarriedTable {
  story_id: string
  client: number
  clock: number
  length: number
  /** Who brought them. */
  person_id: string
  /** Who wrote them, where a conversion has written them again; otherwise null: the client's owner wrote them. */
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
  /** While 1, only kills are sent. */
  paused: Generated<number>
  /** A `DestinationFilter` and a `DestinationRules`, JSON. What is missing has no effect. */
  filter: Generated<string>
  rules: Generated<string>
  /** Its secrets, sealed (see `secrets.ts`); null where there are none. */
  secrets: string | null
  /** When it was removed. Its deliveries still refer to it, but nothing more is sent. */
  removed_at: number | null
}

/** Owned by `wire`: the outbox. Committed with its publication, sent by the courier. */
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
  /** Ascending over a story's publications and resends: the order in which each destination gets them. */
  position: Generated<number>
  /** 0: done. 1: to be sent. 2: a kill to be sent, before everything else. */
  waiting: Generated<number>
  queued_at: Generated<number>
  /** When it was first tried since it was queued or retried by hand. */
  first_tried_at: number | null
  response: string | null
  /** The attempt under way. It counts as dead once `leased_until` has passed. */
  leased_by: string | null
  leased_until: number | null
}

/** Owned by `wire`. A story that is frozen, to be published at a set time. */
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
  /** The instant, and how a person entered it. */
  at: number
  local: string
  zone: string
  status: string
  reason: string | null
  person_id: string
  created_at: number
}

/** Owned by `wire`. Media Topics that were loaded; without any Galley uses its own copy of the top levels. */
interface SubjectsTable {
  code: string
  /** A `SubjectTerm`, JSON. */
  term: string
}

/** Owned by `wire`. The sources of intake. */
interface IntakeSourcesTable {
  id: string
  name: string
  kind: string
  desk_id: string
  /** JSON, by kind. */
  settings: string
  paused: number
  /** Of a feed: the query of its address, encrypted. */
  secrets: string | null
  /** The SHA-256 of an HTTP endpoint's token. */
  token_hash: string | null
  heard_at: number | null
  fault: string | null
  /** Of a feed: the validators of the answer that was read last. */
  etag: string | null
  last_modified: string | null
  next_poll_at: number
  removed_at: number | null
}

/** Owned by `wire`. Incoming documents, byte for byte. */
interface IntakeDocumentsTable {
  id: string
  file_name: string | null
  encoding: string | null
  bytes: Uint8Array
  received_at: number
}

/** Owned by `wire`. An item parsed from a document or, in quarantine, a document that could not be parsed. */
interface IntakeTable {
  id: string
  source_id: string | null
  document_id: string
  status: string
  format: string | null
  uri: string | null
  version: number | null
  /** Equal for items that are exactly the same. */
  content_hash: string
  /** A `ReadItem`, JSON; null in quarantine. */
  item: string | null
  /** `ItemSummary`, JSON; null in quarantine. */
  summary: string | null
  /** `ReadFault`s, JSON. */
  faults: string | null
  reason: string | null
  received_at: number
  /** The earlier item with the same `uri`. */
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
