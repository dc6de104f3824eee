import { expect, test } from 'vitest'
import { parseRoute, routeLink } from '#renderer/window/routes.ts'

const ID = '7c9e6679-7425-40de-944b-e07fc1f90a01'

test.each([
  ['', { page: 'desk' }],
  ['#/', { page: 'desk' }],
  [`#/story/${ID}`, { page: 'story', storyId: ID }],
  ['#/story/', { page: 'desk' }],
  ['#/story/not-an-id', { page: 'desk' }],
  [`#/story/${ID}/more`, { page: 'desk' }],
  ['#/deliveries', { page: 'deliveries' }],
  ['#/intake', { page: 'intake' }],
  [`#/intake/${ID}`, { page: 'intake', itemId: ID }],
  [`#/elsewhere/${ID}`, { page: 'desk' }],
])('"%s" leads to %j', (hash, route) => expect(parseRoute(hash)).toEqual(route))

test('a link leads where it says', () => {
  expect(parseRoute(routeLink({ page: 'story', storyId: ID }))).toEqual({ page: 'story', storyId: ID })
  expect(parseRoute(routeLink({ page: 'destinations' }))).toEqual({ page: 'destinations' })
  expect(parseRoute(routeLink({ page: 'intake', itemId: ID }))).toEqual({ page: 'intake', itemId: ID })
  expect(parseRoute(routeLink({ page: 'desk' }))).toEqual({ page: 'desk' })
})
