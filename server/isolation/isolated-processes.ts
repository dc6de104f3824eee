/**
 * Work on files of strangers, in processes of its own. A process does one job at a time; one that takes too long or too
 * much memory is ended, and only that job fails. The processes start when needed, end when idle, and know no secrets.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { refuse } from '../refusal.ts'

export interface IsolationOptions {
  /** A script that calls `answerParent`. */
  script: URL
  /** The number of processes. */
  atOnce: number
  /** The limit for one job. */
  timeMs: number
  /** The limit for JavaScript objects, in MB. */
  heapMb: number
  /** The limits for jobs that wait: of one owner, and in bytes of all together. */
  mostWaiting: number
  mostWaitingBytes: number
}

export interface Job<Question> {
  question: Question
  /** Whose job it is. Each owner has one job done at a time, so one owner cannot hold all processes. */
  owner: string
  /** The size of what the question holds in memory. */
  bytes: number
}

export interface IsolatedProcesses<Question, Answer> {
  /**
   * Rejects with an {@link IsolationFailed} when the process was ended, with an Error of the script's message when the
   * script threw, and with the refusal `busy` when too much waits.
   */
  ask(job: Job<Question>): Promise<Answer>
  /** Ends the processes. What they were doing fails. */
  close(): Promise<void>
}

/** The job took longer, or more memory, than it may; its process ended by itself; or the server is stopping. */
export class IsolationFailed extends Error {
  override readonly name = 'IsolationFailed'
  readonly reason: 'time' | 'memory' | 'ended' | 'closed'

  constructor(reason: IsolationFailed['reason']) {
    super(`The isolated process ended: ${reason}`)
    this.reason = reason
  }
}

/** The exit code of a process that ends itself because it uses too much memory. */
export const EXIT_MEMORY = 86
/** How V8 ends a process whose heap is full: by this signal, or on Windows and in some shells by a code. */
const ABORTED = { signal: 'SIGABRT', codes: [134, 3_221_226_505] }
const IDLE_MS = 300_000
/** A process that cannot even start is ended after this time. */
const START_MS = 60_000

/** Its environment: nothing of Galley's, which holds keys and addresses. */
const ENVIRONMENT = ['PATH', 'SystemRoot', 'TZ']

export type Reply<Answer> = { ready: true } | { answer: Answer } | { error: string }

interface Waiting<Question, Answer> extends Job<Question> {
  settle: PromiseWithResolvers<Answer>
}

interface Worker<Question, Answer> {
  child: ChildProcess
  ready: boolean
  job: Waiting<Question, Answer> | null
  timer: NodeJS.Timeout | undefined
  /** Why it is being ended. */
  ending: 'time' | null
  exit: Promise<unknown>
}

export function createIsolatedProcesses<Question extends object, Answer>(
  options: IsolationOptions,
): IsolatedProcesses<Question, Answer> {
  const { script, atOnce, timeMs, heapMb, mostWaiting, mostWaitingBytes } = options
  const workers = new Set<Worker<Question, Answer>>()
  const waiting: Waiting<Question, Answer>[] = []
  let closed = false

  function start(): Worker<Question, Answer> {
    const child = fork(script, {
      execArgv: [`--max-old-space-size=${heapMb}`],
      env: Object.fromEntries(ENVIRONMENT.flatMap((name) => (name in process.env ? [[name, process.env[name]]] : []))),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const exit = Promise.withResolvers()
    const worker: Worker<Question, Answer> = {
      child,
      ready: false,
      job: null,
      timer: undefined,
      ending: null,
      exit: exit.promise,
    }
    const ended = (reason: IsolationFailed['reason']): void => {
      clearTimeout(worker.timer)
      workers.delete(worker)
      exit.resolve(null)
      worker.job?.settle.reject(new IsolationFailed(closed ? 'closed' : reason))
      if (!closed) assign()
    }
    child.on('message', (reply: Reply<Answer>) => {
      clearTimeout(worker.timer)
      if ('ready' in reply) {
        worker.ready = true
        if (worker.job !== null) send(worker, worker.job)
        return
      }
      const { job } = worker
      worker.job = null
      if ('error' in reply) job?.settle.reject(new Error(reply.error))
      else job?.settle.resolve(reply.answer)
      rest(worker)
      assign()
    })
    child.on('exit', (code, signal) => {
      const full = code === EXIT_MEMORY || signal === ABORTED.signal || (code !== null && ABORTED.codes.includes(code))
      ended(worker.ending ?? (full ? 'memory' : 'ended'))
    })
    // It could not be started, or a message did not reach it.
    child.on('error', () => {
      child.kill('SIGKILL')
      if (child.pid === undefined) ended('ended')
    })
    workers.add(worker)
    worker.timer = setTimeout(() => end(worker), START_MS)
    return worker
  }

  function end(worker: Worker<Question, Answer>): void {
    if (worker.job !== null) worker.ending = 'time'
    worker.child.kill('SIGKILL')
  }

  function send(worker: Worker<Question, Answer>, { question }: Waiting<Question, Answer>): void {
    worker.timer = setTimeout(() => end(worker), timeMs)
    worker.child.send(question)
  }

  /** Neither an idle process nor its end keeps the server from stopping. */
  function rest(worker: Worker<Question, Answer>): void {
    worker.child.unref()
    worker.child.channel?.unref()
    worker.timer = setTimeout(() => end(worker), IDLE_MS).unref()
  }

  /** Gives the waiting jobs to free processes, first come first served, one of each owner at a time. */
  function assign(): void {
    for (;;) {
      const busy = new Set([...workers].flatMap(({ job }) => (job === null ? [] : [job.owner])))
      const next = waiting.findIndex(({ owner }) => !busy.has(owner))
      const free = [...workers].find(({ job, child }) => job === null && !child.killed)
      if (next === -1 || (free === undefined && workers.size >= atOnce)) return
      const [job] = waiting.splice(next, 1)
      if (job === undefined) return
      const worker = free ?? start()
      worker.job = job
      if (free === undefined) continue
      clearTimeout(worker.timer)
      worker.child.ref()
      worker.child.channel?.ref()
      send(worker, job)
    }
  }

  return {
    ask(job) {
      const ofOwner = waiting.filter(({ owner }) => owner === job.owner).length
      const bytes = waiting.reduce((sum, each) => sum + each.bytes, 0)
      if (ofOwner >= mostWaiting || (waiting.length > 0 && bytes + job.bytes > mostWaitingBytes)) {
        return Promise.reject(refuse('files-busy'))
      }
      if (closed) return Promise.reject(new IsolationFailed('closed'))
      const settle = Promise.withResolvers<Answer>()
      waiting.push({ ...job, settle })
      assign()
      return settle.promise
    },

    async close() {
      closed = true
      for (const { settle } of waiting.splice(0)) settle.reject(new IsolationFailed('closed'))
      for (const { child } of workers) {
        child.ref()
        child.kill('SIGKILL')
      }
      await Promise.all([...workers].map(({ exit }) => exit))
    },
  }
}
