/** Decodes pictures in processes of its own, two at a time, within limits. */
import { createIsolatedProcesses, IsolationFailed } from '../isolation/isolated-processes.ts'
import { Refusal, refuse } from '../refusal.ts'
import type { PictureAnswer, PictureQuestion } from './picture-process.ts'
import type { PreparedPicture } from './pictures.ts'

const LIMITS = { atOnce: 2, timeMs: 120_000, heapMb: 256, mostWaiting: 64, mostWaitingBytes: Infinity }

export interface PictureReader {
  /**
   * Resolves to the measures and the rendition of the picture in this file. Refuses what is not a picture, is damaged, or
   * is too large, and with `files-busy` when too many pictures wait.
   */
  prepare(path: string, owner: string): Promise<PreparedPicture>
  close(): Promise<void>
}

export function createPictureReader(
  limits: Partial<typeof LIMITS> = {},
  script = new URL('./picture-process.ts', import.meta.url),
): PictureReader {
  const processes = createIsolatedProcesses<PictureQuestion, PictureAnswer>({ ...LIMITS, ...limits, script })
  return {
    async prepare(path, owner) {
      let answer: PictureAnswer
      try {
        answer = await processes.ask({ question: { path }, owner, bytes: 0 })
      } catch (error) {
        if (!(error instanceof IsolationFailed)) throw error
        throw refuse(error.reason === 'closed' ? 'files-busy' : 'picture-too-complex')
      }
      if ('prepared' in answer) return answer.prepared
      throw new Refusal(answer.refused.code, answer.refused.params)
    },
    close: () => processes.close(),
  }
}
