/** What a part of the app adds to the window. `app/features.ts` lists them all. */
import { createContext, use, type ComponentType, type ReactNode } from 'react'
import type { Message } from '#shared/messages/message.ts'
import type { Messages } from '#shared/messages/messages.ts'
import type { Command } from '../commands/commands.ts'
import type { Newsroom } from '../newsroom/newsroom.ts'
import type { DialogEntry } from './dialogs.tsx'
import { FRONT_PAGE, type Route } from './routes.ts'
import type { WindowState } from './WindowState.tsx'

export interface Feature {
  readonly pages?: readonly Page[]
  readonly inspectorTabs?: readonly InspectorTab[]
  /** Returns the commands that are available wherever the person is in the window. */
  readonly commands?: (app: AppState) => readonly Command[]
  readonly dialogs?: readonly DialogEntry[]
  /** Shown over the page of a story; each renders nothing where it does not concern the story. */
  readonly storyBanners?: readonly ComponentType[]
  /** Shown below the queue. */
  readonly Links?: ComponentType
}

export interface Page {
  /** In its address, `#/<name>`. */
  readonly name: string
  /** Whether the address also names what the page shows: `#/<name>/<id>`. */
  readonly id: 'none' | 'optional' | 'required'
  readonly Component: ComponentType<{ id: string | null }>
}

/** Reads the story from `useOpenedStory()`. */
export interface InspectorTab {
  readonly id: string
  readonly label: Message
  readonly Panel: ComponentType
  /** Beside the label, e.g. a count. */
  readonly Mark?: ComponentType
  /** Wraps the whole inspector, and so keeps what the tab has read while another tab is shown. */
  readonly Provider?: ComponentType<{ children: ReactNode }>
}

export interface AppState {
  readonly newsroom: Newsroom
  readonly window: WindowState
  /** Renders a message in the window's language. */
  readonly t: Messages['t']
}

/** Returns the page at this address; the front page where no feature has one of that name. */
export function pageAt({ page, id }: Route, features: readonly Feature[]): { page: Page; id: string | null } {
  const pages = features.flatMap((feature) => feature.pages ?? [])
  const named = pages.find((each) => each.name === page && each.id !== (id === null ? 'required' : 'none'))
  if (named !== undefined) return { page: named, id }
  const front = pages.find((each) => each.name === FRONT_PAGE)
  if (front === undefined) throw new Error('No feature has the front page')
  return { page: front, id: null }
}

const Context = createContext<readonly Feature[] | null>(null)

export const FeaturesProvider = Context.Provider

export function useFeatures(): readonly Feature[] {
  const features = use(Context)
  if (features === null) throw new Error('No window around this component has features')
  return features
}
