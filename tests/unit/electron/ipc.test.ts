import { describe, expect, it } from 'vitest'
import { callChannel } from '#electron/channels.ts'
import { answerCalls, type CallEvent, type CallHandlers } from '#electron/main/ipc.ts'

const ORIGIN = 'app://galley'
const OWN: CallEvent = { senderFrame: { origin: ORIGIN, parent: null } }
const NOTICE = { title: 'Filed', body: 'Storm', storyId: '0b8a3f0e-5b0e-4a6e-9b32-4a3c0f1d2e3f' }

/** The calls that reached their handlers, and a way to make one as a page would. */
function calls() {
  const heard: unknown[][] = []
  const hear =
    (name: string) =>
    (...args: unknown[]) => {
      heard.push([name, ...args])
      return undefined
    }
  const handlers: CallHandlers = {
    readSecret: (name) => `the ${name} secret`,
    writeSecret: hear('writeSecret'),
    openExternal: hear('openExternal'),
    changeServer: hear('changeServer'),
    takeStory: () => null,
    notify: hear('notify'),
    setUnsaved: hear('setUnsaved'),
    setLanguage: hear('setLanguage'),
  }
  const listeners = new Map<string, (event: CallEvent, ...args: unknown[]) => unknown>()
  answerCalls({ handle: (channel, listener) => void listeners.set(channel, listener) }, ORIGIN, handlers)
  const call = (name: string, args: unknown[], event: CallEvent = OWN) =>
    listeners.get(callChannel(name))?.(event, ...args)
  return { call, heard, channels: [...listeners.keys()] }
}

describe('calls from the page', () => {
  it('reach their handler with what was sent, and bring its answer back', () => {
    const { call, heard } = calls()
    expect(call('readSecret', ['session'])).toBe('the session secret')
    call('notify', [NOTICE])
    call('writeSecret', ['session', null])
    expect(heard).toEqual([
      ['notify', NOTICE],
      ['writeSecret', 'session', null],
    ])
  })

  it('hand over the parsed value, not the text that was sent', () => {
    const { call, heard } = calls()
    call('changeServer', [' newsroom.example '])
    expect(heard).toEqual([['changeServer', 'https://newsroom.example']])
  })

  it.each<[string, CallEvent]>([
    ['another origin', { senderFrame: { origin: 'https://evil.example', parent: null } }],
    ['a frame inside the page', { senderFrame: { origin: ORIGIN, parent: {} } }],
    ['an opaque origin', { senderFrame: { origin: 'null', parent: null } }],
    ['a frame that is gone', { senderFrame: null }],
  ])('are refused from %s', (_what, event) => {
    const { call, heard } = calls()
    expect(() => call('setUnsaved', [true], event)).toThrow("only for the app's own page")
    expect(heard).toEqual([])
  })

  it.each<[string, unknown[]]>([
    ['readSecret', ['../session']],
    ['readSecret', []],
    ['readSecret', ['session', 'and more']],
    ['writeSecret', ['session', 7]],
    ['writeSecret', ['session', 'x'.repeat(20_000)]],
    ['openExternal', ['file:///etc/passwd']],
    ['openExternal', ['http://plain.example']],
    ['openExternal', ['javascript:alert(1)']],
    ['openExternal', [{ toString: () => 'https://x.example' }]],
    ['changeServer', ['http://newsroom.example']],
    ['changeServer', ['ftp://newsroom.example']],
    ['notify', [{ ...NOTICE, storyId: 'not an id' }]],
    ['notify', ['text']],
    ['setUnsaved', ['yes']],
    ['takeStory', ['anything']],
  ])('are refused when their arguments do not fit: %s(%j)', (name, args) => {
    const { call, heard } = calls()
    expect(() => call(name, args)).toThrow()
    expect(heard).toEqual([])
  })

  it('are these and no others', () => {
    const names = [
      'changeServer',
      'notify',
      'openExternal',
      'readSecret',
      'setLanguage',
      'setUnsaved',
      'takeStory',
      'writeSecret',
    ]
    expect(calls().channels.sort()).toEqual(names.map(callChannel))
  })
})
