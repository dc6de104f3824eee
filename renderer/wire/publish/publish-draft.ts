/** How a story is to go out, as it is being decided: what the publish dialog's fields hold, and what is asked with it. */
import type { MomentRequest, PublishOptions } from '#shared/protocol/http.ts'
import { readMomentDraft, type MomentDraft } from './moment-draft.ts'

export interface PublishDraft {
  kind: 'update' | 'correction'
  note: string
  /** When it goes out; null is now. */
  at: MomentDraft | null
  embargo: MomentDraft | null
  withheld: boolean
  /** Ids of destinations that it does not go to. */
  except: ReadonlySet<string>
}

export interface PublishPlan {
  options: PublishOptions
  /** When it goes out; null is now. */
  at: MomentRequest | null
  /** What keeps it from being sent so, each under the field that it stands by. Empty when nothing does. */
  problems: Partial<Record<'note' | 'at' | 'embargo', string>>
}

export function newDraft(kind: PublishDraft['kind'], note = ''): PublishDraft {
  return { kind, note, at: null, embargo: null, withheld: false, except: new Set() }
}

const LONGEST_NOTE = 2000

/** What the draft asks for, at this time. `out`: whether a version of the story is out, so that it can be corrected. */
export function readDraft(draft: PublishDraft, { out, now }: { out: boolean; now: number }): PublishPlan {
  const problems: PublishPlan['problems'] = {}
  const correction = out && draft.kind === 'correction'
  const note = draft.note.trim()
  if (correction && note === '') problems.note = 'Say what was wrong and what is right: readers are told.'
  if (note.length > LONGEST_NOTE) problems.note = `A note has at most ${LONGEST_NOTE} characters.`

  const at = read('at', draft.at)
  const embargo = read('embargo', draft.embargo)
  if (at !== null && embargo !== null && embargo.moment.at <= at.moment.at) {
    problems.embargo = 'The embargo would be over before the story goes out.'
  }

  function read(field: 'at' | 'embargo', chosen: MomentDraft | null) {
    if (chosen === null) return null
    const reading = readMomentDraft(chosen, now)
    if ('request' in reading) return reading
    problems[field] = 'problem' in reading ? reading.problem : 'Say which of the two times is meant.'
    return null
  }

  return {
    options: {
      ...(correction && { kind: 'correction' as const }),
      ...(note !== '' && { edNote: note }),
      ...(embargo !== null && { embargo: embargo.request }),
      ...(draft.withheld && { withheld: true }),
      ...(draft.except.size > 0 && { except: [...draft.except] }),
    },
    at: at?.request ?? null,
    problems,
  }
}
