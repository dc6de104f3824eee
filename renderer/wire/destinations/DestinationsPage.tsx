import { useState, type ReactNode } from 'react'
import { DESTINATION_KIND_LABELS, type DestinationSettings } from '#shared/protocol/http.ts'
import type { Desk } from '#shared/story/story.ts'
import { findFormat } from '#shared/wire/formats/index.ts'
import { labelOf } from '#shared/wire/subjects/subject-term.ts'
import type { Vocabulary } from '#shared/wire/subjects/vocabulary.ts'
import { errorSentence } from '../../api/api-error.ts'
import type { Api } from '../../api/client.ts'
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
  const { api, feed, online, leading } = props
  const { value: list, problem, reload: again } = useDestinations(api, feed)
  const [editing, setEditing] = useState<DestinationSettings | 'new' | null>(null)
  const [removing, setRemoving] = useState<DestinationSettings | null>(null)

  async function remove(destination: DestinationSettings) {
    try {
      await api.removeDestination(destination.id)
      again()
    } catch (error) {
      toast({ kind: 'problem', title: `${destination.name} is still there`, text: errorSentence(error) })
    }
  }

  return (
    <DeskPage
      title="Destinations"
      leading={leading}
      actions={
        <Button icon={<PlusIcon />} onClick={() => setEditing('new')} disabled={!online}>
          Add a destination
        </Button>
      }
    >
      {!online && <Notice kind="warn">Offline. Nothing can be changed until the newsroom can be reached.</Notice>}
      {online && list !== null && problem !== null && <Notice kind="danger">{problem}</Notice>}
      {list === null && problem === null && <Skeleton label="Loading the destinations" lines={[40, 88, 44, 80]} />}
      {list === null && problem !== null && (
        <ErrorState title="Not known" action={<Button onClick={again}>Try again</Button>}>
          {problem}
        </ErrorState>
      )}
      {list?.length === 0 && (
        <EmptyState title="Nowhere to go yet">
          A destination is a receiver of the newsroom’s stories: a web address, a folder, a server, a mailbox. Until
          there is one, what is published is kept as a version and goes nowhere.
        </EmptyState>
      )}
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
        title={`Remove ${removing?.name ?? ''}?`}
        description="Nothing goes there any more, not even the kill of a story that it has. What still waits for it is skipped, and its secrets are forgotten."
        action="Remove"
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
              <PauseIcon size={14} /> Paused
            </span>
          )}
        </h2>
        <p className={styles.way}>
          {DESTINATION_KIND_LABELS[kind]}
          {typeof place === 'string' && <span className={styles.place}> {place}</span>}
        </p>
        <p className={styles.facts}>
          {findFormat(format)?.label ?? format}, {filterWords(destination, page)}
        </p>
      </RowWords>
      <div className={styles.actions}>
        <TestButton name={name} disabled={!page.online} test={() => page.api.testDestination(id)} />
        <Button size="s" onClick={onEdit} disabled={!page.online} aria-label={`Edit ${name}`}>
          Edit…
        </Button>
        <Button size="s" variant="quiet" onClick={onRemove} disabled={!page.online} aria-label={`Remove ${name}`}>
          Remove…
        </Button>
      </div>
    </ListRow>
  )
}

/** Returns the filter of a destination, in words. */
function filterWords(
  { filter }: DestinationSettings,
  { desks, vocabulary, labelLanguage }: DestinationsPageProps,
): string {
  const parts = [
    filter.desks.map((id) => desks.find((desk) => desk.id === id)?.name ?? 'a desk that is gone').join(', '),
    filter.subjects
      .map((code) => {
        const term = vocabulary.find(code)
        return term === undefined ? code : labelOf(term, labelLanguage)
      })
      .join(', '),
    filter.urgencyAtMost === null ? '' : `urgency ${filter.urgencyAtMost} or more urgent`,
  ].filter((part) => part !== '')
  return parts.length === 0 ? 'every story' : parts.join('; ')
}
