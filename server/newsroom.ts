/** The whole server: makes each part, ties them together, and stops them in order. */
import { mkdir } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Doc } from 'yjs'
import type { LiveEvent, Publication } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { writeRights } from '#shared/story/workflow.ts'
import { changedSessions } from './auth/changed-sessions.ts'
import { forgetExpiredSessions } from './auth/sessions.ts'
import { createSignIn } from './auth/sign-in.ts'
import { createTickets } from './auth/tickets.ts'
import type { Bus } from './bus/bus.ts'
import { InProcessHub } from './bus/in-process-bus.ts'
import { openRedisBus } from './bus/redis-bus.ts'
import { type Config, ConfigError } from './config.ts'
import { backUpFirst } from './conversion/back-up-first.ts'
import { convertStories } from './conversion/convert-stories.ts'
import { createDemo } from './demo/demo.ts'
import { errorCode } from './error-code.ts'
import { type Announcement, announce, listenForAnnouncements } from './events/announcements.ts'
import { createLive } from './events/live.ts'
import { OpenStories } from './events/open-stories.ts'
import { createHttp } from './http/app.ts'
import { listenForSockets } from './http/sockets.ts'
import { createMediaStore, type MediaStore } from './media/media-store.ts'
import { createMetrics } from './metrics.ts'
import { createReadiness } from './readiness.ts'
import { RelayMeter } from './relay/meter.ts'
import { createRelay } from './relay/relay.ts'
import { readSettings, type Settings } from './settings.ts'
import { openStore } from './store/open-store.ts'
import type { Store } from './store/store.ts'
import { createMoves } from './story/moves.ts'
import { createReadModel } from './story/read-model.ts'
import { findStages, findStory, getStory } from './story/stories.ts'
import { createCommitted } from './wire/committed.ts'
import { createCourier } from './wire/courier.ts'
import { createDeliveryNews } from './wire/delivery-news.ts'
import { createDestinationDesk } from './wire/destination-settings.ts'
import { destinationKinds } from './wire/destinations/kinds.ts'
import { createIntake } from './wire/intake/intake.ts'
import { getPublication, listPublications } from './wire/publications.ts'
import { createPublish } from './wire/publish.ts'
import { createSchedule } from './wire/schedule.ts'
import { failWhenTakenBack, listScheduledOf } from './wire/scheduled.ts'
import { createScheduler } from './wire/scheduler.ts'
import { createSecrets } from './wire/secrets.ts'

const HOUR_MS = 60 * 60 * 1000
/** How often the sessions behind open sockets are compared with the database. */
const SESSIONS_LOOKED_AT_MS = 1000
/** How long a stop waits for requests that are under way. */
const STOP_PATIENCE_MS = 5000
const DEMO_PAUSE_MS = 200

export interface Newsroom {
  /** e.g. `http://127.0.0.1:4870` */
  address: string
  port: number
  /** See {@link Store.lost}: nothing can be read or committed any more, until the server is started again. */
  readonly lost: Promise<Error>
  /** Writes down all that is under way, tells the apps, and resolves when everything is closed. */
  close(): Promise<void>
}

/** There is no newsroom in the data folder, or not the one that was asked for; the message says what to do. */
export class NoNewsroomError extends Error {}

/**
 * Starts the newsroom in the data folder. Throws a {@link NoNewsroomError} when there is none, a {@link ConfigError}
 * when the port cannot be had, and what `openStore` throws.
 */
export async function startNewsroom(config: Config, log: Logger): Promise<Newsroom> {
  const store = await openStore(config.data, config.databaseUrl, backUpFirst(config.data))
  try {
    return await run(config, store, log)
  } catch (error) {
    await store.close()
    throw error
  }
}

async function run(config: Config, store: Store, log: Logger): Promise<Newsroom> {
  const { db } = store
  await convertStories(store, log)
  const mediaFolder = join(config.data, 'media')
  await mkdir(mediaFolder, { recursive: true })
  const media = createMediaStore(db, mediaFolder)
  const settings = await openSettings(store, media, config)
  const bus = openBus(config, settings, log)

  const live = createLive()
  const open = new OpenStories((storyId, people) => live.send({ type: 'people', storyId, people }))
  const tickets = createTickets(settings.ticketKey)
  const meter = new RelayMeter()
  const relay = createRelay({
    store,
    meter,
    log,
    bus,
    onStored: (storyId) => readModel.stored(storyId),
    onPeople(storyId, people) {
      const story = { storyId, people: people.map(({ id, name }) => ({ id, name })) }
      open.set(bus.node, story)
      announce(bus, { type: 'people', story })
    },
    async onLookAgain(storyIds) {
      for (const story of await findStages(db, storyIds)) setRights(story)
    },
  })
  const readDoc = (storyId: string): Promise<Doc> => relay.readDoc(storyId)
  const committed = createCommitted(readDoc)
  const readModel = createReadModel({
    db,
    readArticle: (storyId) => relay.readArticle(storyId),
    shared: store.shared,
    changed: (story) => tellAll({ type: 'story', story }),
  })
  const readiness = createReadiness({ db, log })
  const metrics = createMetrics({ relay, meter, listeners: () => live.listeners(), db, log })
  const kinds = destinationKinds(config.drop)
  const secrets = createSecrets(config.data, config.secretKey)
  const deliveryNews = createDeliveryNews(db, tellAll, log)
  const courier = createCourier({
    store,
    attempted: (outcome) => metrics.deliveryAttempted(outcome),
    media,
    secrets,
    log,
    destinationKinds: kinds,
    changed: (delivery) => deliveryNews.changed(delivery),
  })
  const intake = createIntake({
    store,
    log,
    arrived: (item) => tellAll({ type: 'intake', item }),
    sourceChanged: (source) => tellAll({ type: 'intake-source', source }),
  })
  const provider = settings.name
  const scheduler = createScheduler({
    store,
    provider,
    log,
    async done({ storyId, publicationId }) {
      if (publicationId === null) await scheduledChanged(storyId)
      else await storyPublished(await getPublication(db, publicationId))
    },
  })

  /** Tells the apps, here and at all other nodes. */
  function tellAll(event: LiveEvent): void {
    live.send(event)
    announce(bus, { type: 'live', event })
  }

  function setRights({ id, stage }: Pick<Story, 'id' | 'stage'>): void {
    relay.setMayWrite(id, (person) => writeRights(stage, person.role))
  }

  function storyChanged(story: Story): void {
    setRights(story)
    tellAll({ type: 'story', story })
  }

  async function storyPublished(publication: Publication): Promise<void> {
    const { storyId } = publication
    if (publication.kind === 'kill') courier.killed(storyId)
    else courier.wake()
    tellAll({ type: 'publication', publication })
    // A kill has ended what waited of the versions before it.
    tellDeliveries(publication.kind === 'kill' ? await listPublications(db, storyId) : [publication])
    const story = await findStory(db, storyId)
    if (story !== null) storyChanged(story)
    await scheduledChanged(storyId)
    // What was written since the version was frozen is an update in draft from now on.
    readModel.stored(storyId).catch((error: unknown) => log.error({ err: error }, 'a story could not be looked at'))
  }

  function tellDeliveries(publications: readonly Publication[]): void {
    for (const { id: publicationId, deliveries } of publications) {
      for (const { id } of deliveries) deliveryNews.changed({ id, publicationId })
    }
  }

  async function scheduledChanged(storyId: string): Promise<void> {
    scheduler.wake()
    for (const scheduled of await listScheduledOf(db, storyId)) tellAll({ type: 'scheduled', scheduled })
  }

  function sessionClosed(sessionId: string): void {
    sockets.closeSession(sessionId)
    announce(bus, { type: 'session-closed', sessionId })
  }

  /** Another node says so. */
  function heard(announcement: Announcement, node: string): void {
    switch (announcement.type) {
      case 'live':
        if (announcement.event.type === 'story') setRights(announcement.event.story)
        if (announcement.event.type === 'publication' && announcement.event.publication.kind === 'kill') {
          courier.killed(announcement.event.publication.storyId)
        }
        if (announcement.event.type === 'scheduled') scheduler.wake()
        live.send(announcement.event)
        break
      case 'people':
        open.set(node, announcement.story)
        break
      case 'everybody':
        open.setAll(node, announcement.stories)
        break
      case 'who':
        announce(bus, { type: 'everybody', stories: open.at(bus.node) })
        break
      case 'session-closed':
        sockets.closeSession(announcement.sessionId)
        break
    }
  }

  const http = await createHttp(
    {
      health: { readiness, metrics, metricsToken: config.metricsToken },
      db,
      settings,
      tickets,
      media,
      signIn: createSignIn(db),
      moveStory: createMoves(db, failWhenTakenBack),
      publish: createPublish({ db, committed, media, provider }),
      schedule: createSchedule({ db, committed, media, provider }),
      destinations: createDestinationDesk({ db, secrets, kinds }),
      readDoc,
      storyChanged,
      storyPublished,
      publicationChanged(publication) {
        courier.wake()
        tellAll({ type: 'publication', publication })
        tellDeliveries([publication])
      },
      scheduledChanged,
      deliveryChanged({ id, publicationId }) {
        courier.wake()
        deliveryNews.changed({ id, publicationId })
      },
      store,
      intake,
      intakeChanged: (item) => tellAll({ type: 'intake', item }),
      intakeSourceChanged: (source) => tellAll({ type: 'intake-source', source }),
      async storyTaken(story) {
        await readModel.stored(story.id)
        return getStory(db, story.id)
      },
      destinationsChanged(ended = []) {
        courier.wake()
        tellAll({ type: 'destinations' })
        for (const delivery of ended) deliveryNews.changed(delivery)
      },
      sessionClosed,
      readAuthors: (storyId) => relay.readAuthors(storyId),
    },
    log,
    config,
  )
  const sockets = listenForSockets(http.server, {
    db,
    tickets,
    live,
    log,
    joinStory(socket, wire, { story, ...member }) {
      const mayWrite = writeRights(story.stage, member.person.role)
      const showOut = relay.join(socket, wire, { storyId: story.id, mayWrite, ...member })
      keepRights(story).catch((error: unknown) => log.error({ err: error }, 'rights could not be looked up'))
      return showOut
    },
  })

  /** A move that was made while the socket was being opened has not reached it. */
  async function keepRights(seen: Story): Promise<void> {
    const now = await findStory(db, seen.id)
    if (now !== null && now.stage !== seen.stage) setRights(now)
  }

  const unlisten = listenForAnnouncements(bus, {
    heard,
    live() {
      announce(bus, { type: 'everybody', stories: open.at(bus.node) })
      announce(bus, { type: 'who' })
      live.resync()
    },
    unreadable: (error) => log.error({ err: error }, 'what another node announced cannot be read'),
  })
  const unwatch = bus.watch((node) => {
    open.setAll(node, [])
    catchUp()
  })

  /** What a server that was killed has not seen to. */
  function catchUp(): void {
    readModel.catchUp().catch((error: unknown) => log.error({ err: error }, 'the read model could not catch up'))
  }

  await makeDropFolder(store, config.drop, log)
  await listen()
  await courier.start()
  scheduler.start()
  intake.start()
  catchUp()
  const sweeping = setInterval(() => {
    sweepSessions().catch((error: unknown) => log.error({ err: error }, 'expired sessions could not be closed'))
  }, HOUR_MS)
  sweeping.unref()
  readiness.started()

  const watching = setInterval(() => {
    endChangedSessions().catch((error: unknown) => log.error({ err: error }, 'sessions could not be looked up'))
  }, SESSIONS_LOOKED_AT_MS)
  watching.unref()

  /** Whoever was removed, signed out elsewhere or given another role has no socket under what they were. */
  async function endChangedSessions(): Promise<void> {
    for (const { id } of await changedSessions(db, sockets.sessions())) sockets.closeSession(id)
  }

  async function sweepSessions(): Promise<void> {
    for (const id of await forgetExpiredSessions(db)) sessionClosed(id)
  }

  async function listen(): Promise<void> {
    try {
      await http.listen({ port: config.port, host: config.host })
    } catch (error) {
      await http.close()
      await bus.close()
      throw listenError(error, config)
    }
  }

  const { port } = http.server.address() as AddressInfo
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  return {
    address: `http://${host}:${port}`,
    port,
    lost: store.lost,
    async close() {
      clearInterval(sweeping)
      clearInterval(watching)
      // Whoever asks is told, until all that was received is stored; whoever wants to come in is told too.
      readiness.stopping()
      sockets.stop()
      live.close()
      await relay.close()
      // Takes nothing new from here on; what is under way is answered, within reason.
      const answered = http.close()
      const patience = setTimeout(() => http.server.closeAllConnections(), STOP_PATIENCE_MS)
      await sockets.close()
      await answered
      clearTimeout(patience)
      await intake.close()
      await scheduler.close()
      await courier.close()
      await deliveryNews.close()
      unlisten()
      unwatch()
      await bus.close()
      await store.close()
    },
  }
}

function openBus({ redisUrl }: Config, { id }: Settings, log: Logger): Bus {
  return redisUrl === null ? new InProcessHub().join() : openRedisBus({ url: redisUrl, prefix: `galley:${id}`, log })
}

/** The newsroom that is in the database; with `--demo` the demo newsroom, made where it is missing. */
async function openSettings(store: Store, media: MediaStore, config: Config): Promise<Settings> {
  const before = await readSettings(store.db)
  const where = config.databaseUrl === null ? config.data : 'the database of DATABASE_URL'
  const another = config.databaseUrl === null ? 'another folder with GALLEY_DATA' : 'another database with DATABASE_URL'
  if (before === null && !config.demo) {
    throw new NoNewsroomError(
      `There is no newsroom in ${where} yet. Make one with: npm run admin -- create-newsroom --help\n` +
        'Or try the demo newsroom with: npm run server -- --demo',
    )
  }
  if (before !== null && before.demo !== config.demo) {
    throw new NoNewsroomError(
      config.demo
        ? `There is a real newsroom (${before.name}) in ${where}, which --demo does not touch. Leave --demo away, or name ${another}.`
        : `The demo newsroom is in ${where}. Open it with --demo, or name ${another}.`,
    )
  }
  if (!config.demo && before !== null) return before
  // Several servers may be starting on one database.
  while ((await store.alone('demo', () => createDemo(store, media))) === null) await delay(DEMO_PAUSE_MS)
  const settings = await readSettings(store.db)
  if (settings === null) throw new Error('The demo newsroom could not be made')
  return settings
}

/**
 * Makes the drop folder, before anything was ever published. Afterwards a folder that is missing is one that has been
 * unmounted, and making it would send stories nowhere: then, and where it cannot be made, deliveries say so and wait.
 */
async function makeDropFolder({ db }: Store, folder: string, log: Logger): Promise<void> {
  const published = await db.selectFrom('publications').select('id').limit(1).executeTakeFirst()
  if (published !== undefined) return
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    log.warn({ err: error, folder }, 'the drop folder could not be made; deliveries wait for it')
  }
}

/** What to do about a port that cannot be had. */
function listenError(error: unknown, { host, port }: Config): unknown {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new ConfigError(
        `Port ${port} on ${host} is taken: perhaps Galley is running already. Stop what uses it, or choose another port with --port or GALLEY_PORT (0 for any free one).`,
      )
    case 'EACCES':
      return new ConfigError(
        `Port ${port} may not be used by this user. Choose one above 1023 with --port or GALLEY_PORT.`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ConfigError(`This computer has no address ${host}. Choose another with --host or GALLEY_HOST.`)
    default:
      return error
  }
}
