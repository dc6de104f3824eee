/** Turns typed text into an address that a story may link to: https or mailto only. */

import type { MessageId } from '#shared/messages/message.ts'

export type LinkAddress = { href: string; problem: null } | { href: null; problem: LinkProblem }

export type LinkProblem = Extract<MessageId, `editor.link.${'missing' | 'invalid' | 'invalid-email' | 'scheme'}`>

const EMAIL = /^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/
const SCHEME = /^[a-z][a-z0-9+.-]*:/i

/** Adds a missing scheme (`reuters.com/world`, `desk@example.org`). Otherwise returns what is wrong. */
export function linkAddress(typed: string): LinkAddress {
  const text = typed.trim()
  if (text === '') return refuse('editor.link.missing')
  if (EMAIL.test(text)) return { href: `mailto:${text}`, problem: null }
  const withScheme = SCHEME.test(text) && !/^[^/]+\.[^/]+:\d/.test(text) ? text : `https://${text}`
  let url: URL
  try {
    url = new URL(withScheme)
  } catch {
    return refuse('editor.link.invalid')
  }
  if (url.protocol === 'mailto:') {
    return EMAIL.test(url.pathname) ? { href: url.href, problem: null } : refuse('editor.link.invalid-email')
  }
  if (url.protocol !== 'https:') return refuse('editor.link.scheme')
  if (!url.hostname.includes('.') || url.username !== '' || url.password !== '') return refuse('editor.link.invalid')
  return { href: url.href, problem: null }
}

function refuse(problem: LinkProblem): LinkAddress {
  return { href: null, problem }
}
