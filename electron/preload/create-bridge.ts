import type { Bridge, CallName, CallResults } from '../bridge.ts'
import { callChannel, COMMAND_EVENT, SERVER_ARGUMENT, STORY_EVENT } from '../channels.ts'

/** The part of Electron's ipcRenderer that is used. */
export interface Messenger {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>
  on(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown
  off(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown
}

/** What Electron puts in front of an error's own message when a call fails in main. */
const WRAPPING = /^Error invoking remote method '[^']*': (?:\w*Error: )?/

/** The bridge over a messenger. `args` are the process's arguments; main put the server's address among them. */
export function createBridge(messenger: Messenger, args: readonly string[]): Bridge {
  async function call<Name extends CallName>(name: Name, ...given: unknown[]): Promise<CallResults[Name]> {
    try {
      return (await messenger.invoke(callChannel(name), ...given)) as CallResults[Name]
    } catch (error) {
      const message = (error instanceof Error ? error.message : String(error)).replace(WRAPPING, '')
      throw new Error(message, { cause: error })
    }
  }

  function listen(channel: string, listener: (...args: unknown[]) => void): () => void {
    const wrapped = (_event: unknown, ...given: unknown[]): void => listener(...given)
    messenger.on(channel, wrapped)
    return () => {
      messenger.off(channel, wrapped)
    }
  }

  return {
    server: args.find((arg) => arg.startsWith(SERVER_ARGUMENT))?.slice(SERVER_ARGUMENT.length) ?? '',
    readSecret: (name) => call('readSecret', name),
    writeSecret: (name, value) => call('writeSecret', name, value),
    openExternal: (url) => call('openExternal', url),
    changeServer: (address) => call('changeServer', address),
    onCommand: (listener) => listen(COMMAND_EVENT, (id) => listener(String(id))),
    onOpenStory(listener) {
      // The event only knocks; the id is taken with a call, so a link that came before the page is not lost.
      const take = (): void => {
        void call('takeStory').then((id) => {
          if (id !== null) listener(id)
        })
      }
      const stop = listen(STORY_EVENT, take)
      take()
      return stop
    },
    notify: (notice) => void call('notify', notice),
    setUnsaved: (unsaved) => void call('setUnsaved', unsaved),
    setLanguage: (language) => void call('setLanguage', language),
  }
}
