import { deskFeature } from '../desk/feature.ts'
import { editorFeature } from '../editor/feature.ts'
import { storyFeature } from '../story/feature.ts'
import { wireFeature } from '../wire/feature.ts'
import type { Feature } from '../window/feature.ts'
import { appFeature } from './feature.ts'

/** The whole app, in the order of its commands and of the inspector's tabs. */
export const FEATURES: readonly Feature[] = [deskFeature, editorFeature, storyFeature, wireFeature, appFeature]
