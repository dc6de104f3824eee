import { useState } from 'react'
import {
  INTAKE_KIND_LABELS,
  INTAKE_KINDS,
  putIntakeSourceRequestSchema,
  type IntakeKind,
  type IntakeSource,
} from '#shared/protocol/http.ts'
import type { Desk } from '#shared/story/story.ts'
import type { Api } from '../../api/client.ts'
import { useAttempt } from '../../api/use-attempt.ts'
import type { Feed } from '../../newsroom/feed.ts'
import { useLiveQuery } from '../../newsroom/live-query.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { AlertDialog, Dialog } from '../../ui/Dialog.tsx'
import { Checkbox, Select, TextInput } from '../../ui/Field.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { List, ListRow, RowWords } from '../../ui/List.tsx'
import { ErrorState, Notice, Skeleton } from '../../ui/States.tsx'
import { longTime } from '../../ui/time-words.ts'
import styles from './SourcesDialog.module.css'

type SourcesApi = Pick<Api, 'intakeSources' | 'putIntakeSource' | 'removeIntakeSource' | 'newIntakeToken'>

export interface SourcesDialogProps {
  api: SourcesApi
  feed: Pick<Feed, 'state' | 'onEvent'>
  desks: readonly Desk[]
  online: boolean
  server: string
  onClose: () => void
}

/** The sources of items: watched folders, HTTP endpoints, and polled feeds. */
export function SourcesDialog({ api, feed, desks, online, server, onClose }: SourcesDialogProps) {
  const {
    value: sources,
    problem,
    reload,
  } = useLiveQuery<IntakeSource[]>(feed, {
    key: 'intake-sources',
    read: () => api.intakeSources(),
    apply: (list, event) =>
      event.type === 'intake-source' ? list.map((each) => (each.id === event.source.id ? event.source : each)) : list,
  })
  const [editing, setEditing] = useState<IntakeSource | 'new' | null>(null)

  if (editing !== null) {
    return (
      <SourceForm
        source={editing === 'new' ? null : editing}
        api={api}
        desks={desks}
        server={server}
        onDone={() => {
          reload()
          setEditing(null)
        }}
        onClose={() => setEditing(null)}
      />
    )
  }
  return (
    <Dialog
      open
      wide
      title="Sources"
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      actions={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button variant="primary" disabled={!online} onClick={() => setEditing('new')}>
            Add a source
          </Button>
        </>
      }
    >
      {sources === null && problem === null && <Skeleton label="Loading the sources" />}
      {sources === null && problem !== null && (
        <ErrorState title="Not known" action={<Button onClick={reload}>Try again</Button>}>
          {problem}
        </ErrorState>
      )}
      {sources?.length === 0 && (
        <p className={styles.quiet}>
          None yet. Copy can be pasted and dropped all the same; a source brings it in by itself.
        </p>
      )}
      {sources !== null && sources.length > 0 && (
        <List>
          {sources.map((source) => (
            <ListRow key={source.id}>
              <RowWords>
                <p className={styles.name}>{source.name}</p>
                <p className={styles.quiet}>
                  {INTAKE_KIND_LABELS[source.kind]}, to{' '}
                  {desks.find(({ id }) => id === source.deskId)?.name ?? 'no desk'}
                  {source.paused && ', paused'}
                </p>
                <p className={styles.quiet}>
                  {source.lastHeardAt === null
                    ? 'Nothing was heard from it yet'
                    : `Last heard from ${longTime(new Date(source.lastHeardAt))}`}
                </p>
                {source.fault !== null && <Notice kind="danger">{source.fault}</Notice>}
              </RowWords>
              <Button size="s" disabled={!online} aria-label={`Edit ${source.name}`} onClick={() => setEditing(source)}>
                Edit…
              </Button>
            </ListRow>
          ))}
        </List>
      )}
    </Dialog>
  )
}

interface SourceFormProps extends Pick<SourcesDialogProps, 'api' | 'desks' | 'server'> {
  /** Null for a new one. */
  source: IntakeSource | null
  onDone: () => void
  onClose: () => void
}

function SourceForm({ source, api, desks, server, onDone, onClose }: SourceFormProps) {
  const [id] = useState(() => source?.id ?? crypto.randomUUID())
  const [name, setName] = useState(source?.name ?? '')
  const [kind, setKind] = useState<IntakeKind>(source?.kind ?? 'feed')
  const [deskId, setDeskId] = useState(source?.deskId ?? desks[0]?.id ?? '')
  const [paused, setPaused] = useState(source?.paused ?? false)
  const [folder, setFolder] = useState(textOf(source?.settings['folder']))
  const [url, setUrl] = useState(textOf(source?.settings['url']))
  const [minutes, setMinutes] = useState(textOf(source?.settings['everyMinutes'] ?? 5))
  const [allowPrivate, setAllowPrivate] = useState(source?.settings['allowPrivate'] === true)
  const [problems, setProblems] = useState<Record<string, string>>({})
  const { busy, error, attempt } = useAttempt()
  const [token, setToken] = useState<{ token: string; path: string } | null>(null)
  const [asking, setAsking] = useState<'remove' | 'token' | null>(null)

  const settings = {
    folder: { folder },
    http: {},
    feed: { url, everyMinutes: Number(minutes), allowPrivate },
  }[kind]

  async function save() {
    const request = putIntakeSourceRequestSchema.safeParse({ name, kind, deskId, paused, settings })
    if (!request.success) {
      setProblems(
        Object.fromEntries(
          request.error.issues.map(({ path, message }) => [
            String(path.at(-1)),
            `${message.replace(/^(?=is|has|cannot)/, 'It ')}.`,
          ]),
        ),
      )
      return
    }
    await attempt(async () => {
      await api.putIntakeSource(id, request.data)
      // An endpoint needs its token, which is shown only this once.
      if (kind === 'http' && source === null) setToken(await api.newIntakeToken(id))
      else onDone()
    })
  }

  if (token !== null) {
    return (
      <Dialog
        open
        wide
        title="Its token"
        description="It is shown this once. Whoever sends items needs it and the address; a new one ends the one before."
        onOpenChange={(open) => {
          if (!open) onDone()
        }}
        actions={
          <Button variant="primary" onClick={onDone}>
            I have it
          </Button>
        }
      >
        <Facts>
          <dt>Address</dt>
          <dd>
            <code className={styles.secret}>{server + token.path}</code>{' '}
            <CopyButton text={server + token.path} label="Copy the address" />
          </dd>
          <dt>Token</dt>
          <dd>
            <code className={styles.secret}>{token.token}</code>{' '}
            <CopyButton text={token.token} label="Copy the token" />
          </dd>
        </Facts>
      </Dialog>
    )
  }
  return (
    <>
      <Dialog
        open
        title={source === null ? 'Add a source' : source.name}
        onOpenChange={(open) => {
          if (!open && !busy) onClose()
        }}
        onSubmit={() => void save()}
        actions={
          <>
            {source !== null && (
              <Button variant="quiet" className={styles.remove} disabled={busy} onClick={() => setAsking('remove')}>
                Remove it…
              </Button>
            )}
            <Button onClick={onClose} disabled={busy}>
              Back
            </Button>
            <Button variant="primary" type="submit" busy={busy}>
              {source === null ? 'Add' : 'Save'}
            </Button>
          </>
        }
      >
        <TextInput
          label="Name"
          value={name}
          autoComplete="off"
          dir="auto"
          error={problems['name']}
          onChange={(event) => setName(event.target.value)}
        />
        <Select
          label="Kind"
          value={kind}
          disabled={source !== null}
          options={INTAKE_KINDS.map((value) => ({ value, label: INTAKE_KIND_LABELS[value] }))}
          onChange={(event) => setKind(event.target.value as IntakeKind)}
        />
        <Select
          label="Desk that its items are taken to"
          value={deskId}
          options={desks.map((desk) => ({ value: desk.id, label: desk.name }))}
          error={problems['deskId']}
          onChange={(event) => setDeskId(event.target.value)}
        />
        {kind === 'folder' && (
          <TextInput
            label="Folder"
            hint="On the newsroom’s server, absolute. What was read is moved into “done” within it."
            value={folder}
            error={problems['folder']}
            onChange={(event) => setFolder(event.target.value)}
          />
        )}
        {kind === 'feed' && (
          <>
            <TextInput
              label="Address"
              inputMode="url"
              value={url}
              error={problems['url']}
              onChange={(event) => setUrl(event.target.value)}
            />
            <TextInput
              label="Asked every so many minutes"
              inputMode="numeric"
              value={minutes}
              error={problems['everyMinutes']}
              onChange={(event) => setMinutes(event.target.value)}
            />
            <Checkbox
              label="It is in the newsroom’s own network"
              hint="Private addresses are refused without this."
              checked={allowPrivate}
              onChange={(event) => setAllowPrivate(event.target.checked)}
            />
          </>
        )}
        {kind === 'http' && source !== null && (
          <Button disabled={busy} onClick={() => setAsking('token')}>
            New token…
          </Button>
        )}
        <Checkbox label="Paused" checked={paused} onChange={(event) => setPaused(event.target.checked)} />
        {error !== null && <Notice kind="danger">{error}</Notice>}
      </Dialog>
      {source !== null && (
        <>
          <AlertDialog
            open={asking === 'remove'}
            onOpenChange={() => setAsking(null)}
            title={`Remove ${source.name}?`}
            description="Nothing comes in from it any more. What has come in stays."
            action="Remove"
            danger
            onConfirm={() =>
              void attempt(async () => {
                await api.removeIntakeSource(source.id)
                onDone()
              })
            }
          />
          <AlertDialog
            open={asking === 'token'}
            onOpenChange={() => setAsking(null)}
            title="Make a new token?"
            description={`The one that ${source.name} sends with now ends at once: nothing is taken from it until it has the new one.`}
            action="Make a new token"
            danger
            onConfirm={() =>
              void attempt(async () => {
                setToken(await api.newIntakeToken(source.id))
              })
            }
          />
        </>
      )}
    </>
  )
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
