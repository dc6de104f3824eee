/** A process that does what it is told, for tests of its limits. */
import { answerParent } from '#server/isolation/answer-parent.ts'

export type Told =
  'answer' | 'throw' | 'never end' | 'fill the heap' | 'fill the memory' | 'exit' | 'say your environment'

const held: Buffer[] = []

answerParent(
  ({ told }: { told: Told }) => {
    switch (told) {
      case 'answer':
        return process.pid
      case 'throw':
        throw new Error('It was told to')
      case 'never end':
        for (;;);
      case 'fill the heap':
        for (const all: unknown[] = []; ;) all.push(all.map((each) => [each]))
      case 'fill the memory':
        held.push(Buffer.alloc(600_000_000, 1))
        return new Promise(() => {})
      case 'exit':
        return process.exit(0)
      case 'say your environment':
        return process.env['GALLEY_SECRET_KEY'] ?? 'it is not there'
    }
  },
  { memoryMb: 400 },
)
