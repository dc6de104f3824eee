import { Fragment, useState } from 'react'
import type { Person, Story } from '#shared/story/story.ts'
import { mayCorrect, mayKill, mayPublish, movesFrom, type Move } from '#shared/story/workflow.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { errorMessage } from '../../api/api-error.ts'
import { useCommands, type Command } from '../../commands/commands.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { AlertDialog } from '../../ui/Dialog.tsx'
import { MoreIcon } from '../../ui/icons.tsx'
import { Menu, MenuItem, MenuRule } from '../../ui/Menu.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'

export interface StoryActionsProps {
  story: Pick<Story, 'id' | 'slug' | 'stage' | 'publishedVersion'>
  /** The name of the story's desk; null if it is not known. */
  desk: string | null
  person: Pick<Person, 'role'>
  /** Why nothing can be moved or published now, in a sentence; null if it can. */
  blocked: string | null
  /** Rejects if the newsroom refuses. */
  move: (name: Move['name']) => Promise<unknown>
  onPublish: (kind: 'update' | 'correction') => void
  onKill: () => void
}

const NEXT_SHORTCUT = 'Mod-Shift-Enter'

/** The next action for this person's role, and a menu of the other actions. */
export function StoryActions({ story, desk, person, blocked, move, onPublish, onKill }: StoryActionsProps) {
  const { t, say } = useMessages()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const [spiking, setSpiking] = useState(false)
  const moves = movesFrom(story.stage, person.role)
  const publishes = mayPublish(story.stage, person.role)
  const primary = publishes ? null : moves.find((each) => each.primary)
  /** A sentence names the action in full, where the label on its button is one word. */
  const others: { id: string; label: string; sentence: string; danger: boolean; run: () => void }[] = [
    ...moves
      .filter((each) => each !== primary)
      .map((each) => ({
        id: commandId(each.name),
        label: t(`common.move.${each.name}`),
        sentence: t(`story.command.${each.name}`),
        danger: each.name === 'spike',
        run: () => choose(each),
      })),
    ...(mayCorrect(story.stage, person.role)
      ? [
          {
            id: 'story.correct',
            label: t('story.action.correct'),
            sentence: t('story.command.correct'),
            danger: false,
            run: () => onPublish('correction'),
          },
        ]
      : []),
    ...(mayKill(story.stage, person.role)
      ? [
          {
            id: 'story.kill',
            label: t('story.action.kill'),
            sentence: t('story.command.kill'),
            danger: true,
            run: onKill,
          },
        ]
      : []),
  ]
  const label = publishes
    ? story.publishedVersion === null
      ? t('story.action.publish')
      : t('story.action.publish-update')
    : primary
      ? t(`common.move.${primary.name}`)
      : undefined

  async function make({ name }: Move) {
    setBusy(true)
    try {
      await move(name)
      toast({ kind: 'done', title: movedTitle(name), text: story.slug })
    } catch (error) {
      toast({ kind: 'problem', title: t(`story.not-moved.${name}`), text: say(errorMessage(error)) })
    } finally {
      setBusy(false)
    }
  }

  function movedTitle(name: Move['name']): string {
    return name === 'file' && desk !== null ? t('story.filed-to', { desk }) : t(`story.moved.${name}`)
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
      ? t('story.command.publish')
      : t('story.command.publish-update')
    : primary && t(`story.command.${primary.name}`)

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
            <IconButton label={t('story.action.more')}>
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
        title={t('story.spike.question')}
        description={t('story.spike.explanation', { slug: story.slug })}
        action={t('common.move.spike')}
        danger
        onConfirm={() => {
          const spike = moves.find((each) => each.name === 'spike')
          if (spike) void make(spike)
        }}
      />
    </>
  )
}

const commandId = (name: Move['name']): string => 'story.' + name
