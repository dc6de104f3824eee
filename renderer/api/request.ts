/** Requests to the routes of the HTTP contract, typed by its table. */
import type { AnswerOf, BodyOf, ParamsOf, Route } from '#shared/protocol/routes.ts'
import { answer, nothing, query, type Caller } from './call.ts'

export interface RequestOptions<R extends Route> {
  params?: ParamsOf<R>
  query?: R extends { query: unknown } ? Record<string, string | number | undefined> : never
  body?: BodyOf<R>
  file?: R extends { file: true | 'stream' } ? Blob : never
  /** In milliseconds. */
  timeout?: number
}

type Needed<R extends Route> = (keyof ParamsOf<R> extends never ? unknown : { params: ParamsOf<R> }) &
  ([BodyOf<R>] extends [undefined] ? unknown : { body: BodyOf<R> }) &
  (R extends { file: true | 'stream' } ? { file: Blob } : unknown)

export type Request = <R extends Route>(route: R, options: RequestOptions<R> & Needed<R>) => Promise<AnswerOf<R>>

export function createRequest(call: Caller): Request {
  return async <R extends Route>(route: R, options: RequestOptions<R>): Promise<AnswerOf<R>> => {
    const params: Readonly<Record<string, string>> = options.params ?? {}
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
    const [schema = null] = Object.values(route.answers)
    const answered = await call<unknown>(path + query(options.query ?? {}), {
      method: METHODS[route.method],
      ...(options.body === undefined ? {} : { json: options.body }),
      ...(options.file === undefined ? {} : { body: options.file }),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
      read: schema === null ? nothing : answer(schema),
    })
    return answered as AnswerOf<R>
  }
}

const METHODS = { get: 'GET', post: 'POST', put: 'PUT', delete: 'DELETE' } as const
