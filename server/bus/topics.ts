import type { Listener } from './bus.ts'

/** The listeners of each topic. */
export class Topics {
  readonly #listeners = new Map<string, Set<Listener>>()

  names(): string[] {
    return [...this.#listeners.keys()]
  }

  add(topic: string, listener: Listener): void {
    const listeners = this.#listeners.get(topic)
    if (listeners === undefined) this.#listeners.set(topic, new Set([listener]))
    else listeners.add(listener)
  }

  /** Returns whether this was the topic's last listener. */
  remove(topic: string, listener: Listener): boolean {
    const listeners = this.#listeners.get(topic)
    if (listeners?.delete(listener) !== true || listeners.size > 0) return false
    return this.#listeners.delete(topic)
  }

  has(topic: string, listener: Listener): boolean {
    return this.#listeners.get(topic)?.has(listener) === true
  }

  message(topic: string, body: Uint8Array, node: string): void {
    for (const listener of [...(this.#listeners.get(topic) ?? [])]) listener.message(body, node)
  }

  live(topic: string): void {
    for (const listener of [...(this.#listeners.get(topic) ?? [])]) listener.live()
  }
}
