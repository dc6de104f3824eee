/** The receivers that settings lead to. Secrets belong to the one that they were entered for. */
import { z } from 'zod'

const settingsSchema = z.object({
  host: z.string().optional(),
  port: z.number().optional(),
  user: z.string().optional(),
  /** Of mail and FTPS: how the connection is encrypted, and which certificates vouch for the receiver. */
  security: z.string().optional(),
  implicit: z.boolean().optional(),
  certificate: z.string().optional(),
  hostKey: z.string().optional(),
  accessKeyId: z.string().optional(),
  url: z.string().optional(),
  endpoint: z.string().optional(),
})

/** Returns what identifies the receiver of these settings: host, port, user, scheme, and how it proves itself. */
export function receiverOf(settings: unknown): string {
  const { url, endpoint, ...rest } = settingsSchema.parse(settings)
  return JSON.stringify([rest, originOf(url), originOf(endpoint)])
}

function originOf(address: string | undefined): string | null {
  return address === undefined ? null : new URL(address).origin
}

/** Returns an address without its query and fragment, and its query (`?key=…`): empty for a bare `?`, null for none. */
export function splitQuery(address: string): { address: string; query: string | null } {
  const url = new URL(address)
  const { search, hash } = url
  const bare = hash === '' ? address : address.slice(0, address.indexOf('#'))
  if (!bare.includes('?')) return { address: bare, query: null }
  return { address: bare.slice(0, bare.indexOf('?')), query: search === '' ? '' : search }
}

/**
 * Returns the settings of a row, without the permission to go into a private network unless the operator gives it, too.
 */
export function limitedSettings(stored: string, allowPrivate: boolean): unknown {
  const settings = z.record(z.string(), z.unknown()).parse(JSON.parse(stored))
  return allowPrivate ? settings : { ...settings, allowPrivate: false }
}
