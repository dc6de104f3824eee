import { describe, expect, expectTypeOf, test } from 'vitest'
import { message, parseStoredMessage, storeMessage } from '#shared/messages/message.ts'
import type { ArgumentsOf, TagsOf } from '#shared/messages/message-params.ts'
import { createMessages } from '#shared/messages/messages.ts'
import { receivedMessage, sendStored, sentMessageSchema } from '#shared/messages/sent-message.ts'
import { receivedRefusal } from '#shared/protocol/refusals.ts'

describe('the compiler reads a text’s parameters', () => {
  test('of every kind', () => {
    expectTypeOf<ArgumentsOf<'{slug} is at {desk}.'>>().toEqualTypeOf<{ slug: string; desk: string }>()
    expectTypeOf<ArgumentsOf<'{n, number} at {at, time, short}'>>().toEqualTypeOf<{ n: number; at: Date }>()
  })

  test('around and inside of plurals and selects', () => {
    type Plural = '{count, plural, =0 {none} one {# story by {name}} other {# stories}} on {desk}'
    expectTypeOf<ArgumentsOf<Plural>>().toEqualTypeOf<{ count: number; name: string; desk: string }>()
    type Select = '{kind, select, kill {{who} killed it} other {{count, plural, one {a} other {b}}}}'
    expectTypeOf<ArgumentsOf<Select>>().toEqualTypeOf<{ kind: string; who: string; count: number }>()
  })

  test('and its tags', () => {
    expectTypeOf<TagsOf<'Press <key>N</key> or <link>look</link>.'>>().toEqualTypeOf<'key' | 'link'>()
    expectTypeOf<TagsOf<'Nothing here'>>().toEqualTypeOf<never>()
  })
})

describe('a message in a row', () => {
  test.each([message('app.sign-in'), message('refusal.too-many-wrong-passwords', { minutes: 3 })])(
    'is read as it was written: %o',
    (said) => expect(parseStoredMessage(storeMessage(said))).toEqual(said),
  )

  test('may be several, said one after the other', () => {
    const said = { messages: [message('app.sign-in'), message('refusal.too-many-wrong-passwords', { minutes: 3 })] }
    expect(parseStoredMessage(storeMessage(said))).toEqual(said)
    expect(createMessages('en').say(said)).toMatch(/^Sign in Too many wrong passwords\./)
  })

  test.each(['The story was taken back.', '{not json', '"app.sign-in"', '{"code":"of.a-newer-version"}', ''])(
    'of an older or newer version stays text: %s',
    (text) => expect(parseStoredMessage(text)).toEqual({ text }),
  )
})

describe('a message in an answer', () => {
  const sent = (stored: string) => sentMessageSchema.parse(sendStored(stored))

  test('is said in the app’s own language, and read in English by others', () => {
    const stored = storeMessage(message('server.schedule.cancelled-by', { name: 'Anna' }))
    expect(sent(stored).text).toBe('Cancelled by Anna.')
    expect(createMessages('el').say(receivedMessage(sent(stored)))).toBe('Το ακύρωσε: Anna.')
  })

  test('of an older row is shown as it is', () =>
    expect(receivedMessage(sent('Taken back.'))).toEqual({ text: 'Taken back.' }))

  test('of a newsroom with other parameters is shown in English', () =>
    expect(
      createMessages('el').say(
        receivedMessage({ text: 'Cancelled by Anna.', messages: [{ id: 'refusal.checks-failed' }] }),
      ),
    ).toBe('Cancelled by Anna.'))

  test('of a newer newsroom is shown in English', () =>
    expect(receivedMessage({ text: 'Lost at sea.', messages: [{ id: 'server.delivery.at-sea' }] })).toEqual({
      text: 'Lost at sea.',
    }))
})

describe('a refusal that was received', () => {
  test('is said by its code', () =>
    expect(createMessages('en').say(receivedRefusal({ code: 'wrong-password', message: 'No.' }))).toBe(
      'Wrong email or password.',
    ))
  test('is shown in the server’s own words when its parameters are not those of this version', () =>
    expect(createMessages('en').say(receivedRefusal({ code: 'checks-failed', message: 'No.' }))).toBe('No.'))
  test('of a newer server is said in its own words', () =>
    expect(receivedRefusal({ code: 'leap-second', message: 'No.' })).toEqual({ text: 'No.' }))
})
