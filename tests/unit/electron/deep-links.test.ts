import { describe, expect, it } from 'vitest'
import { createStoryInbox, storyInArguments, storyInLink } from '#electron/main/deep-links.ts'

const ID = '0b8a3f0e-5b0e-4a6e-9b32-4a3c0f1d2e3f'

describe('a galley:// link', () => {
  it.each([`galley://story/${ID}`, `galley://story/${ID}/`, `GALLEY://story/${ID.toUpperCase()}`])(
    '%s names its story',
    (link) => expect(storyInLink(link)).toBe(ID),
  )

  it.each([
    '',
    `galley://story/`,
    `galley://story/${ID}x`,
    `galley://story/${ID}/edit`,
    `galley://story/${ID}?then=https://evil.example`,
    `galley://story/${ID}#x`,
    `galley://desk/${ID}`,
    `galley:story/${ID}`,
    ` galley://story/${ID}`,
    `https://story/${ID}`,
    `galley://story/${'-'.repeat(36)}`,
    `galley://story/../${ID}`,
  ])('%j names nothing', (link) => expect(storyInLink(link)).toBeNull())

  it('is found among the arguments of a command line', () => {
    expect(storyInArguments(['/opt/galley', '--flag', `galley://story/${ID}`])).toBe(ID)
    expect(storyInArguments(['/opt/galley', '--flag'])).toBeNull()
  })
})

describe('the story inbox', () => {
  it('knocks, and hands each story out once', () => {
    let knocks = 0
    const inbox = createStoryInbox(() => knocks++)
    expect(inbox.take()).toBeNull()
    inbox.put('a')
    inbox.put('b')
    expect([knocks, inbox.take(), inbox.take()]).toEqual([2, 'b', null])
  })
})
