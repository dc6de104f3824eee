import { EventEmitter } from 'node:events'
import { expect, it, vi } from 'vitest'
import { UnreadBytes } from '#server/http/unread-bytes.ts'

/** A socket of a person, over a stream that is only counted. */
function open(unread: UnreadBytes, person: string) {
  const [socket, wire, exceeded] = [new EventEmitter(), new EventEmitter(), vi.fn()]
  unread.watch(person, socket as never, wire as never, exceeded)
  return { socket, exceeded, receive: (bytes: number) => wire.emit('data', Buffer.alloc(bytes)) }
}

it('counts what has come of messages that are not whole, over all sockets of a person', () => {
  const unread = new UnreadBytes(100)
  const [one, two, other] = [open(unread, 'maria'), open(unread, 'maria'), open(unread, 'nikos')]
  one.receive(60)
  other.receive(60)
  two.receive(40)
  expect(two.exceeded).not.toHaveBeenCalled()
  two.receive(1)
  expect(two.exceeded).toHaveBeenCalledOnce()
  expect(one.exceeded).not.toHaveBeenCalled()
  expect(other.exceeded).not.toHaveBeenCalled()
})

it('forgets a message once it is whole, and a socket once it is closed', () => {
  const unread = new UnreadBytes(100)
  const [one, two] = [open(unread, 'maria'), open(unread, 'maria')]
  one.receive(60)
  one.socket.emit('message')
  two.receive(70)
  expect(unread.of('maria')).toBe(70)
  two.socket.emit('close')
  expect(unread.of('maria')).toBe(0)
  two.receive(70)
  expect(unread.of('maria')).toBe(0)
})

it('does not take a ping between the parts of a message for the end of it', () => {
  const unread = new UnreadBytes(100)
  const { socket, receive } = open(unread, 'maria')
  receive(60)
  receive(16)
  socket.emit('ping', Buffer.alloc(10))
  expect(unread.of('maria')).toBe(60)
})
