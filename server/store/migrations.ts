/** The number of migrations of a database whose stories all have schema version 1. */
export const VERSION_1_MIGRATIONS = 5

/**
 * The database's migrations. Each runs once, in a transaction, in order, and is never changed after it shipped. The
 * database's `user_version` counts those that it has had.
 */
export const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `create table settings (name text primary key, value text not null) strict`,

    `create table people (
      id text primary key,
      name text not null,
      email text not null unique collate nocase,
      role text not null,
      password_hash text not null,
      created_at integer not null
    ) strict`,

    `create table sessions (
      token_hash text primary key,
      person_id text not null references people (id) on delete cascade,
      created_at integer not null,
      expires_at integer not null
    ) strict`,
    `create index sessions_by_person on sessions (person_id)`,
    `create index sessions_by_expiry on sessions (expires_at)`,

    `create table desks (id text primary key, name text not null, position integer not null) strict`,

    `create table stories (
      id text primary key,
      slug text not null,
      headline text not null,
      words integer not null,
      desk_id text not null references desks (id),
      stage text not null,
      language text not null,
      created_by text not null references people (id),
      created_at integer not null,
      changed_at integer not null
    ) strict`,
    `create index stories_by_change on stories (changed_at)`,
    `create index stories_by_desk on stories (desk_id, changed_at)`,

    // Without "autoincrement" a number could be used again after the newest rows were compacted, and the snapshot, which
    // covers everything up to its own number, would hide that change.
    `create table log (
      seq integer primary key autoincrement,
      story_id text not null references stories (id),
      person_id text references people (id),
      bytes blob not null,
      at integer not null
    ) strict`,
    `create index log_by_story on log (story_id, seq)`,

    `create table snapshots (
      story_id text primary key references stories (id),
      seq integer not null,
      bytes blob not null
    ) strict`,

    `create table cuts (
      story_id text not null references stories (id),
      client integer not null,
      clock integer not null,
      length integer not null,
      person_id text references people (id),
      seen integer not null,
      at integer not null,
      primary key (story_id, client, clock)
    ) strict, without rowid`,

    `create table media (
      id text primary key,
      type text not null,
      width integer not null,
      height integer not null,
      name text not null,
      size integer not null,
      person_id text not null references people (id),
      created_at integer not null
    ) strict`,

    `create table versions (
      story_id text not null references stories (id),
      version integer not null,
      article text not null,
      item text not null,
      created_by text not null references people (id),
      created_at integer not null,
      primary key (story_id, version)
    ) strict`,

    `create table publications (
      id text primary key,
      story_id text not null,
      version integer not null,
      kind text not null,
      headline text not null,
      published_by text not null references people (id),
      published_at integer not null,
      foreign key (story_id, version) references versions (story_id, version)
    ) strict`,
    `create index publications_by_story on publications (story_id, version)`,

    `create table destinations (
      id text primary key,
      name text not null,
      kind text not null,
      format text not null,
      settings text not null
    ) strict`,

    `create table deliveries (
      id text primary key,
      publication_id text not null references publications (id),
      destination_id text not null references destinations (id),
      status text not null,
      attempts integer not null,
      detail text,
      next_attempt_at integer not null,
      finished_at integer
    ) strict`,
    `create index deliveries_by_publication on deliveries (publication_id)`,
    `create index deliveries_due on deliveries (status, next_attempt_at)`,

    // An audit entry outlives its subject, so it has no foreign keys.
    `create table audit (
      id integer primary key autoincrement,
      at integer not null,
      person_id text,
      action text not null,
      story_id text,
      detail text not null
    ) strict`,
    `create index audit_by_story on audit (story_id, at)`,
  ],
  [
    `create table clients (
      story_id text not null references stories (id),
      client integer not null,
      person_id text not null references people (id),
      held_by text,
      primary key (story_id, client)
    ) strict, without rowid`,

    `alter table people add column removed_at integer`,

    `create table carried (
      story_id text not null references stories (id),
      client integer not null,
      clock integer not null,
      length integer not null,
      person_id text not null references people (id),
      primary key (story_id, client, clock)
    ) strict, without rowid`,
  ],
  // The wire desk: notes and embargoes, destinations, the outbox in lanes, schedules, and intake.
  [
    `alter table stories add column content_hash text`,
    `alter table stories add column published_hash text`,

    `alter table publications add column ed_note text`,
    `alter table publications add column embargo text`,
    `alter table publications add column withheld integer not null default 0`,

    `alter table destinations add column paused integer not null default 0`,
    `alter table destinations add column filter text not null default '{}'`,
    `alter table destinations add column rules text not null default '{}'`,
    `alter table destinations add column secrets text`,
    `alter table destinations add column removed_at integer`,

    `alter table deliveries add column story_id text not null default ''`,
    `alter table deliveries add column position integer not null default 0`,
    `alter table deliveries add column waiting integer not null default 0`,
    `alter table deliveries add column queued_at integer not null default 0`,
    `alter table deliveries add column first_tried_at integer`,
    `alter table deliveries add column response text`,
    `alter table deliveries add column leased_by text`,
    `alter table deliveries add column leased_until integer`,
    `update deliveries set
      story_id = (select story_id from publications where publications.id = deliveries.publication_id),
      position = (select version from publications where publications.id = deliveries.publication_id),
      queued_at = (select published_at from publications where publications.id = deliveries.publication_id),
      waiting = case status when 'sent' then 0 else 1 end`,
    `drop index deliveries_due`,
    `create index deliveries_waiting on deliveries (destination_id, waiting, next_attempt_at)`,
    `create index deliveries_in_order on deliveries (story_id, destination_id, position)`,
    `create index deliveries_by_status on deliveries (status, queued_at)`,
    `create index deliveries_by_queueing on deliveries (queued_at)`,

    `create table scheduled (
      id text primary key,
      story_id text not null references stories (id),
      article text not null,
      content_hash text not null,
      slug text not null,
      headline text not null,
      options text not null,
      at integer not null,
      local text not null,
      zone text not null,
      status text not null,
      reason text,
      person_id text not null references people (id),
      created_at integer not null
    ) strict`,
    `create index scheduled_by_status on scheduled (status, at)`,
    `create index scheduled_by_story on scheduled (story_id, status)`,

    `create table subjects (code text primary key, term text not null) strict`,

    `create table intake_sources (
      id text primary key,
      name text not null,
      kind text not null,
      desk_id text not null references desks (id),
      settings text not null,
      paused integer not null,
      token_hash text,
      heard_at integer,
      fault text,
      etag text,
      last_modified text,
      next_poll_at integer not null,
      removed_at integer
    ) strict`,

    `create table intake_documents (
      id text primary key,
      file_name text,
      encoding text,
      bytes blob not null,
      received_at integer not null
    ) strict`,

    `create table intake (
      id text primary key,
      source_id text references intake_sources (id),
      document_id text not null references intake_documents (id),
      status text not null,
      format text,
      uri text,
      version integer,
      content_hash text not null,
      item text,
      faults text,
      reason text,
      received_at integer not null,
      updates text,
      story_id text,
      person_id text references people (id)
    ) strict`,
    `create index intake_by_status on intake (status, received_at)`,
    `create index intake_by_arrival on intake (received_at)`,
    `create index intake_by_uri on intake (uri, received_at)`,
    `create index intake_by_hash on intake (content_hash)`,
  ],
  // A snapshot as it is sent to a client that has nothing; null in older snapshots.
  [`alter table snapshots add column state blob`],
  // A story's source is read whenever the story is opened or published.
  [`create index intake_by_story on intake (story_id) where story_id is not null`],
  // Flat text: stories of schema version 1 are converted before the server listens (see server/conversion). Words can no
  // longer be lost with a paragraph, and the writer of words that a conversion has written again is kept.
  [
    `alter table stories add column schema_version integer not null default 1`,
    `alter table carried add column writer_id text references people (id)`,
    `drop table cuts`,
  ],
  // A version belongs to the story, sent or not; the item that was sent belongs to its publication.
  [
    `alter table publications add column item text not null default ''`,
    `update publications set item = (
      select versions.item from versions
      where versions.story_id = publications.story_id and versions.version = publications.version
    )`,
    `alter table versions drop column item`,
  ],
  // Stories are read page by page, and found by words. `search` is filled in when the server starts: it needs folding.
  [
    `alter table stories add column search text not null default ''`,
    `create index stories_by_stage on stories (stage, changed_at, id)`,
    `create index stories_by_desk_and_stage on stories (desk_id, stage, changed_at, id)`,
    `drop index stories_by_desk`,
  ],
  // What lists need of an incoming item. Filled in when the server starts.
  [`alter table intake add column summary text`],
  // A session ends when it is not used, and guesses of passwords are told from people who come from where they always do.
  // The last entry of the audit log is the newsroom's last sign of life.
  [
    `alter table sessions add column used_at integer not null default 0`,
    `alter table sessions add column address text not null default ''`,
    `alter table sessions add column app text not null default ''`,
    `update sessions set used_at = coalesce((select max(at) from audit), created_at)`,
    `create table sign_in_networks (
      person_id text not null references people (id) on delete cascade,
      network text not null,
      used_at integer not null,
      primary key (person_id, network)
    ) strict`,
  ],
  // The public site asks every second what was published last.
  [`create index publications_by_time on publications (published_at, id)`],
  // Tickets are signed with a key that is not in the database: see server/wire/secrets.ts.
  [`delete from settings where name = 'newsroom.ticket-key'`],
  // The query of a feed's address may hold a key, and is kept encrypted.
  [`alter table intake_sources add column secrets text`],
]
