import { useEffect, useState } from 'react'
import { LANGUAGE_NAMES, LANGUAGES, PRODUCT_NAME } from '#shared/messages/languages.ts'
import { message, type Message, type MessageOrText } from '#shared/messages/message.ts'
import { DEMO_PASSWORD, signInRequestSchema, type Newsroom } from '#shared/protocol/http.ts'
import { ROLES, type Role } from '#shared/story/workflow.ts'
import { errorMessage } from '../api/api-error.ts'
import { useLanguageChoice } from '../messages/MessagesProvider.tsx'
import { useMessages } from '../messages/use-messages.ts'
import { Button } from '../ui/Button.tsx'
import { TextInput } from '../ui/Field.tsx'
import { Notice, Skeleton } from '../ui/States.tsx'
import type { Session } from './session.ts'
import styles from './SignIn.module.css'

export interface SignInProps {
  session: Session
  /** Why the last session ended. */
  notice: MessageOrText | null
  /** Goes to another newsroom's server; null in a browser, where the address decides. */
  changeServer: ((address: string) => Promise<void>) | null
}

type Asked = { phase: 'asking' } | { phase: 'answered'; newsroom: Newsroom } | { phase: 'failed'; why: MessageOrText }

export function SignIn({ session, notice, changeServer }: SignInProps) {
  const { t, say } = useMessages()
  const [asked, setAsked] = useState<Asked>({ phase: 'asking' })
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    let stale = false
    session.api.newsroom().then(
      (newsroom) => {
        if (!stale) setAsked({ phase: 'answered', newsroom })
      },
      (error: unknown) => {
        if (!stale) setAsked({ phase: 'failed', why: errorMessage(error) })
      },
    )
    return () => {
      stale = true
    }
  }, [session, attempt])

  const newsroom = asked.phase === 'answered' ? asked.newsroom : null
  return (
    <main className={styles.page}>
      <div className={styles.sheet}>
        <header className={styles.nameplate}>
          <h1 className={styles.name}>{PRODUCT_NAME}</h1>
          <p className={styles.newsroom}>{newsroom?.name}</p>
        </header>
        {notice !== null && <Notice kind="info">{say(notice)}</Notice>}
        {asked.phase === 'asking' && <Skeleton lines={[40, 100, 40, 100]} label={t('app.loading-newsroom')} />}
        {asked.phase === 'failed' && (
          <Notice
            kind="danger"
            action={
              <Button
                size="s"
                onClick={() => {
                  setAsked({ phase: 'asking' })
                  setAttempt(attempt + 1)
                }}
              >
                {t('common.try-again')}
              </Button>
            }
          >
            {say(asked.why)}
          </Notice>
        )}
        {newsroom?.demo === true && <DemoPeople session={session} people={newsroom.people} />}
        {asked.phase !== 'asking' && <PasswordForm session={session} demo={newsroom?.demo === true} />}
        {changeServer !== null && <ChangeServer server={session.api.server} change={changeServer} />}
        <Languages />
      </div>
    </main>
  )
}

/** In the order in which a story passes through their hands. */
const byRole = (a: { role: Role }, b: { role: Role }): number => ROLES.indexOf(a.role) - ROLES.indexOf(b.role)

function DemoPeople({ session, people }: { session: Session; people: Newsroom['people'] }) {
  const { t, say } = useMessages()
  const [busy, setBusy] = useState<string | null>(null)
  const [error, setError] = useState<MessageOrText | null>(null)

  async function enter(email: string) {
    setBusy(email)
    setError(null)
    try {
      await session.signIn(email, DEMO_PASSWORD)
    } catch (thrown) {
      setBusy(null)
      setError(errorMessage(thrown))
    }
  }

  return (
    <section className={styles.demo} aria-labelledby="demo-title">
      <h2 id="demo-title" className={styles.heading}>
        {t('app.demo.title')}
      </h2>
      <p className={styles.hint}>{t('app.demo.explanation')}</p>
      <ul className={styles.people}>
        {people.toSorted(byRole).map((person) => (
          <li key={person.email}>
            <button
              type="button"
              className={styles.person}
              aria-busy={busy === person.email || undefined}
              disabled={busy !== null && busy !== person.email}
              onClick={() => void enter(person.email)}
            >
              <span className={styles.who}>
                <span className={styles.personName}>{person.name}</span>
                <span className={styles.email}>{person.email}</span>
              </span>
              <span className={styles.role}>{t(`common.role.${person.role}`)}</span>
            </button>
          </li>
        ))}
      </ul>
      {error !== null && <Notice kind="danger">{say(error)}</Notice>}
    </section>
  )
}

interface Errors {
  email?: Message
  password?: Message
  form?: MessageOrText
}

function PasswordForm({ session, demo }: { session: Session; demo: boolean }) {
  const { t, say } = useMessages()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<Errors>({})

  async function submit() {
    const request = signInRequestSchema.safeParse({ email: email.trim(), password })
    if (!request.success) {
      const wrong = new Set(request.error.issues.map((issue) => issue.path[0]))
      setErrors({
        ...(wrong.has('email') && { email: message('app.email-invalid') }),
        ...(wrong.has('password') && { password: message('app.password-missing') }),
      })
      return
    }
    setBusy(true)
    setErrors({})
    try {
      await session.signIn(request.data.email, request.data.password)
    } catch (error) {
      setBusy(false)
      setErrors({ form: errorMessage(error) })
    }
  }

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <TextInput
        label={t('app.email')}
        type="email"
        autoComplete="username"
        value={email}
        error={errors.email && say(errors.email)}
        onChange={(event) => setEmail(event.target.value)}
      />
      <TextInput
        label={t('app.password')}
        type="password"
        autoComplete="current-password"
        value={password}
        error={errors.password && say(errors.password)}
        onChange={(event) => setPassword(event.target.value)}
      />
      {errors.form !== undefined && <Notice kind="danger">{say(errors.form)}</Notice>}
      <Button variant={demo ? 'plain' : 'primary'} type="submit" busy={busy}>
        {busy ? t('app.signing-in') : t('app.sign-in')}
      </Button>
    </form>
  )
}

function ChangeServer({ server, change }: { server: string; change: (address: string) => Promise<void> }) {
  const { t, say, rich } = useMessages()
  const [open, setOpen] = useState(false)
  const [address, setAddress] = useState(server)
  const [error, setError] = useState<MessageOrText | null>(null)
  if (!open) {
    return (
      <p className={styles.server}>
        {rich('app.server', {
          server,
          change: (inside) => (
            <button type="button" className={styles.link} onClick={() => setOpen(true)}>
              {inside}
            </button>
          ),
        })}
      </p>
    )
  }
  return (
    <form
      className={styles.serverForm}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        change(address.trim()).catch((thrown: unknown) => setError(errorMessage(thrown)))
      }}
    >
      <TextInput
        label={t('app.newsroom-address')}
        type="url"
        value={address}
        error={error && say(error)}
        autoFocus
        onChange={(event) => setAddress(event.target.value)}
      />
      <Button type="submit">{t('app.use-server')}</Button>
    </form>
  )
}

/** Each language in its own words, for a person who cannot read the one that is shown. */
function Languages() {
  const { t, language } = useMessages()
  const interfaceLanguage = useLanguageChoice()
  return (
    <div className={styles.languages} role="group" aria-label={t('app.language')}>
      {LANGUAGES.map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          className={styles.language}
          aria-pressed={each === language}
          onClick={() => interfaceLanguage.choose(each)}
        >
          {LANGUAGE_NAMES[each]}
        </button>
      ))}
    </div>
  )
}
