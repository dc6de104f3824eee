/** One request to the newsroom's server and its parsed answer; every failure is an {@link ApiError}. */
import type { z } from 'zod'
import { message } from '#shared/messages/message.ts'
import { errorSchema } from '#shared/protocol/http.ts'
import { receivedRefusal } from '#shared/protocol/refusals.ts'
import { ApiError } from './api-error.ts'

/** Milliseconds to wait for an answer; a picture takes longer on a slow line. */
const TIMEOUT = 15_000
export const UPLOAD_TIMEOUT = 180_000

export interface Call<Answer> {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON. */
  json?: unknown
  /** Sent as it is. */
  body?: Blob
  /** In milliseconds. */
  timeout?: number
  /** Reads a good answer. */
  read: (response: Response) => Promise<Answer>
}

/** Rejects with an `ApiError`. The path begins with `/`. */
export type Caller = <Answer>(path: string, call: Call<Answer>) => Promise<Answer>

export interface CallerOptions {
  /** The server's address without a trailing slash. */
  server: string
  /** Read at each request. */
  token: () => string | null
  fetch: typeof globalThis.fetch
  /** Called when the newsroom rejects the token. */
  signedOut: () => void
}

export function createCaller({ server, token, fetch, signedOut }: CallerOptions): Caller {
  return async (path, { method = 'GET', json, body, timeout = TIMEOUT, read }) => {
    const sentToken = token()
    const headers: Record<string, string> = { accept: 'application/json' }
    if (sentToken !== null) headers['authorization'] = `Bearer ${sentToken}`
    if (json !== undefined) headers['content-type'] = 'application/json'
    else if (body !== undefined) headers['content-type'] = body.type === '' ? 'application/octet-stream' : body.type
    const sent = json === undefined ? body : JSON.stringify(json)
    try {
      const response = await fetch(server + path, {
        method,
        headers,
        ...(sent === undefined ? {} : { body: sent }),
        credentials: 'omit',
        signal: AbortSignal.timeout(timeout),
      })
      if (response.ok) return await read(response)
      throw refusal(response, await response.text())
    } catch (error) {
      if (!(error instanceof ApiError)) throw unreachable(error)
      if (error.code === 'not-signed-in' && sentToken !== null && sentToken === token()) signedOut()
      throw error
    }
  }
}

/** A path made of parts, each of them encoded: `` path`/api/stories/${id}/kill` ``. */
export function path(strings: TemplateStringsArray, ...parts: string[]): string {
  return strings.reduce((whole, next, index) => whole + encodeURIComponent(parts[index - 1] ?? '') + next)
}

/** `?a=1&b=2` of the defined values; empty without any. */
export function query(values: Record<string, string | number | undefined>): string {
  const there = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`],
  )
  return there.length === 0 ? '' : `?${there.join('&')}`
}

/** Reads an answer by its schema. */
export function answer<Schema extends z.ZodType>(schema: Schema): (response: Response) => Promise<z.output<Schema>> {
  return async (response) => {
    const parsed = schema.safeParse(parseJson(await response.text()))
    if (!parsed.success) throw badAnswer(parsed.error)
    return parsed.data
  }
}

/** For an answer without a body. */
export const nothing = (): Promise<void> => Promise.resolve()

function unreachable(cause: unknown): ApiError {
  return cause instanceof DOMException && cause.name === 'TimeoutError'
    ? new ApiError('timeout', message('refusal.timeout'), { cause })
    : new ApiError('offline', message('refusal.offline'), { cause })
}

function badAnswer(cause: unknown): ApiError {
  return new ApiError('bad-answer', message('refusal.unknown-answer'), { cause })
}

/** The server's refusal; ours when something between the two answered in its place. */
function refusal(response: Response, text: string): ApiError {
  const { status } = response
  const parsed = errorSchema.safeParse(parseJson(text))
  if (parsed.success) {
    const { error } = parsed.data
    return new ApiError(error.code, receivedRefusal(error), { status, failures: error.failures ?? [] })
  }
  return status >= 500
    ? new ApiError('unavailable', message('refusal.server-unavailable'), { status })
    : badAnswer(`HTTP ${status}`)
}

/** The value, or undefined for text that is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
