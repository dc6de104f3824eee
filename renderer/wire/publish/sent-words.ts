/** The result of publishing, in words. */
import { message } from '#shared/messages/message.ts'
import type { Publication } from '#shared/protocol/http.ts'

/** `before` is the version published before the request. The newsroom returns it again if the text is the same. */
export function sentWords({ version }: Pick<Publication, 'version'>, before: number | null) {
  if (version !== before) return { kind: 'done' as const, title: message('wire.publish.sent', { version }) }
  return { kind: 'problem' as const, title: message('wire.publish.nothing-sent', { version }) }
}
