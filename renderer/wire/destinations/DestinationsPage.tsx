import { useState, type ReactNode } from 'react'
import type { Messages } from '#shared/messages/messages.ts'
import type { DestinationSettings } from '#shared/protocol/http.ts'
import type { Desk } from '#shared/story/story.ts'
import { findFormat } from '#shared/wire/formats/index.ts'
import { labelOf } from '#shared/wire/subjects/subject-term.ts'
import type { Vocabulary } from '#shared/wire/subjects/vocabulary.ts'
import { errorMessage } from '../../api/api-error.ts'
import type { Api } from '../../api/client.ts'
import { useMessages } from '../../messages/use-messages.ts'
import type { Feed } from '../../newsroom/feed.ts'
import { DeskPage } from '../../ui/DeskPage.tsx'
import { Button } from '../../ui/Button.tsx'
import { AlertDialog } from '../../ui/Dialog.tsx'
import { PauseIcon, PlusIcon } from '../../ui/icons.tsx'
import { EmptyState, ErrorState, Notice, Skeleton } from '../../ui/States.tsx'
import { List, ListRow, RowWords } from '../../ui/List.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { useDestinations } from '../use-destinations.ts'
import { DestinationDialog } from './DestinationDialog.tsx'
import styles from './DestinationsPage.module.css'
import { TestButton } from './TestButton.tsx'

export interface DestinationsPageProps {
  api: Pick<Api, 'destinationSettings' | 'putDestination' | 'removeDestination' | 'testDestination' | 'formats'>
  feed: Pick<Feed, 'state' | 'onEvent'>
  online: boolean
  desks: readonly Desk[]
  vocabulary: Vocabulary
  /** The language of subject labels, a BCP 47 tag. */
  labelLanguage: string
  leading?: ReactNode
}

/** The destinations: which stories go there, in which format, by which method and under which rules. */
export function DestinationsPage(props: DestinationsPageProps) {
  const toast = useToast()
  const { t, say } = useMessages()
  const { api, feed, online, leading } = props
  const { value: list, problem, reload: again } = useDestinations(api, feed)
  const [editing, setEditing] = useState<DestinationSettings | 'new' | null>(null)
  const [removing, setRemoving] = useState<DestinationSettings | null>(null)

  async function remove(destination: DestinationSettings) {
    try {
      await api.removeDestination(destination.id)
      again()
    } catch (error) {
      toast({
        kind: 'problem',
        title: t('destination.not-removed', { name: destination.name }),
        text: say(errorMessage(error)),
      })
    }
  }

  return (
    <DeskPage
      title={t('destination.title')}
      leading={leading}
      actions={
        <Button icon={<PlusIcon />} onClick={() => setEditing('new')} disabled={!online}>
          {t('destination.add')}
        </Button>
      }
    >
      {!online && <Notice kind="warn">{t('destination.offline')}</Notice>}
      {online && list !== null && problem !== null && <Notice kind="danger">{problem}</Notice>}
      {list === null && problem === null && <Skeleton label={t('destination.loading')} lines={[40, 88, 44, 80]} />}
      {list === null && problem !== null && (
        <ErrorState
          title={t('destination.not-loaded')}
          action={<Button onClick={again}>{t('common.try-again')}</Button>}
        >
          {problem}
        </ErrorState>
      )}
      {list?.length === 0 && <EmptyState title={t('destination.none')}>{t('destination.none.explanation')}</EmptyState>}
      {list !== null && list.length > 0 && (
        <List>
          {list.map((destination) => (
            <DestinationRow
              key={destination.id}
              destination={destination}
              page={props}
              onEdit={() => setEditing(destination)}
              onRemove={() => setRemoving(destination)}
            />
          ))}
        </List>
      )}
      {editing !== null && (
        <DestinationDialog
          destination={editing === 'new' ? null : editing}
          api={api}
          desks={props.desks}
          vocabulary={props.vocabulary}
          labelLanguage={props.labelLanguage}
          onSaved={again}
          onClose={() => setEditing(null)}
        />
      )}
      <AlertDialog
        open={removing !== null}
        onOpenChange={(open) => {
          if (!open) setRemoving(null)
        }}
        title={t('destination.remove.question', { name: removing?.name ?? '' })}
        description={t('destination.remove.explanation')}
        action={t('destination.remove.confirm')}
        danger
        onConfirm={() => {
          if (removing !== null) void remove(removing)
        }}
      />
    </DeskPage>
  )
}

interface DestinationRowProps {
  destination: DestinationSettings
  page: DestinationsPageProps
  onEdit: () => void
  onRemove: () => void
}

function DestinationRow({ destination, page, onEdit, onRemove }: DestinationRowProps) {
  const messages = useMessages()
  const { t } = messages
  const { id, name, kind, format, paused, settings } = destination
  const place = [settings['url'], settings['host'], settings['endpoint'], settings['folder']].find(
    (value) => typeof value === 'string' && value !== '',
  )
  return (
    <ListRow className={styles.row}>
      <RowWords className={styles.words}>
        <h2 className={styles.name}>
          {name}
          {paused && (
            <span className={styles.paused}>
              <PauseIcon size={14} /> {t('destination.is-paused')}
            </span>
          )}
        </h2>
        <p className={styles.way}>
          {t(`destination.kind.${kind}`)}
          {typeof place === 'string' && <span className={styles.place}> {place}</span>}
        </p>
        <p className={styles.facts}>
          {[findFormat(format)?.label ?? format, ...filterWords(messages, destination, page)].join(' · ')}
        </p>
      </RowWords>
      <div className={styles.actions}>
        <TestButton name={name} disabled={!page.online} test={() => page.api.testDestination(id)} />
        <Button size="s" onClick={onEdit} disabled={!page.online} aria-label={t('destination.edit-named', { name })}>
          {t('destination.edit')}
        </Button>
        <Button
          size="s"
          variant="quiet"
          onClick={onRemove}
          disabled={!page.online}
          aria-label={t('destination.remove-named', { name })}
        >
          {t('destination.remove')}
        </Button>
      </div>
    </ListRow>
  )
}

/** Returns the stories that a destination gets, a few words for each line of its filter. */
function filterWords(
  { t, format }: Pick<Messages, 't' | 'format'>,
  { filter }: DestinationSettings,
  { desks, vocabulary, labelLanguage }: DestinationsPageProps,
): string[] {
  const deskNames = filter.desks.map(
    (id) => desks.find((desk) => desk.id === id)?.name ?? t('destination.sends.deleted-desk'),
  )
  const subjects = filter.subjects.map((code) => {
    const term = vocabulary.find(code)
    return term === undefined ? code : labelOf(term, labelLanguage)
  })
  const words = [
    ...(deskNames.length === 0 ? [] : [t('destination.sends.desks', { desks: format.list(deskNames) })]),
    ...(subjects.length === 0 ? [] : [t('destination.sends.subjects', { subjects: format.list(subjects) })]),
    ...(filter.urgencyAtMost === null ? [] : [t('destination.sends.urgency', { urgency: filter.urgencyAtMost })]),
  ]
  return words.length === 0 ? [t('destination.sends.all')] : words
}
