/** The one way in from the page: named calls, from the app's own main frame only, with arguments that fit their schema. */
import type { z } from 'zod'
import { callArguments, type CallName, type CallResults } from '../bridge.ts'
import { callChannel } from '../channels.ts'

/** The part of Electron's ipcMain that is used. */
export interface CallServer {
  handle(channel: string, listener: (event: CallEvent, ...args: unknown[]) => unknown): void
}

/** The part of an IpcMainInvokeEvent that is used. `parent` is null for a main frame. */
export interface CallEvent {
  readonly senderFrame: { readonly origin: string; readonly parent: unknown } | null
}

export type CallHandlers = {
  [Name in CallName]: (
    ...args: z.output<(typeof callArguments)[Name]>
  ) => CallResults[Name] | Promise<CallResults[Name]>
}

/** Answers the page's calls. A call from elsewhere than `origin`'s main frame, or that fits no schema, is refused. */
export function answerCalls(server: CallServer, origin: string, handlers: CallHandlers): void {
  for (const [name, schema] of Object.entries(callArguments)) {
    // The schema and the handler of one name agree, as CallHandlers says; that is lost in a loop over all names.
    const handler = handlers[name as CallName] as (...args: unknown[]) => unknown
    server.handle(callChannel(name), (event, ...args) => {
      const frame = event.senderFrame
      if (frame?.parent !== null || frame.origin !== origin) {
        throw new Error(`The call ${name} is only for the app's own page`)
      }
      const parsed = schema.safeParse(args)
      if (!parsed.success) {
        throw new Error(parsed.error.issues[0]?.message ?? `The call ${name} got arguments that do not fit`)
      }
      return handler(...parsed.data)
    })
  }
}
