import type { BoardDelivery, IntakeItem, Delivery, DestinationSettings, Publication } from '#shared/protocol/http.ts'

const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

export function destination(number: number, change: Partial<DestinationSettings> = {}): DestinationSettings {
  return {
    id: idOf(number),
    name: `Receiver ${number}`,
    format: 'ninjs31',
    kind: 'http',
    paused: false,
    filter: { desks: [], subjects: [], urgencyAtMost: null },
    rules: { required: [], headlineAtMost: null, slugAtMost: null, standfirstAtMost: null, allowedSubjects: [] },
    settings: { url: `https://receiver-${number}.example/items`, allowPrivate: false },
    secrets: [],
    ...change,
  }
}

export function delivery(number: number, change: Partial<Delivery> = {}): Delivery {
  const { id, name, format } = destination(number)
  return {
    id: idOf(100 + number),
    destination: { id, name, format },
    status: 'queued',
    attempts: 0,
    detail: null,
    finishedAt: null,
    response: null,
    nextTryAt: null,
    ...change,
  }
}

export function publication(version: number, change: Partial<Publication> = {}): Publication {
  return {
    id: idOf(200 + version),
    storyId: idOf(1),
    version,
    kind: version === 1 ? 'new' : 'update',
    headline: 'Ferries stop for a day',
    publishedAt: '2026-03-03T12:00:00.000Z',
    publishedBy: { id: idOf(3), name: 'Daniel Okoro' },
    edNote: null,
    embargo: null,
    withheld: false,
    deliveries: [],
    ...change,
  }
}

export function boardDelivery(number: number, change: Partial<BoardDelivery> = {}): BoardDelivery {
  return {
    ...delivery(number),
    publicationId: idOf(300 + number),
    storyId: idOf(number),
    version: 1,
    kind: 'new',
    slug: `story-${number}`,
    headline: `Headline ${number}`,
    queuedAt: new Date(Date.UTC(2026, 2, 3, 12, number)).toISOString(),
    ...change,
  }
}

export function intakeItem(number: number, change: Partial<IntakeItem> = {}): IntakeItem {
  return {
    id: idOf(400 + number),
    source: { id: idOf(500), name: 'Agency feed' },
    status: 'new',
    format: 'ninjs',
    uri: `urn:item:${number}`,
    version: 1,
    kind: null,
    edNote: null,
    embargo: null,
    withheld: false,
    headline: `Headline ${number}`,
    byline: 'By Nora Lindqvist',
    language: 'en',
    urgency: null,
    words: 4,
    fileName: null,
    reason: null,
    receivedAt: new Date(Date.UTC(2026, 2, 3, 12, number)).toISOString(),
    updates: null,
    storyId: null,
    handledBy: null,
    ...change,
  }
}
