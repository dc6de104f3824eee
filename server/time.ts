/** Returns the time in ISO 8601, in UTC. `ms` counts from 1970. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}
