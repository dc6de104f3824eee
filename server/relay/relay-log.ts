/** The part of pino that the relay uses. */
export interface RelayLog {
  error(fields: object, message: string): void
}
