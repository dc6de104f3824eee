/** What a wire editor says of a publication beside its words, read and kept. */
import { z } from 'zod'
import {
  type MomentRequest,
  type Moment,
  momentSchema,
  type PublishOptions,
  SOURCE_TERMS,
} from '#shared/protocol/http.ts'
import { readMoment } from '#shared/story/moment.ts'
import { Refusal } from '../refusal.ts'

/** {@link PublishOptions} with its times read. Kept with what is scheduled. */
export const sendingOptionsSchema = z.object({
  kind: z.enum(['new', 'update', 'correction']).nullable(),
  edNote: z.string().nullable(),
  embargo: momentSchema.nullable(),
  withheld: z.boolean(),
  except: z.array(z.string()),
  /** Plans of before there was this have none. */
  lifted: z
    .object({ item: z.string(), terms: z.array(z.enum(SOURCE_TERMS)) })
    .nullable()
    .default(null),
})
export type SendingOptions = z.infer<typeof sendingOptionsSchema>

/** The moment that is meant. Refuses with `bad-request` one that there is none of, or that comes twice. */
export function momentOf(request: MomentRequest): Moment {
  const moment = readMoment(request)
  if ('problem' in moment) throw new Refusal('bad-request', moment.problem)
  return moment
}

/** Reads what was asked for. Refuses a correction without a note, and an embargo that ends before `from` (milliseconds). */
export function readOptions(options: PublishOptions, from = Date.now()): SendingOptions {
  const { kind = null, edNote = null, embargo, withheld = false, except = [], lifted = null } = options
  if (kind === 'correction' && edNote === null) {
    throw new Refusal('bad-request', 'A correction says what was wrong: write a note for those who read it.')
  }
  const until = embargo === undefined ? null : momentOf(embargo)
  if (until !== null && Date.parse(until.at) <= from) {
    throw new Refusal('bad-request', 'That embargo ends before the story goes out. Choose a later time, or none.')
  }
  return { kind, edNote, embargo: until, withheld, except: [...except].sort(), lifted }
}
