/** English, for what has no reader of its own: logs, the command line, and the plain `message` of an HTTP error. */
import { createMessages } from './messages.ts'

export const inEnglish = createMessages('en')
