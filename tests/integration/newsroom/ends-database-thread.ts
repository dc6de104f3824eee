/**
 * Loaded before the server (`node --import`). On SIGUSR2 it ends the database thread, as happens when that runs out of
 * memory.
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
