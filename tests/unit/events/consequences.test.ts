/** What happened on one server has the same consequences on all. */
import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { afterEach, expect, it } from 'vitest'
import type { IntakeItem, IntakeSource, LiveEvent, Publication, Scheduled } from '#shared/protocol/http.ts'
import type { Person, Story } from '#shared/story/story.ts'
import type { Bus } from '#server/bus/bus.ts'
import { InProcessHub } from '#server/bus/in-process-bus.ts'
import type { Audience } from '#server/events/audience.ts'
import { createEvents, type Events } from '#server/events/events.ts'
import type { Affected } from '#server/events/consequences.ts'
import { type EventOf, type EventType, newsroomEventSchema } from '#server/newsroom-event.ts'
import { createLive } from '#server/events/live.ts'
import { OpenStories } from '#server/events/open-stories.ts'
import { hearOtherNodes } from '#server/events/other-nodes.ts'
import { until } from '#tests/support/until.ts'

const REPORTER: Person = { id: randomUUID(), name: 'Nora', email: 'nora@example.org', role: 'reporter' }

const [storyId, publicationId, deliveryId, destinationId, itemId, sourceId] = Array.from({ length: 6 }, () =>
  randomUUID(),
) as [string, string, string, string, string, string]
const happened = { by: REPORTER.id, at: 1 }
const ofStory = { ...happened, storyId }
const delivery = { id: deliveryId, publicationId }

/** One of each, and what follows from it. */
const EVENTS: { [Type in EventType]: [EventOf<Type>, string[]] } = {
  'story-created': [{ type: 'story-created', ...ofStory }, ['story created']],
  'story-moved': [{ type: 'story-moved', ...ofStory }, ['rights', 'story moved']],
  'story-edited': [{ type: 'story-edited', ...ofStory }, ['story edited']],
  'story-published': [
    { type: 'story-published', ...ofStory, publicationId },
    ['public pages', 'courier', 'rights', 'publication', 'delivery', 'story published', 'words'],
  ],
  'story-killed': [
    { type: 'story-killed', ...ofStory, publicationId },
    ['public pages', 'killed', 'rights', 'publication', 'delivery', 'story killed', 'words'],
  ],
  'story-resent': [{ type: 'story-resent', ...ofStory, publicationId }, ['courier', 'publication', 'delivery']],
  'schedule-changed': [{ type: 'schedule-changed', ...ofStory }, ['scheduler', 'scheduled']],
  'delivery-handled': [{ type: 'delivery-handled', ...ofStory, delivery }, ['courier', 'delivery']],
  'delivery-tried': [{ type: 'delivery-tried', ...ofStory, delivery }, ['delivery']],
  'delivery-dropped': [{ type: 'delivery-dropped', ...ofStory, delivery }, ['delivery']],
  'destination-saved': [{ type: 'destination-saved', ...happened, destinationId }, ['courier', 'destinations']],
  'destination-removed': [
    { type: 'destination-removed', ...happened, destinationId, ended: [delivery] },
    ['courier', 'destinations', 'delivery'],
  ],
  'intake-received': [{ type: 'intake-received', ...happened, itemIds: [itemId, storyId] }, ['intake']],
  'intake-taken': [{ type: 'intake-taken', ...ofStory, itemId }, ['intake']],
  'intake-discarded': [{ type: 'intake-discarded', ...happened, itemId }, ['intake']],
  'intake-source-changed': [{ type: 'intake-source-changed', ...happened, sourceId }, ['intake-source']],
  'intake-source-removed': [{ type: 'intake-source-removed', ...happened, sourceId }, ['intake-source-removed']],
  'session-closed': [{ type: 'session-closed', ...happened, sessionId: 'a session' }, ['session a session']],
}

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

/** A server that writes down what follows. */
function node(bus: Bus, changes: Partial<Affected> = {}) {
  const done: string[] = []
  const does = (what: string) => () => void done.push(what)
  /** What was told, by whose doing, and whether a reporter may read it. */
  const send = (event: LiveEvent, audience: Audience): void => {
    expect(event).toMatchObject({ by: REPORTER.id })
    done.push(
      (event.type === 'story' ? `story ${event.change}` : event.type) + (audience(REPORTER) ? '' : ' (not all)'),
    )
  }
  const publication = { id: publicationId, deliveries: [{ id: deliveryId }] } as Publication
  const affected: Affected = {
    setRights(id) {
      does(id === storyId ? 'rights' : 'rights elsewhere')()
      return Promise.resolve()
    },
    readWords: does('words'),
    courier: { wake: does('courier'), killed: does('killed') },
    scheduler: { wake: does('scheduler') },
    deliveryNews: {
      changed(changed, by) {
        expect([changed, by]).toEqual([delivery, REPORTER.id])
        done.push('delivery')
      },
    },
    live: { send },
    closeSession: (id) => done.push(`session ${id}`),
    dropPublicPages: does('public pages'),
    count: (type) => done.push(`count ${type}`),
    read: {
      story: (id) => Promise.resolve({ id } as Story),
      publication: () => Promise.resolve(publication),
      publications: () => Promise.resolve([publication]),
      scheduled: () => Promise.resolve([{ storyId } as Scheduled]),
      intakeItems: (ids) => Promise.resolve(ids.map((id) => ({ id }) as IntakeItem)),
      intakeSource: (id) => Promise.resolve({ id } as IntakeSource),
    },
    ...changes,
  }
  const log = pino({ level: 'silent' })
  const events = createEvents({ bus, affected: () => affected, log })
  const live = createLive()
  const open = new OpenStories(() => undefined)
  ends.push(() => live.close(), hearOtherNodes({ bus, events, open, live, gone: () => undefined, log }))
  return { events, done }
}

const settled = ({ events }: { events: Events }) => events.settled()

it.each(Object.entries(EVENTS))('has the same consequences on every server: %s', async (type, [event, follows]) => {
  const hub = new InProcessHub()
  const [here, there] = [node(hub.join()), node(hub.join())]
  await here.events.publish([event])
  expect(here.done).toEqual([`count ${type}`, ...follows])
  await until('the other server to be done', () => there.done.length >= here.done.length)
  await settled(there)
  expect(there.done).toEqual(here.done)
})

it('follows the events of a story in order, and lets a slow one hold up nothing else', async () => {
  const gate = Promise.withResolvers()
  const order: string[] = []
  const { events } = node(new InProcessHub().join(), {
    async setRights() {
      await gate.promise
      order.push('moved')
    },
    readWords: () => void order.push('published'),
    closeSession: () => void order.push('closed'),
  })
  const moved = events.publish([EVENTS['story-moved'][0]])
  const published = events.publish([EVENTS['story-published'][0]])
  await events.publish([EVENTS['session-closed'][0]])
  expect(order).toEqual(['closed'])
  gate.resolve(undefined)
  await Promise.all([moved, published])
  expect(order).toEqual(['closed', 'moved', 'moved', 'published'])
})

it('does all the rest when one consequence fails', async () => {
  const { events, done } = node(new InProcessHub().join(), {
    setRights: () => Promise.reject(new Error('The database does not answer')),
  })
  await events.publish([EVENTS['story-moved'][0]])
  expect(done).toEqual(['count story-moved', 'story moved'])
})

it('refuses an event that another server made up', () => {
  expect(newsroomEventSchema.safeParse({ type: 'story-moved', storyId, at: 1, by: 'a name' }).success).toBe(false)
  expect(newsroomEventSchema.safeParse({ type: 'story-eaten', ...ofStory }).success).toBe(false)
})

it('tells of an item after what came before of its whole document', async () => {
  const gate = Promise.withResolvers<IntakeItem[]>()
  const order: number[] = []
  const read = {
    intakeItems(ids: readonly string[]) {
      order.push(ids.length)
      return ids.length === 2 ? gate.promise : Promise.resolve([])
    },
  }
  const { events } = node(new InProcessHub().join(), { read: read as unknown as Affected['read'] })
  const received = events.publish([EVENTS['intake-received'][0]])
  const discarded = events.publish([EVENTS['intake-discarded'][0]])
  gate.resolve([])
  await Promise.all([received, discarded])
  expect(order).toEqual([2, 1])
})
