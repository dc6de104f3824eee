import { describe, expect, test } from 'vitest'
import type { Role } from '#shared/story/workflow.ts'
import { frontLists } from '#renderer/desk/front-lists.ts'
import { MARIA, NORA, story } from './made-up-stories.ts'

const out = { stage: 'published', publishedVersion: 1, publishedAt: '2026-03-03T12:00:00.000Z' } as const
const STORIES = [
  story(1, { slug: 'out', ...out }),
  story(2, { slug: 'edited', ...out, changedSincePublished: true, createdBy: NORA }),
  story(3, { slug: 'killed', ...out, stage: 'killed', changedSincePublished: true }),
  story(4, { slug: 'ready', stage: 'ready' }),
  story(5, { slug: 'filed', stage: 'filed' }),
  story(6, { slug: 'draft', createdBy: NORA }),
]
const listed = (role: Role, id: string = NORA.id) =>
  Object.fromEntries(frontLists({ id, role }, STORIES).map(({ title, stories }) => [title, stories.map((s) => s.slug)]))

describe('the front page', () => {
  test.each<[Role, string, string[]]>([
    ['reporter', 'You are writing', ['draft']],
    ['editor', 'Filed, for you to edit', ['filed']],
    ['wire', 'Ready for the wire', ['ready']],
  ])('names what waits for a %s', (role, title, expected) => expect(listed(role)[title]).toEqual(expected))

  test.each<Role>(['editor', 'wire', 'reporter'])('tells a %s what was edited and not sent', (role) =>
    expect(listed(role)).toMatchObject({ 'Edited since they went out': ['edited'], 'On the wire': ['out'] }),
  )

  test('leaves others’ edits to those who send them', () =>
    expect(listed('reporter', MARIA.id)).toMatchObject({
      'Edited since they went out': [],
      'On the wire': ['out', 'edited'],
    }))

  test('never says of a killed story that it is on the wire', () =>
    expect(Object.values(listed('wire')).flat()).not.toContain('killed'))
})
