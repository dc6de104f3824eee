import { Fragment, useState } from 'react'
import type { Person, Story } from '#shared/story/story.ts'
import { mayCorrect, mayKill, mayPublish, movesFrom, type Move } from '#shared/story/workflow.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { errorSentence } from '../../api/api-error.ts'
import { useCommands, type Command } from '../../commands/commands.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { AlertDialog } from '../../ui/Dialog.tsx'
import { MoreIcon } from '../../ui/icons.tsx'
import { Menu, MenuItem, MenuRule } from '../../ui/Menu.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'

export interface StoryActionsProps {
  story: Pick<Story, 'id' | 'slug' | 'stage' | 'publishedVersion'>
  person: Pick<Person, 'role'>
  /** Why nothing can be moved or published now, in a sentence; null if it can. */
  blocked: string | null
  /** Rejects with a sentence if the newsroom refuses. */
  move: (name: Move['name']) => Promise<unknown>
  onPublish: (kind: 'update' | 'correction') => void
  onKill: () => void
}

/** Longer labels for moves whose one-word button is not clear enough. */
const SENTENCES: Record<Move['name'], string> = {
  file: 'File this story',
  ready: 'Mark this story ready',
  return: 'Return this story to its writer',
  spike: 'Spike this story…',
  unspike: 'Bring this story back',
}

const NEXT_SHORTCUT = 'Mod-Shift-Enter'

/** The next action for this person's role, and a menu of the other actions. */
export function StoryActions({ story, person, blocked, move, onPublish, onKill }: StoryActionsProps) {
  const { t } = useMessages()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const [spiking, setSpiking] = useState(false)
  const moves = movesFrom(story.stage, person.role)
  const publishes = mayPublish(story.stage, person.role)
  const primary = publishes ? null : moves.find((each) => each.primary)
  const others: { id: string; label: string; sentence: string; danger: boolean; run: () => void }[] = [
    ...moves
      .filter((each) => each !== primary)
      .map((each) => ({
        id: `story.${each.name}`,
        label: t(`common.move.${each.name}`),
        sentence: SENTENCES[each.name],
        danger: each.name === 'spike',
        run: () => choose(each),
      })),
    ...(mayCorrect(story.stage, person.role)
      ? [
          {
            id: 'story.correct',
            label: 'Correct…',
            sentence: 'Publish a correction of this story…',
            danger: false,
            run: () => onPublish('correction'),
          },
        ]
      : []),
    ...(mayKill(story.stage, person.role)
      ? [{ id: 'story.kill', label: 'Kill…', sentence: 'Kill this story…', danger: true, run: onKill }]
      : []),
  ]
  const label = publishes
    ? story.publishedVersion === null
      ? 'Publish'
      : 'Publish update'
    : primary
      ? t(`common.move.${primary.name}`)
      : undefined

  async function make({ name, to }: Move) {
    setBusy(true)
    try {
      await move(name)
      toast({ kind: 'done', title: `${story.slug} is ${t(`common.stage.${to}`).toLowerCase()}` })
    } catch (error) {
      toast({ kind: 'problem', title: `${t(`common.move.${name}`)}: not done`, text: errorSentence(error) })
    } finally {
      setBusy(false)
    }
  }

  function choose(chosen: Move) {
    if (chosen.name === 'spike') setSpiking(true)
    else void make(chosen)
  }

  function next() {
    if (publishes) onPublish('update')
    else if (primary) choose(primary)
  }

  const sentence = publishes
    ? story.publishedVersion === null
      ? 'Publish this story…'
      : 'Publish an update of this story…'
    : primary && SENTENCES[primary.name]

  const commands: Command[] = [
    ...(label === undefined
      ? []
      : [
          {
            id: 'story.next-action',
            label: sentence ?? label,
            group: 'Story' as const,
            shortcuts: [NEXT_SHORTCUT],
            run: next,
          },
        ]),
    ...others.map(({ id, sentence: label, run }) => ({ id, label, group: 'Story' as const, run })),
  ].map((command) => ({ ...command, when: () => blocked === null && !busy }))
  useCommands(commands)

  return (
    <>
      {label !== undefined && (
        <Tooltip label={blocked ?? sentence ?? label} shortcut={blocked === null ? NEXT_SHORTCUT : undefined}>
          <Button
            variant="primary"
            busy={busy}
            aria-disabled={blocked !== null}
            onClick={blocked === null ? next : undefined}
          >
            {label}
          </Button>
        </Tooltip>
      )}
      {others.length > 0 && (
        <Menu
          align="end"
          trigger={
            <IconButton label="More for this story">
              <MoreIcon />
            </IconButton>
          }
        >
          {others.map((each) => (
            <Fragment key={each.id}>
              {each.danger && others.length > 1 && <MenuRule />}
              <MenuItem danger={each.danger} disabled={blocked !== null || busy} onSelect={each.run}>
                {each.label}
              </MenuItem>
            </Fragment>
          ))}
        </Menu>
      )}
      <AlertDialog
        open={spiking}
        onOpenChange={setSpiking}
        title="Spike this story?"
        description={`${story.slug} leaves the queue unpublished and can no longer be changed. An editor can bring it back.`}
        action="Spike"
        danger
        onConfirm={() => {
          const spike = moves.find((each) => each.name === 'spike')
          if (spike) void make(spike)
        }}
      />
    </>
  )
}
