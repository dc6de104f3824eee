/**
 * Loaded before the server (`node --import`): on SIGUSR2 the thread that holds the database ends, as it does when it
 * has no memory left.
 */
import { syncBuiltinESMExports } from 'node:module'
import workers, { Worker, type WorkerOptions } from 'node:worker_threads'

class EndedWorker extends Worker {
  constructor(file: string | URL, options?: WorkerOptions) {
    super(file, options)
    if (String(file).endsWith('/sqlite-worker.ts')) process.once('SIGUSR2', () => void this.terminate())
  }
}
workers.Worker = EndedWorker
syncBuiltinESMExports()
