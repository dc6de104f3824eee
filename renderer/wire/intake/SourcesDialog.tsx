import { useState } from 'react'
import { message, type Message } from '#shared/messages/message.ts'
import {
  INTAKE_KINDS,
  putIntakeSourceRequestSchema,
  type IntakeKind,
  type IntakeSource,
} from '#shared/protocol/http.ts'
import type { Messages } from '#shared/messages/messages.ts'
import type { Desk } from '#shared/story/story.ts'
import type { Api } from '../../api/client.ts'
import { fieldProblem } from '../../api/field-problem.ts'
import { useAttempt } from '../../api/use-attempt.ts'
import { useMessages } from '../../messages/use-messages.ts'
import type { Feed } from '../../newsroom/feed.ts'
import { useLiveQuery } from '../../newsroom/live-query.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { AlertDialog, Dialog } from '../../ui/Dialog.tsx'
import { Checkbox, Select, TextInput } from '../../ui/Field.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { List, ListRow, RowWords } from '../../ui/List.tsx'
import { ErrorState, Notice, Skeleton } from '../../ui/States.tsx'
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
  const messages = useMessages()
  const { t, format } = messages
  const {
    value: sources,
    problem,
    reload,
  } = useLiveQuery<IntakeSource[]>(feed, {
    key: 'intake-sources',
    read: () => api.intakeSources(),
    apply(list, event) {
      if (event.type === 'intake-source') return list.map((each) => (each.id === event.source.id ? event.source : each))
      return event.type === 'intake-source-removed' ? list.filter(({ id }) => id !== event.sourceId) : list
    },
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
      title={t('intake.source.list')}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      actions={
        <>
          <Button onClick={onClose}>{t('common.close')}</Button>
          <Button variant="primary" disabled={!online} onClick={() => setEditing('new')}>
            {t('intake.source.add')}
          </Button>
        </>
      }
    >
      {sources === null && problem === null && <Skeleton label={t('intake.source.loading')} />}
      {sources === null && problem !== null && (
        <ErrorState
          title={t('intake.source.not-loaded')}
          action={<Button onClick={reload}>{t('common.try-again')}</Button>}
        >
          {problem}
        </ErrorState>
      )}
      {sources?.length === 0 && <p className={styles.quiet}>{t('intake.source.none')}</p>}
      {sources !== null && sources.length > 0 && (
        <List>
          {sources.map((source) => (
            <ListRow key={source.id}>
              <RowWords>
                <p className={styles.name}>{source.name}</p>
                <p className={styles.quiet}>{sourceFacts(messages, source, desks).join(' · ')}</p>
                <p className={styles.quiet}>
                  {source.lastHeardAt === null
                    ? t('intake.source.nothing-received')
                    : t('intake.source.last-received', { time: format.longTime(new Date(source.lastHeardAt)) })}
                </p>
                {source.fault !== null && <Notice kind="danger">{source.fault}</Notice>}
              </RowWords>
              <Button
                size="s"
                disabled={!online}
                aria-label={t('intake.source.edit-named', { name: source.name })}
                onClick={() => setEditing(source)}
              >
                {t('intake.source.edit')}
              </Button>
            </ListRow>
          ))}
        </List>
      )}
    </Dialog>
  )
}

function sourceFacts(
  { t }: Pick<Messages, 't'>,
  { kind, deskId, paused }: IntakeSource,
  desks: readonly Desk[],
): string[] {
  const desk = desks.find(({ id }) => id === deskId)
  return [
    t(`intake.source.kind.${kind}`),
    desk === undefined ? t('intake.source.to-no-desk') : t('intake.source.to-desk', { desk: desk.name }),
    ...(paused ? [t('intake.source.is-paused')] : []),
  ]
}

interface SourceFormProps extends Pick<SourcesDialogProps, 'api' | 'desks' | 'server'> {
  /** Null for a new one. */
  source: IntakeSource | null
  onDone: () => void
  onClose: () => void
}

function SourceForm({ source, api, desks, server, onDone, onClose }: SourceFormProps) {
  const { t, say } = useMessages()
  const [id] = useState(() => source?.id ?? crypto.randomUUID())
  const [name, setName] = useState(source?.name ?? '')
  const [kind, setKind] = useState<IntakeKind>(source?.kind ?? 'feed')
  const [deskId, setDeskId] = useState(source?.deskId ?? desks[0]?.id ?? '')
  const [paused, setPaused] = useState(source?.paused ?? false)
  const [folder, setFolder] = useState(textOf(source?.settings['folder']))
  const [url, setUrl] = useState(textOf(source?.settings['url']))
  const [minutes, setMinutes] = useState(textOf(source?.settings['everyMinutes'] ?? 5))
  const [allowPrivate, setAllowPrivate] = useState(source?.settings['allowPrivate'] === true)
  const [problems, setProblems] = useState<Record<string, Message>>({})
  const { busy, error, attempt } = useAttempt()
  const [token, setToken] = useState<{ token: string; path: string } | null>(null)
  const [asking, setAsking] = useState<'remove' | 'token' | null>(null)

  const settings = {
    folder: { folder },
    http: {},
    feed: { url, everyMinutes: Number(minutes), allowPrivate },
  }[kind]

  const problem = (field: string) => problems[field] && say(problems[field])

  async function save() {
    const request = putIntakeSourceRequestSchema.safeParse({ name, kind, deskId, paused, settings })
    if (!request.success) {
      setProblems(
        Object.fromEntries(
          request.error.issues.map((issue) => {
            const field = String(issue.path.at(-1))
            return [field, OWN_PROBLEMS[field] ?? fieldProblem(issue)]
          }),
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
        title={t('intake.source.token.title')}
        description={t('intake.source.token.explanation')}
        onOpenChange={(open) => {
          if (!open) onDone()
        }}
        actions={
          <Button variant="primary" onClick={onDone}>
            {t('intake.source.token.done')}
          </Button>
        }
      >
        <Facts>
          <dt>{t('intake.source.address')}</dt>
          <dd>
            <code className={styles.secret}>{server + token.path}</code>
            <CopyButton text={server + token.path} label={t('intake.source.token.copy-address')} />
          </dd>
          <dt>{t('intake.source.token')}</dt>
          <dd>
            <code className={styles.secret}>{token.token}</code>
            <CopyButton text={token.token} label={t('intake.source.token.copy')} />
          </dd>
        </Facts>
      </Dialog>
    )
  }
  return (
    <>
      <Dialog
        open
        title={source === null ? t('intake.source.add') : source.name}
        onOpenChange={(open) => {
          if (!open && !busy) onClose()
        }}
        onSubmit={() => void save()}
        actions={
          <>
            {source !== null && (
              <Button variant="quiet" className={styles.remove} disabled={busy} onClick={() => setAsking('remove')}>
                {t('intake.source.remove')}
              </Button>
            )}
            <Button onClick={onClose} disabled={busy}>
              {t('intake.source.back')}
            </Button>
            <Button variant="primary" type="submit" busy={busy}>
              {source === null ? t('intake.source.save-new') : t('intake.source.save')}
            </Button>
          </>
        }
      >
        <TextInput
          label={t('intake.source.name')}
          value={name}
          autoComplete="off"
          dir="auto"
          error={problem('name')}
          onChange={(event) => setName(event.target.value)}
        />
        <Select
          label={t('intake.source.type')}
          value={kind}
          disabled={source !== null}
          options={INTAKE_KINDS.map((value) => ({ value, label: t(`intake.source.kind.${value}`) }))}
          onChange={(event) => setKind(event.target.value as IntakeKind)}
        />
        <Select
          label={t('intake.source.desk')}
          value={deskId}
          options={desks.map((desk) => ({ value: desk.id, label: desk.name }))}
          error={problem('deskId')}
          onChange={(event) => setDeskId(event.target.value)}
        />
        {kind === 'folder' && (
          <TextInput
            label={t('intake.source.folder')}
            hint={t('intake.source.folder.hint')}
            value={folder}
            error={problem('folder')}
            onChange={(event) => setFolder(event.target.value)}
          />
        )}
        {kind === 'feed' && (
          <>
            <TextInput
              label={t('intake.source.address')}
              hint={t('intake.source.address.hint')}
              inputMode="url"
              value={url}
              error={problem('url')}
              onChange={(event) => setUrl(event.target.value)}
            />
            <TextInput
              label={t('intake.source.interval')}
              inputMode="numeric"
              value={minutes}
              error={problem('everyMinutes')}
              onChange={(event) => setMinutes(event.target.value)}
            />
            <Checkbox
              label={t('intake.source.internal')}
              hint={t('intake.source.internal.hint')}
              checked={allowPrivate}
              onChange={(event) => setAllowPrivate(event.target.checked)}
            />
          </>
        )}
        {kind === 'http' && source !== null && (
          <Button disabled={busy} onClick={() => setAsking('token')}>
            {t('intake.source.new-token')}
          </Button>
        )}
        <Checkbox
          label={t('intake.source.paused')}
          checked={paused}
          onChange={(event) => setPaused(event.target.checked)}
        />
        {error !== null && <Notice kind="danger">{error}</Notice>}
      </Dialog>
      {source !== null && (
        <>
          <AlertDialog
            open={asking === 'remove'}
            onOpenChange={() => setAsking(null)}
            title={t('intake.source.remove.question', { name: source.name })}
            description={t('intake.source.remove.explanation')}
            action={t('intake.source.remove.confirm')}
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
            title={t('intake.source.new-token.question')}
            description={t('intake.source.new-token.explanation', { name: source.name })}
            action={t('intake.source.new-token.confirm')}
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

/** Fields with a message of their own. */
const OWN_PROBLEMS: Record<string, Message> = {
  deskId: message('intake.source.desk-missing'),
  url: message('intake.source.address-invalid'),
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
