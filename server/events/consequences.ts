/** What follows from each event: one table, the same for what happened on this server and on another. */
import type { IntakeItem, IntakeSource, LiveEvent, Publication, Scheduled, StoryChange } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import type { Courier } from '../wire/courier.ts'
import type { DeliveryNews } from '../wire/delivery-news.ts'
import type { Scheduler } from '../wire/scheduler.ts'
import { type Audience, everyone } from './audience.ts'
import type { Live } from './live.ts'
import type { EventOf, EventType, NewsroomEvent } from '../newsroom-event.ts'

/** What an event can affect on a server. */
export interface Affected {
  /** Gives the people in the story's room the rights of its stage. */
  setRights: (storyId: string) => Promise<void>
  /** Reads the story's words again. What that finds is an event of its own, so nothing here waits for it. */
  readWords: (storyId: string) => void
  courier: Pick<Courier, 'wake' | 'killed'>
  scheduler: Pick<Scheduler, 'wake'>
  deliveryNews: Pick<DeliveryNews, 'changed'>
  live: Pick<Live, 'send'>
  closeSession: (sessionId: string) => void
  /** Readers are to see what is published now. */
  dropPublicPages: () => void
  /** Counts the event. */
  count: (type: EventType) => void
  read: EventReader
}

/** Reads what events name. Null or empty where it is gone. */
export interface EventReader {
  story: (id: string) => Promise<Story | null>
  publication: (id: string) => Promise<Publication>
  /** The story's publications. */
  publications: (storyId: string) => Promise<Publication[]>
  /** The story's plans. */
  scheduled: (storyId: string) => Promise<Scheduled[]>
  intakeItems: (ids: readonly string[]) => Promise<IntakeItem[]>
  intakeSource: (id: string) => Promise<IntakeSource | null>
}

type Consequence<Event> = (event: Event, affected: Affected) => void | Promise<void>
type OfStory = Pick<EventOf<'story-moved'>, 'storyId' | 'by'>
type OfPublication = Pick<EventOf<'story-published'>, 'storyId' | 'publicationId' | 'by'>

const setRights: Consequence<OfStory> = ({ storyId }, affected) => affected.setRights(storyId)
const readWords: Consequence<OfStory> = ({ storyId }, affected) => affected.readWords(storyId)
const wakeCourier: Consequence<unknown> = (_event, { courier }) => courier.wake()
const dropPublicPages: Consequence<unknown> = (_event, affected) => affected.dropPublicPages()
const stopDeliveries: Consequence<OfStory> = ({ storyId }, { courier }) => courier.killed(storyId)
const wakeScheduler: Consequence<unknown> = (_event, { scheduler }) => scheduler.wake()

/** Sends the audience's pages what `read` returns. */
function tell<Event>(
  audience: Audience,
  read: (event: Event, reader: EventReader) => LiveEvent[] | Promise<LiveEvent[]>,
): Consequence<Event> {
  return async (event, { live, read: reader }) => {
    for (const message of await read(event, reader)) live.send(message, audience)
  }
}

const tellStory = (change: StoryChange, audience: Audience): Consequence<OfStory> =>
  tell(audience, async ({ storyId, by }, read) => {
    const story = await read.story(storyId)
    return story === null ? [] : [{ type: 'story', story, by, change }]
  })

const tellPublication = (audience: Audience): Consequence<OfPublication> =>
  tell(audience, async ({ publicationId, by }, read) => [
    { type: 'publication', publication: await read.publication(publicationId), by },
  ])

const tellSchedule = (audience: Audience): Consequence<OfStory> =>
  tell(audience, async ({ storyId, by }, read) =>
    (await read.scheduled(storyId)).map((scheduled) => ({ type: 'scheduled', scheduled, by })),
  )

const tellDestinations = (audience: Audience): Consequence<Pick<NewsroomEvent, 'by'>> =>
  tell(audience, ({ by }) => [{ type: 'destinations', by }])

type OfItems = Pick<EventOf<'intake-received'>, 'itemIds' | 'by'>

/** The items of a document come in one message: a page sorts and shows its list once for all of them. */
const tellIntake = (audience: Audience): Consequence<OfItems> =>
  tell(audience, async ({ itemIds, by }, read) => {
    const items = await read.intakeItems(itemIds)
    return items.length === 0 ? [] : [{ type: 'intake', items, by }]
  })

const tellIntakeItem =
  (audience: Audience): Consequence<Pick<EventOf<'intake-discarded'>, 'itemId' | 'by'>> =>
  ({ itemId, by }, affected) =>
    tellIntake(audience)({ itemIds: [itemId], by }, affected)

const tellSource = (audience: Audience): Consequence<EventOf<'intake-source-changed'>> =>
  tell(audience, async ({ sourceId, by }, read) => {
    const source = await read.intakeSource(sourceId)
    return source === null ? [] : [{ type: 'intake-source', source, by }]
  })

const tellSourceRemoved = (audience: Audience): Consequence<EventOf<'intake-source-removed'>> =>
  tell(audience, ({ sourceId, by }) => [{ type: 'intake-source-removed', sourceId, by }])

const tellDelivery: Consequence<EventOf<'delivery-tried' | 'delivery-handled' | 'delivery-dropped'>> = (
  { delivery, by },
  affected,
) => affected.deliveryNews.changed(delivery, by)

const tellEnded: Consequence<EventOf<'destination-removed'>> = ({ ended, by }, { deliveryNews }) => {
  for (const delivery of ended) deliveryNews.changed(delivery, by)
}

const tellDeliveries: Consequence<OfPublication> = async ({ publicationId, by }, affected) =>
  tellDeliveriesOf([await affected.read.publication(publicationId)], by, affected)

/** A kill ends what still waits of the versions before it. */
const tellAllDeliveries: Consequence<OfStory> = async ({ storyId, by }, affected) =>
  tellDeliveriesOf(await affected.read.publications(storyId), by, affected)

function tellDeliveriesOf(publications: Publication[], by: string | null, { deliveryNews }: Affected): void {
  for (const { id: publicationId, deliveries } of publications) {
    for (const { id } of deliveries) deliveryNews.changed({ id, publicationId }, by)
  }
}

/** In their order: what must not wait comes before what has to be read. */
const CONSEQUENCES: { readonly [Type in EventType]: readonly Consequence<EventOf<Type>>[] } = {
  'story-created': [tellStory('created', everyone)],
  'story-moved': [setRights, tellStory('moved', everyone)],
  'story-edited': [tellStory('edited', everyone)],
  // Words that came after the version was frozen are an update from now on.
  'story-published': [
    dropPublicPages,
    wakeCourier,
    setRights,
    tellPublication(everyone),
    tellDeliveries,
    tellStory('published', everyone),
    readWords,
  ],
  'story-killed': [
    dropPublicPages,
    stopDeliveries,
    setRights,
    tellPublication(everyone),
    tellAllDeliveries,
    tellStory('killed', everyone),
    readWords,
  ],
  'story-resent': [wakeCourier, tellPublication(everyone), tellDeliveries],
  'schedule-changed': [wakeScheduler, tellSchedule(everyone)],
  'delivery-handled': [wakeCourier, tellDelivery],
  'delivery-tried': [tellDelivery],
  'delivery-dropped': [tellDelivery],
  'destination-saved': [wakeCourier, tellDestinations(everyone)],
  'destination-removed': [wakeCourier, tellDestinations(everyone), tellEnded],
  'intake-received': [tellIntake(everyone)],
  'intake-taken': [tellIntakeItem(everyone)],
  'intake-discarded': [tellIntakeItem(everyone)],
  'intake-source-changed': [tellSource(everyone)],
  'intake-source-removed': [tellSourceRemoved(everyone)],
  'session-closed': [({ sessionId }, { closeSession }) => closeSession(sessionId)],
}

/** Carries out what follows from the event. What fails is reported, and keeps nothing else from being done. */
export async function follow<Type extends EventType>(
  event: EventOf<Type> & { type: Type },
  affected: Affected,
  failed: (error: unknown) => void,
): Promise<void> {
  affected.count(event.type)
  for (const consequence of CONSEQUENCES[event.type]) {
    try {
      await consequence(event, affected)
    } catch (error) {
      failed(error)
    }
  }
}
