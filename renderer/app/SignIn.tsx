import { useEffect, useState } from 'react'
import { DEMO_PASSWORD, signInRequestSchema, type Newsroom } from '#shared/protocol/http.ts'
import { ROLE_LABELS, ROLES, type Role } from '#shared/story/workflow.ts'
import { errorSentence } from '../api/api-error.ts'
import { Button } from '../ui/Button.tsx'
import { TextInput } from '../ui/Field.tsx'
import { Notice, Skeleton } from '../ui/States.tsx'
import type { Session } from './session.ts'
import styles from './SignIn.module.css'

export interface SignInProps {
  session: Session
  /** Why somebody who was signed in no longer is. */
  notice: string | null
  /** Goes to another newsroom's server; null where there is no choice. */
  changeServer: ((address: string) => Promise<void>) | null
}

type Asked = { phase: 'asking' } | { phase: 'answered'; newsroom: Newsroom } | { phase: 'failed'; sentence: string }

export function SignIn({ session, notice, changeServer }: SignInProps) {
  const [asked, setAsked] = useState<Asked>({ phase: 'asking' })
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    let stale = false
    session.api.newsroom().then(
      (newsroom) => {
        if (!stale) setAsked({ phase: 'answered', newsroom })
      },
      (error: unknown) => {
        if (!stale) setAsked({ phase: 'failed', sentence: errorSentence(error) })
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
          <h1 className={styles.name}>Galley</h1>
          <p className={styles.newsroom}>{newsroom?.name ?? ' '}</p>
        </header>
        {notice !== null && <Notice kind="info">{notice}</Notice>}
        {asked.phase === 'asking' && <Skeleton lines={[40, 100, 40, 100]} label="Asking the newsroom" />}
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
                Try again
              </Button>
            }
          >
            {asked.sentence}
          </Notice>
        )}
        {newsroom?.demo === true && <DemoPeople session={session} people={newsroom.people} />}
        {asked.phase !== 'asking' && <PasswordForm session={session} demo={newsroom?.demo === true} />}
        {changeServer !== null && <ChangeServer server={session.api.server} change={changeServer} />}
      </div>
    </main>
  )
}

/** In the order in which a story passes through their hands. */
const byRole = (a: { role: Role }, b: { role: Role }): number => ROLES.indexOf(a.role) - ROLES.indexOf(b.role)

function DemoPeople({ session, people }: { session: Session; people: Newsroom['people'] }) {
  const [busy, setBusy] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)

  async function enter(email: string) {
    setBusy(email)
    setError(null)
    try {
      await session.signIn(email, DEMO_PASSWORD)
    } catch (thrown) {
      setBusy(null)
      setError(errorSentence(thrown))
    }
  }

  return (
    <section className={styles.demo} aria-labelledby="demo-title">
      <h2 id="demo-title" className={styles.heading}>
        This is a demo newsroom
      </h2>
      <p className={styles.hint}>
        Its people and stories are made up, and it can be reached from this computer alone. Come in as one of them; open
        a second window as another to write together.
      </p>
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
              <span className={styles.role}>{ROLE_LABELS[person.role]}</span>
            </button>
          </li>
        ))}
      </ul>
      {error !== null && <Notice kind="danger">{error}</Notice>}
    </section>
  )
}

interface Errors {
  email?: string
  password?: string
  form?: string
}

function PasswordForm({ session, demo }: { session: Session; demo: boolean }) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<Errors>({})

  async function submit() {
    const request = signInRequestSchema.safeParse({ email: email.trim(), password })
    if (!request.success) {
      const wrong = new Set(request.error.issues.map((issue) => issue.path[0]))
      setErrors({
        ...(wrong.has('email') && { email: 'Write your address as name@newsroom.example.' }),
        ...(wrong.has('password') && { password: 'Write your password.' }),
      })
      return
    }
    setBusy(true)
    setErrors({})
    try {
      await session.signIn(request.data.email, request.data.password)
    } catch (error) {
      setBusy(false)
      setErrors({ form: errorSentence(error) })
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
        label="Email"
        type="email"
        autoComplete="username"
        value={email}
        error={errors.email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <TextInput
        label="Password"
        type="password"
        autoComplete="current-password"
        value={password}
        error={errors.password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {errors.form !== undefined && <Notice kind="danger">{errors.form}</Notice>}
      <Button variant={demo ? 'plain' : 'primary'} type="submit" busy={busy}>
        {busy ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  )
}

function ChangeServer({ server, change }: { server: string; change: (address: string) => Promise<void> }) {
  const [open, setOpen] = useState(false)
  const [address, setAddress] = useState(server)
  const [error, setError] = useState<string | null>(null)
  if (!open) {
    return (
      <p className={styles.server}>
        The newsroom at {server}.{' '}
        <button type="button" className={styles.link} onClick={() => setOpen(true)}>
          Change
        </button>
      </p>
    )
  }
  return (
    <form
      className={styles.serverForm}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        change(address.trim()).catch((thrown: unknown) => setError(errorSentence(thrown)))
      }}
    >
      <TextInput
        label="The newsroom’s address"
        type="url"
        value={address}
        error={error}
        autoFocus
        onChange={(event) => setAddress(event.target.value)}
      />
      <Button type="submit">Go there</Button>
    </form>
  )
}
