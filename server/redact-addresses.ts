/** Matches an address with sign-in data or a query: `scheme://user:password@host/path?query`. */
const ADDRESS = /\b([a-z][a-z0-9+.-]{0,30}:\/\/)(?:[^\s/?#]*@)?([^\s?#"'<>]*)(\?[^\s"'<>]*)?/giu

/** Returns the text with all addresses in it reduced to scheme, host and path: the rest may be a secret. */
export function redactAddresses(text: string): string {
  return text.replace(ADDRESS, (_whole, scheme: string, place: string, query?: string) =>
    query === undefined ? scheme + place : `${scheme}${place}?…`,
  )
}
