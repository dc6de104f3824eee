import { expect, test } from 'vitest'
import { pageAt, type Feature, type Page } from '#renderer/window/feature.ts'
import { parseRoute, routeLink, storyLink } from '#renderer/window/routes.ts'

const ID = '7c9e6679-7425-40de-944b-e07fc1f90a01'

const page = (name: string, id: Page['id']): Page => ({ name, id, Component: () => null })
const FEATURES: Feature[] = [
  { pages: [page('', 'none'), page('story', 'required')] },
  {},
  { pages: [page('deliveries', 'none'), page('intake', 'optional')] },
]

test.each([
  ['', '', null],
  ['#/', '', null],
  [`#/story/${ID}`, 'story', ID],
  ['#/story', '', null],
  ['#/story/', '', null],
  ['#/story/not-an-id', '', null],
  [`#/story/${ID}/more`, '', null],
  ['#/deliveries', 'deliveries', null],
  [`#/deliveries/${ID}`, '', null],
  ['#/intake', 'intake', null],
  [`#/intake/${ID}`, 'intake', ID],
  ['#/elsewhere', '', null],
  [`#/elsewhere/${ID}`, '', null],
])('"%s" leads to the page "%s" with the id %s', (hash, name, id) => {
  const found = pageAt(parseRoute(hash), FEATURES)
  expect([found.page.name, found.id]).toEqual([name, id])
})

test('a link leads to the page and the id it was made of', () => {
  expect(parseRoute(storyLink(ID))).toEqual({ page: 'story', id: ID })
  expect(parseRoute(routeLink('destinations'))).toEqual({ page: 'destinations', id: null })
  expect(parseRoute(routeLink(''))).toEqual({ page: '', id: null })
})
