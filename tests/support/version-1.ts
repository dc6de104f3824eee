/** The data folder of a newsroom with version 1 stories; see tests/fixtures/version-1. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { DATABASE_FILE } from '#server/store/sqlite-store.ts'
import { type TempFolder, tempFolder } from './temp.ts'

const FIXTURES = join(import.meta.dirname, '../fixtures/version-1')

/** The newsroom's stories as Galley reported them then. */
export const version1Stories = z
  .array(
    z.object({
      name: z.string(),
      id: z.string(),
      /** The `contentHash` of its article; absent for the damaged one. */
      hash: z.string().optional(),
      /**
       * By field: `Nora: words`, or `Nora by way of Maria: words`, one line for each run. Absent for the demo's own
       * stories.
       */
      authors: z.record(z.string(), z.array(z.string())).optional(),
    }),
  )
  .parse(JSON.parse(await readFile(join(FIXTURES, 'expected.json'), 'utf8')))

export const DAMAGED = idNamed('damaged')
export const WHOLE = version1Stories.filter(({ id }) => id !== DAMAGED)

/** Returns the id of a story by its name in the fixture. */
export function idNamed(name: string): string {
  const story = version1Stories.find((each) => each.name === name)
  if (story === undefined) throw new Error(`The newsroom of version 1 has no story ${name}`)
  return story.id
}

export async function version1Folder(): Promise<TempFolder> {
  const folder = await tempFolder('galley-version-1-')
  await writeFile(join(folder.path, DATABASE_FILE), gunzipSync(await readFile(join(FIXTURES, 'newsroom.sqlite.gz'))))
  return folder
}
