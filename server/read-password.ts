/** Asks for a password. */
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

/** Resolves to a line: on a terminal after a prompt and hidden, otherwise from the standard input. Null when there is none. */
export async function readPassword(prompt: string): Promise<string | null> {
  const terminal = process.stdin.isTTY
  // Readline echoes keys to its output; this output discards them.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal })
  // In raw mode the terminal itself shows nothing either.
  if (terminal) process.stderr.write(prompt)
  try {
    return await new Promise<string | null>((resolve) => {
      lines.once('line', resolve)
      // At the end of the input, and at Ctrl-C and Ctrl-D.
      lines.once('close', () => resolve(null))
    })
  } finally {
    lines.close()
    if (terminal) process.stderr.write('\n')
  }
}
