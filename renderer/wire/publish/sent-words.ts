/** What became of a press of Publish. */
import type { Publication } from '#shared/protocol/http.ts'

/** `before` is the version that was out when it was pressed: the newsroom answers with it when the story says the same. */
export function sentWords({ version }: Pick<Publication, 'version'>, before: number | null) {
  if (version !== before) return { kind: 'done' as const, title: `Version ${version} is on the wire` }
  return { kind: 'problem' as const, title: `Nothing was sent: version ${version} says the same` }
}
