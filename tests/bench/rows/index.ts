import { crashExperiment } from './crash.ts'
import { documentExperiments } from './document.ts'
import type { Experiment } from './experiment.ts'
import { closedStories, openStories } from './memory.ts'
import { newsroomExperiments } from './newsroom.ts'
import { openingExperiments } from './opening.ts'
import { pageExperiments } from './page.ts'
import { slowReaderExperiment } from './slow-reader.ts'
import { diskExperiment, typingExperiments } from './typing.ts'
import { wireExperiments } from './wire.ts'

/** All that the bench does, in the order of its tables. */
export function experiments(quick: boolean): Experiment[] {
  return [
    ...typingExperiments(),
    openStories(quick),
    closedStories(quick),
    ...openingExperiments(quick),
    diskExperiment(),
    crashExperiment(quick),
    // So little as can be pasted in a short time, the kernel's buffers take.
    ...(quick ? [] : [slowReaderExperiment()]),
    ...documentExperiments(),
    ...pageExperiments(quick),
    ...newsroomExperiments(),
    ...wireExperiments(quick),
  ]
}
