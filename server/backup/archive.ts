/**
 * A backup is one file, a tar archive that any tar can open:
 *
 *     backup.json       the manifest: the layout, and the newsroom
 *     newsroom.sqlite   the database
 *     media/<id>        the pictures
 *     SHA256SUMS        the sums of all of them, as `sha256sum --check` reads them
 *
 * The sums come last, so a truncated archive has none.
 */
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { list } from 'tar'
import { z } from 'zod'
import { MIGRATIONS } from '../store/migrations.ts'
import { DATABASE_FILE } from '../store/sqlite-store.ts'

export const MANIFEST = 'backup.json'
export const SUMS = 'SHA256SUMS'
export const MEDIA = 'media'

/** The version of this layout. */
export const BACKUP_FORMAT = 1

/** A backup cannot be made or restored. The message says why, and what to do. */
export class BackupRefusal extends Error {
  override readonly name = 'BackupRefusal'
}

export const manifestSchema = z.object({
  galleyBackup: z.number().int().positive(),
  /** The version of the data: the number of migrations that the database has had. */
  dataVersion: z.number().int().nonnegative(),
  newsroom: z.object({ id: z.string(), name: z.string() }),
  /** ISO 8601, UTC. Everything committed before is in the backup. */
  madeAt: z.string(),
  /** Ids of pictures in the database whose files were not in the data folder. */
  missingPictures: z.array(z.string()),
})
export type Manifest = z.infer<typeof manifestSchema>

/** The part of a manifest that every version of the layout has. */
const versionSchema = z.object({ galleyBackup: z.number() })

/** The entries that are kept whole while an archive is read. */
const TEXTS = new Set([MANIFEST, SUMS])
const NAME = new RegExp(`^(?:${[MANIFEST, SUMS, DATABASE_FILE].join('|')}|${MEDIA}/[0-9a-f-]{36})$`)

/** SHA-256 sums in hexadecimal, by entry. */
export type Sums = ReadonlyMap<string, string>

export function formatSums(sums: Sums): string {
  return [...sums].map(([name, sum]) => `${sum}  ${name}\n`).join('')
}

function parseSums(text: string): Sums {
  const lines = text.split('\n').filter((line) => line !== '')
  return new Map(
    lines.map((line) => {
      const [, sum, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? []
      if (sum === undefined || name === undefined) throw new BackupRefusal(`Its ${SUMS} cannot be read.`)
      return [name, sum]
    }),
  )
}

/**
 * Reads an archive to its end and checks every byte against its sum. Writes nothing. Throws a {@link BackupRefusal} when it
 * is not a backup, is damaged or truncated, or was made by a newer Galley.
 */
export async function verifyArchive(file: string): Promise<{ manifest: Manifest; sums: Sums }> {
  await stat(file).catch((error: unknown) => {
    throw new BackupRefusal(`${file} cannot be read: ${messageOf(error)}.`, { cause: error })
  })
  try {
    const { found, texts } = await readEntries(file)
    const manifest = readManifest(texts.get(MANIFEST))
    const sums = parseSums(texts.get(SUMS) ?? '')
    for (const name of [MANIFEST, DATABASE_FILE, ...found.keys()]) {
      if (name !== SUMS && !sums.has(name)) throw new BackupRefusal(`It has no sum of ${name}: it was cut short.`)
    }
    for (const [name, sum] of sums) {
      if (!found.has(name)) throw new BackupRefusal(`${name} is missing in it.`)
      if (found.get(name) !== sum) throw new BackupRefusal(`${name} in it is not what it was when it was packed.`)
    }
    return { manifest, sums }
  } catch (error) {
    throw new BackupRefusal(`${file} cannot be used as a backup. ${messageOf(error)}`, { cause: error })
  }
}

/** Resolves to the sum of every entry, and the content of those that are text. */
async function readEntries(file: string): Promise<{ found: Map<string, string>; texts: Map<string, string> }> {
  const found = new Map<string, string>()
  const texts = new Map<string, string>()
  const unknown: string[] = []
  // "strict" makes every oddity of the archive an error instead of a warning.
  await list({
    file,
    strict: true,
    onReadEntry(entry) {
      const { path, type } = entry
      if (type !== 'File' || !NAME.test(path) || found.has(path)) unknown.push(path)
      found.set(path, '')
      const hash = createHash('sha256')
      const chunks: Buffer[] = []
      entry.on('data', (chunk: Buffer) => {
        hash.update(chunk)
        if (TEXTS.has(path)) chunks.push(chunk)
      })
      entry.on('end', () => {
        found.set(path, hash.digest('hex'))
        if (TEXTS.has(path)) texts.set(path, Buffer.concat(chunks).toString())
      })
    },
  })
  if (unknown.length > 0) throw new BackupRefusal(`It holds ${unknown.join(', ')}, which no backup does.`)
  return { found, texts }
}

function readManifest(text: string | undefined): Manifest {
  if (text === undefined) throw new BackupRefusal(`It has no ${MANIFEST}: it is not a Galley backup.`)
  const value: unknown = JSON.parse(text)
  const version = versionSchema.safeParse(value)
  if (version.success && version.data.galleyBackup > BACKUP_FORMAT) throw newerGalley()
  const manifest = manifestSchema.parse(value)
  if (manifest.dataVersion > MIGRATIONS.length) throw newerGalley()
  return manifest
}

function newerGalley(): BackupRefusal {
  return new BackupRefusal('It was made by a newer Galley. Update Galley and try again.')
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
