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
  Object.fromEntries(
    frontLists({ id, role }, STORIES).map(({ title, stories }) => [title.id, stories.map((s) => s.slug)]),
  )

describe('the front page', () => {
  test.each<[Role, string, string[]]>([
    ['reporter', 'desk.front.drafts', ['draft']],
    ['editor', 'desk.front.filed', ['filed']],
    ['wire', 'desk.front.ready', ['ready']],
  ])('lists the work waiting for a %s', (role, title, expected) => expect(listed(role)[title]).toEqual(expected))

  test.each<Role>(['editor', 'wire', 'reporter'])('lists for a %s the stories edited since publication', (role) =>
    expect(listed(role)).toMatchObject({ 'desk.front.edited': ['edited'], 'desk.front.published': ['out'] }),
  )

  test('lists a reporter’s own edits only', () =>
    expect(listed('reporter', MARIA.id)).toMatchObject({
      'desk.front.edited': [],
      'desk.front.published': ['out', 'edited'],
    }))

  test('does not list killed stories as published', () =>
    expect(Object.values(listed('wire')).flat()).not.toContain('killed'))
})
