/** A process for one measurement of a binding: `run.ts NAME WORK`, with WORK as JSON. Prints the result. */
import { z } from 'zod'
import { galleyField } from '#tests/support/headless-field.ts'
import { stockField } from './stock-field.ts'
import { measureDocument } from './tasks.ts'

const workSchema = z.object({ words: z.number(), keys: z.number(), enters: z.number(), times: z.number() })

const [, , name, work = ''] = process.argv
const outcome = measureDocument(name === 'galley' ? galleyField : stockField, workSchema.parse(JSON.parse(work)))
process.stdout.write(JSON.stringify(outcome))
// Timers of the editors' plugins would keep the process alive.
process.exit()
