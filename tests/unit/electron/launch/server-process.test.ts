import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeExit, type ServerOptions, ServerFailed, startServer } from '#electron/launch/server-process.ts'
import { tempFolder } from '#tests/support/temp.ts'

const READY = `console.log("Galley's relay is at http://127.0.0.1:4870")`
const STAYS = `setInterval(() => undefined, 1000)`

/** Starts a "server" that is this script. */
async function start(script: string, options: ServerOptions = {}) {
  await using folder = await tempFolder()
  const path = join(folder.path, 'server.mjs')
  await writeFile(path, script)
  return await startServer({ ...options, script: path })
}

describe('the server process', () => {
  it('is ready when it says where it is', async () => {
    const server = await start(`console.log('hello'); ${READY}; ${STAYS}`)
    expect(server.address).toBe('http://127.0.0.1:4870')
    await server.kill()
  })

  it('gets its flags and settings, and its lines are heard', async () => {
    const lines: string[] = []
    const script = `console.error(process.argv[2], process.env.GALLEY_PORT); ${READY}; ${STAYS}`
    const server = await start(script, {
      args: ['--demo'],
      env: { GALLEY_PORT: '0' },
      onLine: (line, stream) => lines.push(`${stream}: ${line}`),
    })
    await server.stop()
    expect(lines).toContain('stderr: --demo 0')
  })

  it('that ends before it is ready has failed, and what it said is known', async () => {
    const failure = await start(`console.error('the port is taken'); process.exitCode = 2`).catch(
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(ServerFailed)
    expect(failure).toMatchObject({ exit: { code: 2, signal: null }, output: 'the port is taken' })
  })

  it('is stopped in good order, and killed without it', async () => {
    const orderly = `process.on('SIGTERM', () => process.exit(0)); ${READY}; ${STAYS}`
    expect(await (await start(orderly)).stop()).toEqual({ code: 0, signal: null })
    expect(await (await start(orderly)).kill()).toEqual({ code: null, signal: 'SIGKILL' })
  })

  it('tells when it ends by itself', async () => {
    const server = await start(`${READY}; process.exitCode = 3`)
    expect(describeExit(await server.exited)).toBe('exit code 3')
  })

  it('is stopped twice without harm', async () => {
    const server = await start(`${READY}; ${STAYS}`)
    await server.kill()
    expect(describeExit(await server.stop())).toBe('SIGKILL')
  })
})
