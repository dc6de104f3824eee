import { useMemo } from 'react'
import { type Command, useCommands } from '../commands/commands.ts'
import { PAGE_COMMANDS } from './page-commands.ts'
import type { StoryPageModel } from './story-page-model.ts'

/** Registers the page's commands with the app for as long as the page is on screen. */
export function usePageCommands(page: StoryPageModel): void {
  useCommands(useMemo(() => PAGE_COMMANDS.map((command) => appCommand(command, page)), [page]))
}

function appCommand(
  { id, label, group, shortcuts, run, enabled }: (typeof PAGE_COMMANDS)[number],
  page: StoryPageModel,
): Command {
  return {
    id,
    label,
    group,
    ...(shortcuts === undefined ? {} : { shortcuts }),
    ...(enabled === undefined ? {} : { when: () => enabled(page) }),
    run: () => run(page),
  }
}
