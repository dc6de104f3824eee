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

/** All experiments, in the order of the tables. */
export function experiments(quick: boolean): Experiment[] {
  return [
    ...typingExperiments(),
    openStories(quick),
    closedStories(quick),
    ...openingExperiments(quick),
    diskExperiment(),
    crashExperiment(quick),
    // The kernel's buffers hold all that can be pasted in a short run.
    ...(quick ? [] : [slowReaderExperiment()]),
    ...documentExperiments(),
    ...pageExperiments(quick),
    ...newsroomExperiments(),
    ...wireExperiments(quick),
  ]
}
