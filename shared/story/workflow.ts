/**
 * A story's life as data: its stages, who may move it from one to the next, and who may write in it where.
 * Server and screen read the same tables, so a button that is shown is a move that will be accepted.
 */

import { FIGURE_FIELDS, STORY_FIELDS } from '../article/fields.ts'

export const ROLES = ['reporter', 'editor', 'wire'] as const
export type Role = (typeof ROLES)[number]

export const STAGES = ['draft', 'filed', 'ready', 'published', 'spiked', 'killed'] as const
export type Stage = (typeof STAGES)[number]

export const STAGE_LABELS: Record<Stage, string> = {
  draft: 'Draft',
  filed: 'Filed',
  ready: 'Ready',
  published: 'Published',
  spiked: 'Spiked',
  killed: 'Killed',
}

export interface Move {
  /** The move's name in the HTTP contract and in the audit log. */
  name: 'file' | 'ready' | 'return' | 'spike' | 'unspike'
  /** The word on the button. */
  label: string
  from: readonly Stage[]
  to: Stage
  roles: readonly Role[]
  /** Whether this is the one next action that the page offers to those who may make it, or one from the menu. */
  primary: boolean
}

/** Every move a person can make. Publishing is not among them: it freezes a version and goes through the wire. */
export const MOVES: readonly Move[] = [
  { name: 'file', label: 'File', from: ['draft'], to: 'filed', roles: ROLES, primary: true },
  { name: 'ready', label: 'Ready', from: ['draft', 'filed'], to: 'ready', roles: ['editor', 'wire'], primary: true },
  {
    name: 'return',
    label: 'Return to writer',
    from: ['filed', 'ready'],
    to: 'draft',
    roles: ['editor', 'wire'],
    primary: false,
  },
  {
    name: 'spike',
    label: 'Spike',
    from: ['draft', 'filed', 'ready'],
    to: 'spiked',
    roles: ['editor', 'wire'],
    primary: false,
  },
  { name: 'unspike', label: 'Bring back', from: ['spiked'], to: 'draft', roles: ['editor', 'wire'], primary: true },
]

/** The moves that someone in this role can make from this stage, the primary one first. */
export function movesFrom(stage: Stage, role: Role): Move[] {
  return MOVES.filter((move) => move.from.includes(stage) && move.roles.includes(role)).sort(
    (a, b) => Number(b.primary) - Number(a.primary),
  )
}

/** Publishing a story for the first time, or sending a published one again as an update. */
export function mayPublish(stage: Stage, role: Role): boolean {
  return role === 'wire' && (stage === 'ready' || stage === 'published')
}

/** Correcting what is out, with a note that readers see. */
export function mayCorrect(stage: Stage, role: Role): boolean {
  return role === 'wire' && stage === 'published'
}

/** Withdrawing what is out from every receiver, for good: a killed story leads nowhere. */
export function mayKill(stage: Stage, role: Role): boolean {
  return role === 'wire' && stage === 'published'
}

/** Deciding where stories go, what becomes of what could not be delivered, and what is taken in from others. */
export function mayRunWire(role: Role): boolean {
  return role === 'wire'
}

/** What of a story can be given to somebody to write: a kind of field, which pictures stand where, or what the desk knows. */
export const STORY_PARTS = [...STORY_FIELDS, ...FIGURE_FIELDS, 'figures', 'meta'] as const
export type StoryPart = (typeof STORY_PARTS)[number]

/** What somebody may change: everything, nothing, or these parts alone. */
export type WriteRights = boolean | readonly StoryPart[]

/** What a picture says may be put right to the last; its story's words are the desk's by then. */
const BESIDE_THE_PICTURES: readonly StoryPart[] = ['caption', 'credit']

const WRITE_RIGHTS: Record<Stage, Record<Role, WriteRights>> = {
  draft: { reporter: true, editor: true, wire: true },
  filed: { reporter: true, editor: true, wire: true },
  ready: { reporter: BESIDE_THE_PICTURES, editor: true, wire: true },
  published: { reporter: BESIDE_THE_PICTURES, editor: true, wire: true },
  spiked: { reporter: false, editor: false, wire: false },
  killed: { reporter: false, editor: false, wire: false },
}

/** What someone in this role may change of a story at this stage. They read along in the rest. */
export function writeRights(stage: Stage, role: Role): WriteRights {
  return WRITE_RIGHTS[stage][role]
}

/** Whether these rights are enough to change that part. */
export function allows(rights: WriteRights, part: StoryPart): boolean {
  return typeof rights === 'boolean' ? rights : rights.includes(part)
}

/** Whether someone in this role may change this part of a story at this stage. */
export function mayWriteField(stage: Stage, role: Role, part: StoryPart): boolean {
  return allows(writeRights(stage, role), part)
}
