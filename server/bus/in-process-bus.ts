import { randomUUID } from 'node:crypto'
import type { Bus, Listener } from './bus.ts'
import { Topics } from './topics.ts'

interface Member {
  node: string
  topics: Topics
  watchers: Set<(gone: string) => void>
}

/** Buses of one process, which hear each other. A newsroom of one process has a single one, which hears nothing. */
export class InProcessHub {
  readonly #members = new Set<Member>()

  join(): Bus {
    const member: Member = { node: randomUUID(), topics: new Topics(), watchers: new Set() }
    const members = this.#members
    members.add(member)
    return {
      node: member.node,
      get connected() {
        return members.size > 1
      },

      publish(topic, body) {
        if (!members.has(member)) return
        for (const other of members) {
          // Later, as from another machine: a publisher is never called back synchronously.
          if (other !== member) queueMicrotask(() => other.topics.message(topic, body, member.node))
        }
      },

      subscribe(topic, listener: Listener) {
        member.topics.add(topic, listener)
        queueMicrotask(() => {
          if (member.topics.has(topic, listener)) listener.live()
        })
        return () => void member.topics.remove(topic, listener)
      },

      watch(gone) {
        member.watchers.add(gone)
        return () => void member.watchers.delete(gone)
      },

      close() {
        if (members.delete(member)) {
          for (const { watchers } of members) for (const gone of watchers) gone(member.node)
        }
        return Promise.resolve()
      },
    }
  }
}
