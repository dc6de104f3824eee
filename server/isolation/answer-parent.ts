/** The other end of `isolated-processes.ts`: what runs in the process. */
import { setPriority } from 'node:os'
import { EXIT_MEMORY, type Reply } from './isolated-processes.ts'

const LOOK_MS = 50
/** Below the server, whose sockets come first. */
const PRIORITY = 10

export interface AnswerOptions {
  /**
   * The limit in MB for the whole process, which ends when it is over. For work outside of JavaScript, whose memory V8
   * does not limit; it is looked at between the steps of JavaScript.
   */
  memoryMb?: number
}

/** Answers the parent's questions one after the other, and ends with the parent. */
export function answerParent<Answer>(
  answer: (question: never) => Answer | Promise<Answer>,
  { memoryMb }: AnswerOptions = {},
): void {
  try {
    setPriority(PRIORITY)
  } catch {
    // Some systems forbid it. The work is the same.
  }
  const reply = (message: Reply<Answer>): void => void process.send?.(message)
  process.on('disconnect', () => process.exit())
  process.on('message', (question: unknown) => {
    void Promise.resolve()
      .then(() => answer(question as never))
      .then(
        (value) => reply({ answer: value }),
        (error: unknown) => reply({ error: error instanceof Error ? error.message : String(error) }),
      )
  })
  if (memoryMb !== undefined) {
    setInterval(() => {
      if (process.memoryUsage.rss() > memoryMb * 1024 * 1024) process.exit(EXIT_MEMORY)
    }, LOOK_MS)
  }
  reply({ ready: true })
}
