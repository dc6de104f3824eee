import { serverAddressSchema } from '../bridge.ts'

/** Where the newsroom's server listens when nothing else is said. */
export const DEFAULT_SERVER = 'http://127.0.0.1:4870'

/**
 * The newsroom server to use: what `GALLEY_SERVER` says, else what was chosen in the app, else this computer.
 * Throws an Error with a sentence when `GALLEY_SERVER` is not a valid server address.
 */
export function chooseServer(env: string | undefined, chosen: string | null): string {
  if (env === undefined || env === '') return chosen ?? DEFAULT_SERVER
  const parsed = serverAddressSchema.safeParse(env)
  if (parsed.success) return parsed.data
  throw new Error(`GALLEY_SERVER is "${env}". ${parsed.error.issues[0]?.message ?? ''}`)
}
