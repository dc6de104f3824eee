/** The process in which pictures are decoded. */
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { answerParent } from '../isolation/answer-parent.ts'
import { Refusal } from '../refusal.ts'
import { type PreparedPicture, preparePicture } from './pictures.ts'

export interface PictureQuestion {
  /** The picture's file. */
  path: string
}
export type PictureAnswer = { prepared: PreparedPicture } | { refused: Pick<Refusal, 'code' | 'params'> }

/** Far more than the largest allowed picture takes. */
const MEMORY_MB = 1_500

if (process.send !== undefined) {
  sharp.cache(false)
  sharp.concurrency(1)
  answerParent<PictureAnswer>(
    async ({ path }: PictureQuestion) => {
      try {
        return { prepared: await preparePicture(await readFile(path)) }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const { code, params } = error
        return { refused: { code, params } }
      }
    },
    { memoryMb: MEMORY_MB },
  )
}
