import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { callChannel, COMMAND_EVENT, SERVER_ARGUMENT, STORY_EVENT } from '#electron/channels.ts'
import { createBridge } from '#electron/preload/create-bridge.ts'

/** A bridge whose main process answers with `answer`. */
function bridgeTo(answer: (channel: string, args: unknown[]) => unknown) {
  const events = new EventEmitter()
  const messenger = {
    invoke: async (channel: string, ...args: unknown[]) => Promise.resolve(answer(channel, args)),
    on: (channel: string, listener: (...args: unknown[]) => void) => events.on(channel, listener),
    off: (channel: string, listener: (...args: unknown[]) => void) => events.off(channel, listener),
  }
  return { bridge: createBridge(messenger, ['app', `${SERVER_ARGUMENT}https://newsroom.example`]), events }
}

describe('the bridge', () => {
  it('knows the server from the process arguments', () => {
    expect(bridgeTo(() => null).bridge.server).toBe('https://newsroom.example')
  })

  it('calls main by name', async () => {
    const answer = vi.fn(() => 'token')
    await expect(bridgeTo(answer).bridge.readSecret('session')).resolves.toBe('token')
    expect(answer).toHaveBeenCalledWith(callChannel('readSecret'), ['session'])
  })

  it('shows the reason that main gave, without what Electron wraps it in', async () => {
    const { bridge } = bridgeTo(() => {
      throw new Error("Error invoking remote method 'galley:call:writeSecret': Error: This system has no keyring")
    })
    await expect(bridge.writeSecret('session', 'x')).rejects.toThrow(/^This system has no keyring$/)
  })

  it('passes on commands of the menu until it is told to stop', () => {
    const { bridge, events } = bridgeTo(() => null)
    const heard: string[] = []
    const stop = bridge.onCommand((id) => heard.push(id))
    events.emit(COMMAND_EVENT, {}, 'story.new')
    stop()
    events.emit(COMMAND_EVENT, {}, 'story.print')
    expect(heard).toEqual(['story.new'])
  })

  it('opens the story whose link came before anyone listened, and those that come after', async () => {
    const waiting = ['first', 'second']
    const { bridge, events } = bridgeTo(() => waiting.shift() ?? null)
    const opened: string[] = []
    const stop = bridge.onOpenStory((id) => opened.push(id))
    await expect.poll(() => opened).toEqual(['first'])
    events.emit(STORY_EVENT, {})
    await expect.poll(() => opened).toEqual(['first', 'second'])
    stop()
    expect(events.listenerCount(STORY_EVENT)).toBe(0)
  })
})
