import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  browserOpener,
  desktopObstacle,
  downloadElectron,
  electronBinary,
  hasDisplay,
  type Machine,
} from '#electron/launch/desktop.ts'
import { tempFolder } from '#tests/support/temp.ts'

const linux = (env: Record<string, string>, uid = 1000): Machine => ({ platform: 'linux', env, uid })
const MAC: Machine = { platform: 'darwin', env: {}, uid: 501 }
const WINDOWS: Machine = { platform: 'win32', env: {}, uid: null }

describe('a desktop app', () => {
  it.each<[string, Machine]>([
    ['X11', linux({ DISPLAY: ':0' })],
    ['Wayland', linux({ WAYLAND_DISPLAY: 'wayland-0' })],
    ['a Mac', MAC],
    ['Windows', WINDOWS],
  ])('can run on %s', (_name, machine) => expect(desktopObstacle(machine)).toBeNull())

  it('cannot run without a display', () => {
    expect(desktopObstacle(linux({}))).toContain('no display')
    expect(desktopObstacle(linux({ DISPLAY: '' }))).toContain('no display')
    expect(hasDisplay(linux({}))).toBe(false)
  })

  it('cannot run as root, whose processes have no sandbox', () => {
    expect(desktopObstacle(linux({ DISPLAY: ':0' }, 0))).toContain('root')
  })
})

/** A folder like Electron's npm package, with an installer that is this script. */
async function electronPackage(installer: string) {
  const folder = await tempFolder()
  const script = join(folder.path, 'install.cjs')
  await writeFile(script, installer)
  return { folder: folder.path, script, [Symbol.asyncDispose]: folder.remove }
}

const INSTALLS = `
  const fs = require('node:fs')
  fs.mkdirSync(__dirname + '/dist', { recursive: true })
  fs.writeFileSync(__dirname + '/dist/electron', '')
  fs.writeFileSync(__dirname + '/path.txt', 'electron')`

describe("Electron's binary", () => {
  it('is not there before it was installed, nor half of it', async () => {
    await using electron = await electronPackage('')
    expect(electronBinary(electron.folder)).toBeNull()
    await writeFile(join(electron.folder, 'path.txt'), 'electron')
    expect(electronBinary(electron.folder)).toBeNull()
    await mkdir(join(electron.folder, 'dist'))
    await writeFile(join(electron.folder, 'dist/electron'), '')
    await chmod(join(electron.folder, 'dist/electron'), 0o755)
    expect(electronBinary(electron.folder)).toBe(join(electron.folder, 'dist/electron'))
  })

  it('is there after its installer ran', async () => {
    await using electron = await electronPackage(INSTALLS)
    expect(await downloadElectron(60_000, electron.script, electron.folder)).toEqual({
      result: 'here',
      binary: join(electron.folder, 'dist/electron'),
    })
  })

  it('is given up when its installer fails, or says that it went well and brought nothing', async () => {
    for (const script of ['process.exit(1)', '']) {
      await using electron = await electronPackage(script)
      expect(await downloadElectron(60_000, electron.script, electron.folder)).toEqual({ result: 'failed' })
    }
  })

  it('is not waited for longer than that, but goes on until it is called off', async () => {
    await using electron = await electronPackage('setInterval(() => undefined, 1000)')
    const download = await downloadElectron(0, electron.script, electron.folder)
    if (download.result !== 'slow') throw new Error(download.result)
    download.cancel()
    expect(await download.finished).toBe(false)
  })
})

it("the person's own browser is opened the system's way", () => {
  expect([MAC, WINDOWS, linux({})].map((machine) => browserOpener(machine)?.command)).toEqual([
    'open',
    'rundll32',
    'xdg-open',
  ])
  expect(browserOpener({ ...MAC, platform: 'aix' })).toBeNull()
})
