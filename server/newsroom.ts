/** The whole server: makes each part, ties them together, and stops them in order. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Story } from '#shared/story/story.ts'
import { writeRights } from '#shared/story/workflow.ts'
import { createChangePassword } from './auth/change-password.ts'
import { createSignIn } from './auth/sign-in.ts'
import { createTickets } from './auth/tickets.ts'
import { watchSessions } from './auth/watch-sessions.ts'
import { openBus } from './bus/open-bus.ts'
import type { Config } from './config.ts'
import { backUpFirst } from './conversion/back-up-first.ts'
import { convertStories } from './conversion/convert-stories.ts'
import { announce } from './events/announcements.ts'
import { everyone } from './events/audience.ts'
import { createEventReader } from './events/event-reader.ts'
import { createEvents } from './events/events.ts'
import { createLive } from './events/live.ts'
import { OpenStories } from './events/open-stories.ts'
import { hearOtherNodes } from './events/other-nodes.ts'
import { proxyCheck } from './http/address.ts'
import { createHttp } from './http/app.ts'
import { ownHosts } from './http/hosts.ts'
import { listen } from './http/listen.ts'
import { createPublicPages } from './http/public-pages.ts'
import { listenForSockets } from './http/sockets.ts'
import { createMediaStore } from './media/media-store.ts'
import { createPictureReader } from './media/picture-reader.ts'
import { createMetrics } from './metrics.ts'
import { openSettings } from './open-settings.ts'
import { tightenDataFolder } from './private-files.ts'
import { createReadiness } from './readiness.ts'
import { RelayMeter } from './relay/meter.ts'
import { createRelay } from './relay/relay.ts'
import { openStore } from './store/open-store.ts'
import type { Store } from './store/store.ts'
import { createMoves } from './story/moves.ts'
import { createReadModel } from './story/read-model.ts'
import { findStages, findStory } from './story/stories.ts'
import { createCommitted } from './wire/committed.ts'
import { createCourier } from './wire/courier.ts'
import { createDeliveryNews } from './wire/delivery-news.ts'
import { createDestinationDesk } from './wire/destination-settings.ts'
import { destinationKinds } from './wire/destinations/kinds.ts'
import { makeDropFolder, makeIntakeFolder } from './wire/drop-folder.ts'
import { createFolders } from './wire/folders.ts'
import { createDocumentReader } from './wire/intake/document-reader.ts'
import { fillSummaries } from './wire/intake/fill-summaries.ts'
import { createIntake } from './wire/intake/intake.ts'
import { createPublish } from './wire/publish.ts'
import { createSchedule } from './wire/schedule.ts'
import { failWhenTakenBack } from './wire/scheduled.ts'
import { createScheduler } from './wire/scheduler.ts'
import { createSecrets } from './wire/secrets.ts'

/** How long a stop waits for requests that are under way. */
const STOP_PATIENCE_MS = 5000

export interface Newsroom {
  /** e.g. `http://127.0.0.1:4870` */
  address: string
  port: number
  /** See {@link Store.lost}: nothing can be read or committed any more, until the server is started again. */
  readonly lost: Promise<Error>
  /** Writes down all that is under way, tells the apps, and resolves when everything is closed. */
  close(): Promise<void>
}

/**
 * Starts the newsroom in the data folder. Throws a `NoNewsroomError` when there is none, a `ConfigError` when the port
 * can't be had, and what `openStore` throws.
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
  await fillSummaries(store)
  const mediaFolder = join(config.data, 'media')
  await mkdir(mediaFolder, { recursive: true })
  await tightenDataFolder(config.data, { shared: [join(config.data, 'drop'), join(config.data, 'intake')], log })
  const pictures = createPictureReader()
  const media = createMediaStore(db, mediaFolder, pictures)
  const settings = await openSettings(store, mediaFolder, config)
  const provider = settings.name
  const publicPages = createPublicPages(db, settings)
  const bus = openBus(config, settings.id, log)

  const events = createEvents({
    bus,
    affected: () => ({
      setRights: lookUpRights,
      readWords: (storyId) => logged(readModel.readAgain(storyId), 'a story could not be looked at'),
      courier,
      scheduler,
      deliveryNews,
      live,
      closeSession: (sessionId) => sockets.closeSession(sessionId),
      dropPublicPages: () => publicPages.drop(),
      count: (type) => metrics.eventHappened(type),
      read,
    }),
    log,
  })
  const { publish } = events
  const read = createEventReader(db)

  const live = createLive()
  const open = new OpenStories((storyId, people) => live.send({ type: 'people', storyId, people }, everyone))
  const secrets = createSecrets(config.data, config.secretKey)
  const tickets = createTickets(await secrets.key('tickets'))
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
  const readModel = createReadModel({
    db,
    readArticle: (storyId) => relay.readArticle(storyId),
    shared: store.shared,
    publish,
  })
  const readiness = createReadiness({ db, log })
  const metrics = createMetrics({ relay, meter, listeners: () => live.listeners(), db, log })

  const committed = createCommitted((storyId) => relay.readDoc(storyId))
  const { allowPrivate } = config
  const dropFolders = createFolders({ roots: config.dropRoots, data: config.data, own: 'drop' })
  const intakeFolders = createFolders({ roots: config.intakeRoots, data: config.data, own: 'intake' })
  const kinds = destinationKinds(dropFolders)
  const deliveryNews = createDeliveryNews(db, (event) => live.send(event, everyone), log)
  const courier = createCourier({
    store,
    attempted: (outcome) => metrics.deliveryAttempted(outcome),
    media,
    secrets,
    log,
    destinationKinds: kinds,
    publish,
    allowPrivate,
  })
  const reader = createDocumentReader()
  const intake = createIntake({ store, reader, secrets, folders: intakeFolders, allowPrivate, log, publish })
  const scheduler = createScheduler({ store, provider, log, publish })

  function setRights({ id, stage }: Pick<Story, 'id' | 'stage'>): void {
    relay.setMayWrite(id, (person) => writeRights(stage, person.role))
  }

  async function lookUpRights(storyId: string): Promise<void> {
    for (const story of await findStages(db, [storyId])) setRights(story)
  }

  /** Nobody waits for it. */
  function logged(work: Promise<unknown>, failure: string): void {
    work.catch((error: unknown) => log.error({ err: error }, failure))
  }

  const http = await createHttp(
    {
      health: { readiness, metrics, metricsToken: config.metricsToken },
      db,
      store,
      settings,
      tickets,
      media,
      publicPages,
      signIn: createSignIn(db),
      changePassword: createChangePassword(db),
      moveStory: createMoves(db, failWhenTakenBack),
      publish: createPublish({ db, committed, media, provider }),
      schedule: createSchedule({ db, committed, media, provider }),
      destinations: createDestinationDesk({ db, secrets, kinds, folders: dropFolders, allowPrivate }),
      intake,
      reader,
      readModel,
      publishEvents: publish,
      readDoc: (storyId) => relay.readDoc(storyId),
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
    isProxy: proxyCheck(config.proxies),
    isOwnHost: ownHosts(config),
    joinStory(socket, wire, { story, ...member }) {
      const mayWrite = writeRights(story.stage, member.person.role)
      const showOut = relay.join(socket, wire, { storyId: story.id, mayWrite, ...member })
      logged(keepRights(story), 'rights could not be looked up')
      return showOut
    },
  })

  /** A move that was made while the socket was being opened has not reached it. */
  async function keepRights(seen: Story): Promise<void> {
    const now = await findStory(db, seen.id)
    if (now !== null && now.stage !== seen.stage) setRights(now)
  }

  /** Sees to what a server that was killed left undone. */
  const catchUp = (): void => logged(readModel.catchUp(), 'the read model could not catch up')
  const leaveNodes = hearOtherNodes({ bus, events, open, live, gone: catchUp, log })

  await makeDropFolder(store, config.drop, log)
  await makeIntakeFolder(join(config.data, 'intake'), log)
  const { address, port } = await listen(http, config).catch(async (error: unknown) => {
    await http.close()
    await bus.close()
    throw error
  })
  await courier.start()
  scheduler.start()
  intake.start()
  catchUp()
  readiness.started()
  const unwatchSessions = watchSessions({
    db,
    open: () => sockets.sessions(),
    close: (sessionId) => sockets.closeSession(sessionId),
    publish,
    log,
  })

  return {
    address,
    port,
    lost: store.lost,
    async close() {
      unwatchSessions()
      // Apps that ask, or want to come in, are told until everything that was received is stored.
      readiness.stopping()
      sockets.stop()
      live.close()
      await relay.close()
      // Takes nothing new from here on; requests under way are answered, within reason.
      const answered = http.close()
      const patience = setTimeout(() => http.server.closeAllConnections(), STOP_PATIENCE_MS)
      await sockets.close()
      await answered
      clearTimeout(patience)
      await intake.close()
      await reader.close()
      await pictures.close()
      await scheduler.close()
      await courier.close()
      await events.settled()
      await deliveryNews.close()
      leaveNodes()
      await bus.close()
      await store.close()
    },
  }
}
