import { useMemo } from 'react'
import type { Messages } from '#shared/messages/messages.ts'
import { useMessages } from '../messages/use-messages.ts'
import { type Command, useCommands } from '../commands/commands.ts'
import { PAGE_COMMANDS } from './page-commands.ts'
import type { StoryPageModel } from './story-page-model.ts'

/** Registers the page's commands with the app for as long as the page is on screen. */
export function usePageCommands(page: StoryPageModel): void {
  const { t } = useMessages()
  useCommands(useMemo(() => PAGE_COMMANDS.map((command) => appCommand(command, page, t)), [page, t]))
}

function appCommand(
  { id, label, group, shortcuts, run, enabled }: (typeof PAGE_COMMANDS)[number],
  page: StoryPageModel,
  t: Messages['t'],
): Command {
  return {
    id,
    label: t(label),
    group,
    ...(shortcuts === undefined ? {} : { shortcuts }),
    ...(enabled === undefined ? {} : { when: () => enabled(page) }),
    run: () => run(page),
  }
}
