/** A wire editor's options for a publication, parsed and stored. */
import { z } from 'zod'
import {
  type MomentRequest,
  type Moment,
  momentSchema,
  type PublishOptions,
  SOURCE_TERMS,
} from '#shared/protocol/http.ts'
import { readMoment } from '#shared/story/moment.ts'
import { refuse, refuseWith } from '../refusal.ts'

/** {@link PublishOptions} with parsed times. Stored with a scheduled publication. */
export const sendingOptionsSchema = z.object({
  kind: z.enum(['new', 'update', 'correction']).nullable(),
  edNote: z.string().nullable(),
  embargo: momentSchema.nullable(),
  withheld: z.boolean(),
  except: z.array(z.string()),
  /** Absent from older rows. */
  lifted: z
    .object({ item: z.string(), terms: z.array(z.enum(SOURCE_TERMS)) })
    .nullable()
    .default(null),
})
export type SendingOptions = z.infer<typeof sendingOptionsSchema>

/** Returns the requested moment. Refuses a time that does not exist or occurs twice. */
export function momentOf(request: MomentRequest): Moment {
  const moment = readMoment(request)
  if ('problem' in moment) throw refuseWith(moment.problem)
  return moment
}

/**
 * Parses the requested options. Refuses a correction without a note, and an embargo that ends before `from` (in
 * milliseconds).
 */
export function readOptions(options: PublishOptions, from = Date.now()): SendingOptions {
  const { kind = null, edNote = null, embargo, withheld = false, except = [], lifted = null } = options
  if (kind === 'correction' && edNote === null) throw refuse('correction-note-missing')
  const until = embargo === undefined ? null : momentOf(embargo)
  if (until !== null && Date.parse(until.at) <= from) throw refuse('embargo-too-early')
  return { kind, edNote, embargo: until, withheld, except: [...except].sort(), lifted }
}
