/** Asking for a password: on a terminal without showing it, else the first line of the standard input. */
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

export async function readPassword(prompt: string): Promise<string> {
  const terminal = process.stdin.isTTY
  if (terminal) process.stderr.write(prompt)
  // Readline echoes what is typed to its output; this one swallows it.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal })
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve)
      lines.once('close', () => reject(new Error('No password was given.')))
      lines.once('SIGINT', () => reject(new Error('Stopped. Nothing was changed.')))
    })
  } finally {
    lines.close()
    if (terminal) process.stderr.write('\n')
  }
}
