/**
 * `npm run admin`: creates a real newsroom, manages its people, backs it up and restores it. Its server may be running
 * unless a command says otherwise.
 */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { SHORTEST_PASSWORD } from '#shared/protocol/http.ts'
import type { Person } from '#shared/story/story.ts'
import { ROLES } from '#shared/story/workflow.ts'
import { parseSubjects } from '#shared/wire/subjects/parse.ts'
import type { SubjectTerm } from '#shared/wire/subjects/subject-term.ts'
import { hashPassword } from './auth/passwords.ts'
import {
  addPerson,
  EmailTakenError,
  findPersonByEmail,
  listPeople,
  removePerson,
  setPassword,
  setRole,
  toPerson,
} from './auth/people.ts'
import { BackupRefusal } from './backup/archive.ts'
import { backUp } from './backup/back-up.ts'
import { restore } from './backup/restore.ts'
import { ConfigError, defaultDataFolder, readDatabaseUrl } from './config.ts'
import { backUpFirst } from './conversion/back-up-first.ts'
import { createNewsroom, FIRST_DESKS } from './create-newsroom.ts'
import { keepFilesPrivate } from './private-files.ts'
import { readPassword } from './read-password.ts'
import { markRestored } from './relay/claims.ts'
import { readSettings, setLanguage } from './settings.ts'
import { openStore, openStoreBeside } from './store/open-store.ts'
import { StoreRefusal } from './store/store-refusal.ts'
import type { Store } from './store/store.ts'
import { record } from './story/audit.ts'
import { importSubjects } from './wire/subjects.ts'

const HELP = `Makes and keeps a newsroom. Its server may be running, but for restore and mark-restored, and for create-newsroom
and add-person unless its data is in PostgreSQL (DATABASE_URL).

Usage: npm run admin -- COMMAND [flags]

  create-newsroom --name NAME --email EMAIL --person-name NAME [--role ROLE] [--language TAG]
      makes the newsroom and its first person, in an empty data folder
  set-language --language TAG
      gives the newsroom another language, at once; apps that are open show it once they are started again
  add-person --email EMAIL --person-name NAME --role ROLE
      adds a person to it
  list-people
      says who is in it
  remove-person --email EMAIL
      takes a person out of it: they are signed out everywhere, at once; what they wrote stays under their name
  set-role --email EMAIL --role ROLE
      gives a person another role, in their open apps too
  set-password --email EMAIL
      gives a person another password, and signs them out everywhere
  backup FILE
      writes all of it to one file, while the server runs or not; a file of that name is replaced
  restore FILE
      restores it from such a file, in an empty data folder
  mark-restored
      after pg_restore, before any server is started: lets people's own copies bring back what the dump lacks

  import-subjects FILE
      loads IPTC's Media Topics, as NewsML-G2 or as JSON-LD (https://cv.iptc.org/newscodes/mediatopic/), in all their
      languages and in the place of those that were loaded before

  --data FOLDER   the data folder (GALLEY_DATA; default: $XDG_DATA_HOME/galley, or ~/.galley)
  --role ROLE     ${ROLES.join(', ')}; the first person is "wire" unless you say otherwise, and may do everything
  --language TAG  a language, such as en, el or pt-BR: what subjects are shown, stories begun and public feeds written in;
                  "en" unless you say otherwise
  --help          this text

A person's password is asked for on the terminal, without showing it; or it is the first line of the standard input:
  printf '%s\\n' "$PASSWORD" | npm run admin -- add-person …
It has at least ${SHORTEST_PASSWORD} characters.`

/** The exit code when the backup was made but lacks pictures. */
const EXIT_INCOMPLETE = 3

/** The command cannot be done. The message says why, and what to do. */
class AdminError extends Error {}

const oneLine = z
  .string()
  .trim()
  .min(1, 'cannot be empty')
  .max(100, 'has at most 100 characters')
  .regex(/^\P{Cc}*$/u, 'is one line')
const roleSchema = z.enum(ROLES, { error: `is one of ${ROLES.join(', ')}` })
const personFlags = z.object({
  email: z.email('is an e-mail address, such as maria@example.org').max(254),
  'person-name': oneLine,
  role: roleSchema,
})
const languageSchema = z.string().transform((tag, context) => {
  try {
    return new Intl.Locale(tag).toString()
  } catch {
    context.addIssue('is the tag of a language, such as en, el or pt-BR')
    return z.NEVER
  }
})
const newsroomFlags = personFlags.extend({
  name: oneLine,
  role: roleSchema.default('wire'),
  language: languageSchema.optional(),
})
const languageFlags = z.object({ language: languageSchema })

const emailFlags = personFlags.pick({ email: true })
const roleFlags = personFlags.pick({ email: true, role: true })

type Flags = Partial<Record<'name' | 'email' | 'person-name' | 'role' | 'language' | 'data', string>>

function readFlags(args: string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        name: text,
        email: text,
        'person-name': text,
        role: text,
        language: text,
        data: text,
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new AdminError(`${error instanceof Error ? error.message : String(error)} See --help.`)
  }
}

function parseFlags<T extends z.ZodType>(schema: T, flags: Flags): z.output<T> {
  const parsed = schema.safeParse(flags)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const name = String(issue?.path[0] ?? '')
  throw new AdminError(
    Object.hasOwn(flags, name)
      ? `--${name} ${issue?.message ?? 'cannot be used'}`
      : `--${name} is missing. See --help.`,
  )
}

async function newPassword(): Promise<string> {
  const password = await readPassword('Password: ')
  if (password === null) throw new AdminError('No password was given. Nothing was changed.')
  if (password.length < SHORTEST_PASSWORD) {
    throw new AdminError(
      `A password has at least ${SHORTEST_PASSWORD} characters. A few words in a row make a good one.`,
    )
  }
  if (process.stdin.isTTY && (await readPassword('The same again: ')) !== password) {
    throw new AdminError('The two passwords are not the same. Nothing was changed.')
  }
  return password
}

async function createCommand(flags: Flags, data: string): Promise<string> {
  const { name, email, role, language, 'person-name': personName } = parseFlags(newsroomFlags, flags)
  return withStore(data, async (store) => {
    const there = await readSettings(store.db)
    if (there !== null) {
      throw new AdminError(`There is already a newsroom in ${data}: ${there.name}. Name another folder with --data.`)
    }
    const person = { name: personName, email, role, password: await newPassword() }
    await createNewsroom(store.db, { name, demo: false, language, people: [person], desks: FIRST_DESKS })
    return `${name} is made, in ${data}. Start it with: npm run server`
  })
}

async function languageCommand(flags: Flags, data: string): Promise<string> {
  const { language } = parseFlags(languageFlags, flags)
  const store = await openStoreBeside(data, readDatabaseUrl(process.env))
  try {
    const there = await readSettings(store.db)
    if (there === null) throw new AdminError(`There is no newsroom in ${data} yet. Make one with create-newsroom.`)
    await store.db.transaction().execute(async (trx) => {
      await setLanguage(trx, language)
      await record(trx, { personId: null, action: 'language-set', detail: { language } })
    })
    return `The language of ${there.name} is ${language} now. Apps that are open show it once they are started again.`
  } finally {
    await store.close()
  }
}

async function addPersonCommand(flags: Flags, data: string): Promise<string> {
  const { email, role, 'person-name': name } = parseFlags(personFlags, flags)
  return withStore(data, async (store) => {
    const { db } = store
    const there = await readSettings(db)
    if (there === null) throw new AdminError(`There is no newsroom in ${data} yet. Make one with create-newsroom.`)
    if (there.demo) throw new AdminError(`${data} holds the demo newsroom, which keeps its three people.`)
    const password = await newPassword()
    const person = await addPerson(db, { name, email, role, password })
    await record(db, { personId: null, action: 'person-added', detail: { person: person.id, role } })
    return `${name} <${person.email}> is in ${there.name} now, as ${role}.`
  })
}

async function removeCommand(flags: Flags, data: string): Promise<string> {
  const { email } = parseFlags(emailFlags, flags)
  return withPerson(data, email, async (db, person) => {
    await removePerson(db, person)
    await record(db, { personId: null, action: 'person-removed', detail: { person: person.id } })
    return `${person.name} <${person.email}> is not in the newsroom any more, and is signed out everywhere.`
  })
}

async function roleCommand(flags: Flags, data: string): Promise<string> {
  const { email, role } = parseFlags(roleFlags, flags)
  return withPerson(data, email, async (db, person) => {
    await setRole(db, person, role)
    await record(db, { personId: null, action: 'role-set', detail: { person: person.id, role } })
    return `${person.name} <${person.email}> is ${role} now.`
  })
}

async function passwordCommand(flags: Flags, data: string): Promise<string> {
  const { email } = parseFlags(emailFlags, flags)
  // Before the database is opened, since it takes a while.
  const passwordHash = await hashPassword(await newPassword())
  return withPerson(data, email, async (db, person) => {
    await setPassword(db, person, passwordHash)
    await record(db, { personId: null, action: 'password-set', detail: { person: person.id } })
    return `${person.name} <${person.email}> has a new password, and is signed out everywhere.`
  })
}

/** Changes one person of a newsroom whose server may be running, in one transaction. */
async function withPerson(
  data: string,
  email: string,
  work: (db: Store['db'], person: Person) => Promise<string>,
): Promise<string> {
  const store = await openStoreBeside(data, readDatabaseUrl(process.env))
  try {
    const there = await readSettings(store.db)
    if (there?.demo === true) throw new AdminError(`${data} holds the demo newsroom, which keeps its three people.`)
    return await store.db.transaction().execute(async (trx) => {
      const row = await findPersonByEmail(trx, email)
      if (row === undefined)
        throw new AdminError(`Nobody in the newsroom has the e-mail address ${email}. See list-people.`)
      return work(trx, toPerson(row))
    })
  } finally {
    await store.close()
  }
}

async function listCommand(data: string): Promise<string> {
  const store = await openStoreBeside(data, readDatabaseUrl(process.env))
  try {
    const people = await listPeople(store.db)
    return people.map(({ name, email, role }) => `${name} <${email}> ${role}`).join('\n')
  } finally {
    await store.close()
  }
}

async function backupCommand(file: string, data: string): Promise<string> {
  refuseOtherDatabase('pg_dump')
  const { manifest, pictures, bytes } = await backUp(data, file)
  const { newsroom, missingPictures } = manifest
  if (missingPictures.length > 0) {
    process.exitCode = EXIT_INCOMPLETE
    process.stderr.write(
      `${missingPictures.length} pictures are not in ${data}, or not whole, and so not in the backup: ` +
        `${missingPictures.join(', ')}\n`,
    )
  }
  return `${newsroom.name} is in ${file}: ${(bytes / 1_000_000).toFixed(1)} MB, ${pictures} pictures. It was read again and is whole.`
}

async function restoreCommand(file: string, data: string): Promise<string> {
  refuseOtherDatabase('pg_restore')
  const { manifest, pictures } = await restore(file, data)
  return `${manifest.newsroom.name} of ${manifest.madeAt} is in ${data}, with ${pictures} pictures. Start it with: npm run server`
}

async function subjectsCommand(file: string, data: string): Promise<string> {
  const terms = await readSubjects(file)
  const store = await openStoreBeside(data, readDatabaseUrl(process.env))
  try {
    await importSubjects(store.db, terms)
  } finally {
    await store.close()
  }
  const languages = new Set(terms.flatMap(({ labels }) => Object.keys(labels)))
  return `${terms.length} subjects are there now, in ${languages.size} languages.`
}

async function readSubjects(file: string): Promise<SubjectTerm[]> {
  try {
    return parseSubjects(await readFile(file, 'utf8'))
  } catch (error) {
    throw new AdminError(`${file} cannot be used: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function markCommand(data: string): Promise<string> {
  if (readDatabaseUrl(process.env) === null) {
    throw new AdminError('This is for a database that pg_restore has filled: name it with DATABASE_URL.')
  }
  return withStore(data, async ({ db }) => {
    const there = await readSettings(db)
    if (there === null) throw new AdminError('There is no newsroom in the database of DATABASE_URL: restore it first.')
    await db.transaction().execute(async (trx) => {
      await markRestored(trx)
      await record(trx, { personId: null, action: 'newsroom-restored', detail: {} })
    })
    return `${there.name} takes back what people's own copies have. Start its servers.`
  })
}

/** Refuses a newsroom on PostgreSQL, which has its own tools for this. */
function refuseOtherDatabase(tool: string): void {
  if (readDatabaseUrl(process.env) === null) return
  throw new AdminError(
    `This newsroom's database is at DATABASE_URL: use ${tool}, and copy the pictures beside it. See docs/large-newsroom.md.`,
  )
}

async function withStore<T>(data: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(data, readDatabaseUrl(process.env), backUpFirst(data))
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

async function main(): Promise<string> {
  const { values, positionals } = readFlags(process.argv.slice(2))
  const { help, ...flags } = values
  if (help === true) return HELP
  const [command, ...given] = positionals
  const takesFile = command === 'backup' || command === 'restore' || command === 'import-subjects'
  const [file, ...more] = takesFile ? given : ['', ...given]
  if (file === undefined) throw new AdminError(`${command} needs a FILE. See --help.`)
  if (more.length > 0) throw new AdminError(`One command at a time: "${more.join(' ')}" is too much. See --help.`)
  const named = flags.data ?? process.env['GALLEY_DATA']
  const data = named === undefined || named === '' ? defaultDataFolder(false) : named
  switch (command) {
    case 'backup':
      return backupCommand(file, data)
    case 'restore':
      return restoreCommand(file, data)
    case 'mark-restored':
      return markCommand(data)
    case 'import-subjects':
      return subjectsCommand(file, data)
    case 'create-newsroom':
      return createCommand(flags, data)
    case 'set-language':
      return languageCommand(flags, data)
    case 'add-person':
      return addPersonCommand(flags, data)
    case 'list-people':
      return listCommand(data)
    case 'remove-person':
      return removeCommand(flags, data)
    case 'set-role':
      return roleCommand(flags, data)
    case 'set-password':
      return passwordCommand(flags, data)
    case undefined:
      throw new AdminError(HELP)
    default:
      throw new AdminError(`There is no command "${command}". See --help.`)
  }
}

try {
  keepFilesPrivate()
  process.stdout.write(`${await main()}\n`)
} catch (error) {
  const known = [AdminError, ConfigError, StoreRefusal, EmailTakenError, BackupRefusal].some(
    (kind) => error instanceof kind,
  )
  process.stderr.write(`${error instanceof Error ? (!known && error.stack) || error.message : String(error)}\n`)
  process.exitCode = known ? 2 : 1
}
