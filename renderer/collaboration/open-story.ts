/**
 * Opens a story: first what is on this computer's disk, then the relay, and from then on both at once.
 *
 * Every change goes to the disk and, over the socket, to the newsroom. What was made here is accounted for until the
 * newsroom has acknowledged it (change-ledger.ts), and the three save states are read from that account.
 */
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { createStore } from 'zustand/vanilla'
import { message, type MessageOrText } from '#shared/messages/message.ts'
import { schemaVersionOf } from '#shared/article/seed.ts'
import type { Person } from '#shared/story/story.ts'
import type { WriteRights } from '#shared/story/workflow.ts'
import { errorMessage } from '../messages/message-error.ts'
import type { Api } from '../api/client.ts'
import { presenceColour } from '../ui/presence-colour.ts'
import { createChangeLedger, type ChangeLedger, type Clocks } from './change-ledger.ts'
import { createHeldArrivals } from './held-arrivals.ts'
import { openKeptTray, type KeptTray } from './kept-tray.ts'
import { NO_COPY, type LocalStore, type StoryCopy } from './local-store.ts'
import type { Presence } from './presence.ts'
import { connectToRelay, type RelayConnection } from './relay-connection.ts'
import { windowEvents, type WakeEvents } from './retry.ts'
import { openStoryDisk, type StoryDisk } from './story-disk.ts'
import type { SaveState, StorySession, StorySessionState } from './story-session.ts'
import type { UnsavedWords } from './unsaved.ts'
import { createUnsentParts } from './unsent-parts.ts'
import { isTooNew, isTooOld, whyReadOnly } from './why-read-only.ts'

export interface OpenStoryOptions {
  storyId: string
  person: Pick<Person, 'id' | 'name'>
  api: Api
  localStore: LocalStore
  /** Stories that were made here: the socket waits until the newsroom has this one. */
  outbox: { storyIsSent(storyId: string): Promise<boolean> }
  /** Told while words are on no disk and with no newsroom. */
  unsaved: UnsavedWords
  /** Where `online`, `offline` and `focus` are heard; the window unless told otherwise. */
  events?: WakeEvents
}

/** What an opened story consists of. */
interface Opened {
  disk: StoryDisk
  connection: RelayConnection
  tray: KeptTray
}

/** The origin of what is read from this computer's disk. */
const FROM_DISK = Symbol('Galley: read from the disk')

export function openStory(options: OpenStoryOptions): StorySession {
  const { storyId, person, localStore, events = windowEvents } = options
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  awareness.setLocalState({
    user: { id: person.id, name: person.name, color: presenceColour(person.id) },
    field: null,
  } satisfies Presence)

  const state = createStore<StorySessionState>(() => ({
    phase: 'loading',
    refusal: null,
    complete: false,
    connection: 'connecting',
    save: { kind: 'computer' },
    readOnly: null,
    writable: [],
    diskFault: null,
    newsroomFault: null,
    kept: [],
  }))
  const arrivals = createHeldArrivals()

  const unsaved = options.unsaved.holder()
  const loaded = load()
  let closing: Promise<void> | null = null

  async function load(): Promise<Opened> {
    const { copy, fault } = await readCopy()
    const unreadable = copy.updates.filter((update) => !applied(update)).length
    /** What is wrong with the copy as it was read. It stays wrong until the story is opened again. */
    const readFault = fault ?? (unreadable > 0 ? message('collaboration.disk.part-unreadable') : null)
    const ledger = createChangeLedger(copy.waiting, copy.acknowledged)
    /** What the relay last said; a schema that is newer than this client's has the same effect. */
    let rights: WriteRights = copy.mayWrite
    /** Where the changes are that the newsroom has not acknowledged. */
    const unsent = createUnsentParts(doc, ledger)
    let synced = false
    /** The Yjs client that the disk knows to be this person's. */
    let writingAs: number | null = null

    const disk = openStoryDisk({
      storyId,
      localStore,
      acknowledged: () => ledger.acknowledged,
      onChange(writeFault) {
        unsaved.set(disk.unsaved)
        state.setState({ diskFault: writeFault ?? readFault })
      },
      events,
    })

    const connection = connectToRelay({
      storyId,
      doc,
      awareness,
      arrivals,
      api: options.api,
      mayConnect: () => options.outbox.storyIsSent(storyId),
      onConnection(online) {
        if (online) synced = true
        else ledger.disconnected()
        state.setState({ connection: online ? 'online' : 'offline' })
        show()
      },
      onSentAll(frame) {
        ledger.sentAll(frame, Y.decodeStateVector(Y.encodeStateVector(doc)))
        show()
      },
      onAcknowledge(frame) {
        disk.acknowledge(ledger.acknowledge(frame))
        show()
      },
      onRights(now) {
        // To somebody who is offline and may write some parts alone, the next opening is one to read.
        if (now !== rights) disk.keepRights(now === true)
        rights = now
        show()
      },
      onFault(newsroomFault) {
        if (state.getState().newsroomFault !== newsroomFault) state.setState({ newsroomFault })
      },
      onRefused(refusal) {
        state.setState({ phase: 'refused', refusal })
        show()
      },
      events,
    })

    const tray = openKeptTray({
      doc,
      kept: copy.kept,
      mine: copy.mine,
      ledger,
      disk,
      onChange: (kept) => state.setState({ kept }),
    })

    // After the provider's own observer, so that the frame which carries an update is known here.
    doc.on('update', (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (isTooOld(schemaVersionOf(doc))) {
        // None of it is kept on this computer: the newsroom will convert the story.
        connection.stop()
        state.setState({ phase: 'refused', refusal: message('collaboration.older-newsroom') })
      } else if (origin === connection.origin) {
        ledger.received(newClocks(transaction))
        disk.append(update, null)
        disk.acknowledge([])
      } else {
        const frame = connection.frameOfUpdate()
        const clocks = new Map([[doc.clientID, Y.getState(doc.store, doc.clientID)]])
        if (transaction.local && writingAs !== doc.clientID) {
          writingAs = doc.clientID
          disk.writeAs(writingAs)
        }
        disk.append(update, transaction.local ? ledger.changed(frame, clocks) : null)
        if (transaction.local) unsent.changed(transaction)
      }
      show()
    })

    /** Brings the state up to date with all of the above. */
    function show(): void {
      const schemaVersion = schemaVersionOf(doc)
      const tooNew = isTooNew(schemaVersion)
      const writable = tooNew || typeof rights === 'boolean' || !unsent.within(rights) ? [] : rights
      const muted = tooNew || isTooOld(schemaVersion) || (rights !== true && writable.length === 0)
      connection.setMuted(muted)
      tray.setRefused(muted || state.getState().phase === 'refused')
      state.setState((before) => ({
        complete: synced || schemaVersion !== null,
        readOnly: whyReadOnly(schemaVersion, rights, writable, ledger.waiting),
        writable,
        save: sameOrNew(before.save, saveState(before.connection, ledger, muted)),
      }))
    }

    state.setState({ phase: 'ready', diskFault: readFault, kept: copy.kept })
    show()
    connection.start()
    return { disk, connection, tray }
  }

  async function readCopy(): Promise<{ copy: StoryCopy; fault: MessageOrText | null }> {
    try {
      return { copy: await localStore.loadStory(storyId), fault: null }
    } catch (error) {
      return { copy: NO_COPY, fault: errorMessage(error) }
    }
  }

  function applied(update: Uint8Array): boolean {
    try {
      Y.applyUpdate(doc, update, FROM_DISK)
      return true
    } catch {
      return false
    }
  }

  async function close(): Promise<void> {
    const { disk, connection } = await loaded
    // Others see at once that the person has left, however long the disk takes.
    awareness.setLocalState(null)
    await disk.safe()
    connection.stop()
    // What arrived meanwhile.
    await disk.safe()
    disk.stop()
    unsaved.set(false)
    doc.destroy()
  }

  return {
    storyId,
    doc,
    awareness,
    state,
    holdArrivals: () => arrivals.hold(),
    beforeArrivals: (listener) => arrivals.before(listener),
    async dismissKept(id) {
      const { disk, tray } = await loaded
      tray.dismiss(id)
      await disk.safe()
    },
    close: () => (closing ??= close()),
  }
}

/** A muted connection sends nothing, so that there is nothing on its way either, unless something waits already. */
function saveState(connection: StorySessionState['connection'], ledger: ChangeLedger, muted: boolean): SaveState {
  switch (connection) {
    case 'connecting':
      return { kind: 'computer' }
    case 'offline':
      return { kind: 'offline', waiting: ledger.waiting }
    case 'online':
      return { kind: ledger.settled || (muted && ledger.waiting === 0) ? 'newsroom' : 'computer' }
  }
}

/** Keeps the object when it says the same, so that nobody renders for nothing. */
function sameOrNew(before: SaveState, now: SaveState): SaveState {
  const waiting = (save: SaveState): number => (save.kind === 'offline' ? save.waiting : 0)
  return before.kind === now.kind && waiting(before) === waiting(now) ? before : now
}

/** What a transaction added to the document: the new clocks of the clients that it brought something of. */
function newClocks({ beforeState, afterState }: Y.Transaction): Clocks {
  return new Map([...afterState].filter(([client, clock]) => clock > (beforeState.get(client) ?? 0)))
}
