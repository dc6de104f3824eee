/** Validates addresses and language tags to the rules of the wire formats' schemas. */
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
 * Returns the absolute URI (RFC 3986) of an address as people write it, with letters outside ASCII percent-encoded
 * (RFC 3987); null if the address is not absolute.
 */
export function absoluteUri(address: string): string | null {
  // oxlint-disable-next-line no-control-regex -- matches everything outside ASCII
  const uri = wireText(address).replace(/[^\u0000-\u007F]+/g, encodeURIComponent)
  return URI.test(uri) && !uri.endsWith(':') ? uri : null
}

/**
 * Returns whether a tag is allowed in `xml:lang` and the like: well-formed by the outer grammar of BCP 47. It may be
 * unknown.
 */
export function isLanguageTag(tag: string): boolean {
  return /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i.test(tag)
}
