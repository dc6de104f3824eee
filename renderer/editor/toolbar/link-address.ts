/** Turns typed text into an address that a story may link to: https or mailto only. */

export type LinkAddress = { href: string; problem: null } | { href: null; problem: string }

const EMAIL = /^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/
const SCHEME = /^[a-z][a-z0-9+.-]*:/i

/** Adds a missing scheme (`reuters.com/world`, `desk@example.org`). Otherwise returns what is wrong. */
export function linkAddress(typed: string): LinkAddress {
  const text = typed.trim()
  if (text === '') return refuse('Type an address')
  if (EMAIL.test(text)) return { href: `mailto:${text}`, problem: null }
  const withScheme = SCHEME.test(text) && !/^[^/]+\.[^/]+:\d/.test(text) ? text : `https://${text}`
  let url: URL
  try {
    url = new URL(withScheme)
  } catch {
    return refuse('That is not an address')
  }
  if (url.protocol === 'mailto:') {
    return EMAIL.test(url.pathname) ? { href: url.href, problem: null } : refuse('That is not an e-mail address')
  }
  if (url.protocol !== 'https:') return refuse('A link begins with https:// or mailto:')
  if (!url.hostname.includes('.') || url.username !== '' || url.password !== '') return refuse('That is not an address')
  return { href: url.href, problem: null }
}

function refuse(problem: string): LinkAddress {
  return { href: null, problem }
}
