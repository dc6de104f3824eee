import { expect, test } from 'vitest'
import { addressOf, proxyCheck } from '#server/http/address.ts'
import { SocketLimits } from '#server/http/socket-limits.ts'
import { networkOf } from '#server/network.ts'

const maria = { personId: 'maria', address: '192.0.2.1', storyId: null }
const nikos = { personId: 'nikos', address: '192.0.2.2', storyId: null }

test('T7: limits the sockets of one person, whatever their purpose', () => {
  const limits = new SocketLimits({ perPerson: 2 })
  const leave = limits.enter(maria)
  limits.enter({ ...maria, storyId: 'one' })
  expect(limits.enter(maria)).toBe('tooManyConnections')
  expect(limits.enter(nikos)).toBeTypeOf('function')
  if (typeof leave === 'function') leave()
  expect(limits.enter(maria)).toBeTypeOf('function')
})

test('T7: limits the open stories of one person, but not how often each is open', () => {
  const limits = new SocketLimits({ storiesPerPerson: 2 })
  const into = (storyId: string) => limits.enter({ ...maria, storyId })
  const first = into('one')
  const second = into('one')
  into('two')
  into('two')
  expect(into('three')).toBe('tooManyStories')
  expect(limits.enter(maria)).toBeTypeOf('function')
  if (typeof first === 'function') first()
  expect(into('three')).toBe('tooManyStories')
  if (typeof second === 'function') second()
  expect(into('three')).toBeTypeOf('function')
})

test('T7: limits the sockets from one address, of any person', () => {
  const limits = new SocketLimits({ perAddress: 1 })
  const leave = limits.enter(maria)
  expect(limits.enter({ ...nikos, address: maria.address })).toBe('tooManyFromAddress')
  expect(limits.enter(nikos)).toBeTypeOf('function')
  if (typeof leave === 'function') leave()
  expect(limits.enter({ ...nikos, address: maria.address })).toBeTypeOf('function')
})

test.each([
  ['its own', '192.0.2.1', undefined, '192.0.2.1'],
  ['what a proxy on this computer says', '127.0.0.1', '192.0.2.1', '192.0.2.1'],
  ['the last that it says, since the client writes the others', '::1', '10.9.9.9, 192.0.2.1', '192.0.2.1'],
  ['what a proxy of the newsroom says', '10.1.0.7', '10.9.9.9, 192.0.2.1, 127.0.0.1', '192.0.2.1'],
  ['not what a stranger says', '192.0.2.1', '10.9.9.9', '192.0.2.1'],
  ['this computer’s', '::ffff:127.0.0.1', undefined, '::ffff:127.0.0.1'],
])('finds the address of a request: %s', (_, remoteAddress, forwarded, address) => {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  expect(addressOf({ headers, socket: { remoteAddress } as never }, proxyCheck(['loopback', '10.1.0.0/16']))).toBe(
    address,
  )
})

test('limits the refused sockets from one address', () => {
  const limits = new SocketLimits({ refusedPerAddress: 1 })
  const leave = limits.enterRefused(maria.address)
  expect(limits.enterRefused(maria.address)).toBeNull()
  expect(limits.enterRefused(nikos.address)).not.toBeNull()
  leave?.()
  expect(limits.enterRefused(maria.address)).not.toBeNull()
})

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:1::7', '2001:db8:1:1::/64'],
  ['2001:DB8:0001:1:ffff:ffff:ffff:ffff', '2001:db8:1:1::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8::1:2:3:4:5', '2001:db8:0:1::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['unknown', 'unknown'],
])('counts %s as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
