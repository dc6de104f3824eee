/** R9 of PROTOCOL.md when the process dies at each step of a compaction. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { compact } from '#server/relay/compaction.ts'
import { openStore } from '#server/store/open-store.ts'
import { type TempFolder, tempFolder } from '#tests/support/temp.ts'
import { type Client, joined, openNewsroom, until } from './client.ts'
import { CRASH_STEPS, type CrashStep } from './crash-steps.ts'
import { addPeople, addStory, storedWords, type TestNewsroom } from './newsroom.ts'

let folder: TempFolder
beforeAll(async () => {
  folder = await tempFolder()
  const store = await openStore(folder.path)
  await addPeople(store)
  await store.close()
})
afterAll(() => folder.remove())

async function newStory(): Promise<string> {
  const store = await openStore(folder.path)
  try {
    return await addStory(store)
  } finally {
    await store.close()
  }
}

/** Starts a relay that dies at this step. Returns its address, as a test newsroom has it, and a promise of its death. */
async function startDoomed(step: CrashStep) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('crash-process.ts', import.meta.url)), folder.path], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CRASH_AT: step },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const died = once(child, 'exit')
  const [address] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { relay: { address } as TestNewsroom, died }
}

interface State {
  words: string[]
  /** How many ids were deleted. */
  deleted: number
}

const stateOf = ({ doc, words }: Client, deleted: number): State => {
  expect(words.doc).toBe(doc)
  return { words: words.toArray(), deleted }
}

/** Writes, and sometimes deletes, until the relay is dead. Returns the story as it was after each frame that was sent. */
async function writeUntilDead(client: Client): Promise<State[]> {
  // The first frame was the answer to the relay's step 1.
  const states = [stateOf(client, 0)]
  let deleted = 0
  for (let count = 0; client.code === null; count++) {
    const { acknowledged } = client
    if (count % 3 === 2) {
      client.words.delete(0, 1)
      deleted++
    } else {
      client.words.push([`word ${count}`])
    }
    states.push(stateOf(client, deleted))
    await until(() => client.code !== null || client.acknowledged > acknowledged || count % 2 === 0, true)
  }
  return states
}

/** Resolves to the story on the disk. */
async function stored(newsroom: TestNewsroom, story: string, { clientID }: Y.Doc): Promise<State> {
  const doc = await newsroom.relay.readDoc(story)
  const deleted = Y.createDeleteSetFromStructStore(doc.store).clients.get(clientID) ?? []
  return {
    words: await storedWords(newsroom, story),
    deleted: deleted.reduce((sum, { len }) => sum + len, 0),
  }
}

test.each(CRASH_STEPS)('loses nothing acknowledged and doubles nothing in a crash when %s [R9]', async (step) => {
  const story = await newStory()
  const { relay, died } = await startDoomed(step)
  const maria = await joined(relay, story, { galley: true })
  const states = await writeUntilDead(maria)
  expect(await died).toEqual([null, 'SIGKILL'])

  const newsroom = await openNewsroom({ folder: folder.path })
  const { db } = newsroom.store
  const there = await stored(newsroom, story, maria.doc)
  const at = states.findIndex((state) => JSON.stringify(state) === JSON.stringify(there))
  // The disk has the story as it was after some frame, at least the last acknowledged one.
  expect(at).toBeGreaterThanOrEqual(maria.acknowledged - 1)
  const snapshot = await db.selectFrom('snapshots').selectAll().where('story_id', '=', story).executeTakeFirst()
  if (step !== 'it is being committed') expect(snapshot !== undefined).toBe(step === 'it was committed')
  const covered = db.selectFrom('log').select('seq').where('story_id', '=', story)
  expect(await covered.where('seq', '<=', snapshot?.seq ?? 0).execute()).toEqual([])

  // Another compaction makes no difference, and what was not stored comes back with its writer.
  await compact(newsroom.store, story)
  expect(await stored(newsroom, story, maria.doc)).toEqual(there)
  await joined(newsroom, story, { doc: maria.doc })
  await until(() => stored(newsroom, story, maria.doc), states.at(-1))
})
