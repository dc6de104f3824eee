/** The draft of a publication: the values of the publish dialog's fields, and the request made of them. */
import { message, type MessageOrText } from '#shared/messages/message.ts'
import type { MomentRequest, PublishOptions, SourceTerm } from '#shared/protocol/http.ts'
import { checkMessages } from '#shared/story/check-failure.ts'
import { checkTerms, termsBroken, type TermsItem } from '#shared/story/source-terms.ts'
import { momentDraftOf, readMomentDraft, type MomentDraft } from './moment-draft.ts'

export interface PublishDraft {
  kind: 'update' | 'correction'
  note: string
  /** When it goes out; null for now. */
  at: MomentDraft | null
  embargo: MomentDraft | null
  withheld: boolean
  /** The ids of destinations to leave out. */
  except: ReadonlySet<string>
  /** The source's terms that the editor has marked as lifted. */
  lifted: ReadonlySet<SourceTerm>
}

export interface PublishPlan {
  options: PublishOptions
  /** When it goes out; null for now. */
  at: MomentRequest | null
  /** The source's terms that forbid this, lifted or not. */
  broken: readonly SourceTerm[]
  /** The problems that prevent sending, by field; empty if there are none. */
  problems: Partial<Record<'note' | 'at' | 'embargo' | 'source', MessageOrText>>
}

export function newDraft(kind: PublishDraft['kind'], note = ''): PublishDraft {
  return { kind, note, at: null, embargo: null, withheld: false, except: new Set(), lifted: new Set() }
}

/** Returns the draft with the source's terms, as if the editor had set them; none of them lifted. */
export function underTerms(draft: PublishDraft, item: TermsItem, now: number): PublishDraft {
  const until = item.embargo === null ? null : Date.parse(item.embargo)
  const chosen = draft.embargo === null ? null : readMomentDraft(draft.embargo, now)
  const lasts = until === null || (chosen !== null && 'moment' in chosen && Date.parse(chosen.moment.at) >= until)
  return {
    ...draft,
    embargo: until === null || until <= now || lasts ? draft.embargo : momentDraftOf(until),
    withheld: item.withheld || draft.withheld,
    lifted: new Set(),
  }
}

const LONGEST_NOTE = 2000

export interface DraftContext {
  /** True if the story is published, so that it can be corrected. */
  out: boolean
  now: number
  /** The source's latest item; null for a story written here. */
  source: TermsItem | null
}

/** Returns the request of the draft at this time. */
export function readDraft(draft: PublishDraft, { out, now, source }: DraftContext): PublishPlan {
  const problems: PublishPlan['problems'] = {}
  const correction = out && draft.kind === 'correction'
  const note = draft.note.trim()
  if (correction && note === '') problems.note = message('wire.publish.correction-note-missing')
  if (note.length > LONGEST_NOTE) problems.note = message('wire.publish.note-too-long', { max: LONGEST_NOTE })

  const at = read('at', draft.at)
  const embargo = read('embargo', draft.embargo)
  if (at !== null && embargo !== null && embargo.moment.at <= at.moment.at) {
    problems.embargo = message('wire.publish.embargo-too-early')
  }

  const going = {
    at: at === null ? now : Date.parse(at.moment.at),
    embargo: embargo === null ? null : Date.parse(embargo.moment.at),
    withheld: draft.withheld,
  }
  const broken = source === null ? [] : termsBroken(source, going)
  const terms = broken.filter((term) => draft.lifted.has(term))
  const lifted = source === null || terms.length === 0 ? null : { item: source.id, terms }
  const kept = source === null ? [] : checkTerms(source, broken, lifted)
  if (kept.length > 0) problems.source = checkMessages(kept)

  function read(field: 'at' | 'embargo', chosen: MomentDraft | null) {
    if (chosen === null) return null
    const reading = readMomentDraft(chosen, now)
    if ('request' in reading) return reading
    problems[field] = 'problem' in reading ? reading.problem : message('wire.moment.ambiguous')
    return null
  }

  return {
    options: {
      ...(correction && { kind: 'correction' as const }),
      ...(note !== '' && { edNote: note }),
      ...(embargo !== null && { embargo: embargo.request }),
      ...(draft.withheld && { withheld: true }),
      ...(draft.except.size > 0 && { except: [...draft.except] }),
      ...(lifted !== null && { lifted }),
    },
    at: at?.request ?? null,
    broken,
    problems,
  }
}
