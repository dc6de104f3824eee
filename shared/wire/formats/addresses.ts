/** Addresses and language tags as the schemas of wire formats take them; what is none of either is told apart here. */
import { wireText } from '../wire-text.ts'

const PLAIN = "[a-z0-9\\-._~!$&'()*+,;=]|%[0-9a-f]{2}"
const SEGMENT = `(?:${PLAIN}|[:@])*`
const AUTHORITY = `(?:(?:${PLAIN}|:)*@)?(?:\\[[0-9a-f:.]+\\]|(?:${PLAIN})*)(?::\\d*)?`
const TAIL = `(?:${PLAIN}|[:@/?])*`
const URI = new RegExp(
  `^[a-z][a-z0-9+.-]*:(?://${AUTHORITY}(?:/${SEGMENT})*|(?!/)(?:${SEGMENT}/)*${SEGMENT})(?:\\?${TAIL})?(?:#${TAIL})?$`,
  'i',
)

/**
 * An absolute URI (RFC 3986) for an address as people write it: letters outside ASCII are percent-encoded (RFC 3987).
 * Null for what is no absolute address.
 */
export function absoluteUri(address: string): string | null {
  // eslint-disable-next-line no-control-regex -- all that is not ASCII is meant
  const uri = wireText(address).replace(/[^\u0000-\u007F]+/g, encodeURIComponent)
  return URI.test(uri) && !uri.endsWith(':') ? uri : null
}

/** Whether this may stand in `xml:lang` and its like: well-formed by BCP 47's outer grammar, known or not. */
export function isLanguageTag(tag: string): boolean {
  return /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i.test(tag)
}
