/** Runs `npm run wire` as a process: its output, its errors and its exit codes. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, open, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newsMlG2 } from '#shared/wire/formats/newsmlg2/write.ts'
import { ninjs31 } from '#shared/wire/formats/ninjs31/write.ts'
import { nitf36 } from '#shared/wire/formats/nitf36/write.ts'
import { type TempFolder, tempFolder } from '#tests/support/temp.ts'
import { item } from '../../unit/wire/articles.ts'
import { iptcExample, samplesMissing, wireCopy } from '../../unit/wire/formats-in/samples.ts'

const SCRIPT = resolve(import.meta.dirname, '../../../server/wire-cli.ts')
const missing = samplesMissing()

async function wire(args: string[], { cwd, input = '' }: { cwd?: string; input?: string | Buffer } = {}) {
  const child = spawn(process.execPath, [SCRIPT, ...args], cwd === undefined ? {} : { cwd })
  let [out, err] = ['', '']
  child.stdout.on('data', (data: Buffer) => (out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (err += data.toString()))
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number]
  return { code, out, err }
}

async function put(folder: TempFolder, name: string, content: string | Buffer) {
  await writeFile(join(folder.path, name), content)
  return name
}

const RSS = `<rss version="2.0"><channel><title>C</title>
<item><guid>urn:a:1</guid><title>First</title><description>One</description></item>
<item><guid>urn:a:2</guid><title>Second</title><description>Two</description></item></channel></rss>`

describe('wire convert', () => {
  it('detects the format, and writes only the converted document to standard output', async () => {
    await using folder = await tempFolder()
    const story = item()
    const file = await put(folder, 'story.xml', nitf36.write(story).text)
    const toNinjs = await wire(['convert', file, '--to', 'ninjs31'], { cwd: folder.path })
    expect(toNinjs).toEqual({ code: 0, out: ninjs31.write(story).text, err: '' })
    const back = await wire(['convert', '-', '--to', 'newsmlg2'], { input: toNinjs.out })
    expect(back).toEqual({ code: 0, out: newsMlG2.write(story).text, err: '' })
  })

  it('converts copied text, and lists what it left out', async ({ skip }) => {
    if (missing !== null) skip(missing)
    const { code, out, err } = await wire(['convert', '-', '--to', 'ninjs31'], { input: wireCopy() })
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      headlines: [{ value: 'Belarus leader appeals to Russia as pressure to quit grows' }],
      associations: [{ by: 'REUTERS/Vasily Fedosenko' }],
    })
    expect(err).toContain('-: left out (a list of other stories): Related Posts')
  })

  it('reports that its result cannot be written, which is not the file’s fault', async ({ skip }) => {
    if (!existsSync('/dev/full')) skip('There is no /dev/full here')
    await using folder = await tempFolder()
    const file = await put(folder, 'story.xml', nitf36.write(item()).text)
    const full = await open('/dev/full', 'w')
    const child = spawn(process.execPath, [SCRIPT, 'convert', join(folder.path, file), '--to', 'ninjs31'], {
      stdio: ['ignore', full.fd, 'pipe'],
    })
    let err = ''
    child.stderr?.on('data', (data: Buffer) => (err += data.toString()))
    const [code] = (await once(child, 'close')) as [number]
    await full.close()
    expect([code, err]).toEqual([2, expect.stringMatching(/^The result cannot be written: .+\n$/) as unknown])
  })

  it('writes the same document for the same text', async () => {
    await using folder = await tempFolder()
    const file = await put(folder, 'a.txt', 'A headline of some words\n\nAnd a sentence that says something more.')
    const [first, second] = [
      await wire(['convert', file, '--to', 'nitf36'], { cwd: folder.path }),
      await wire(['convert', file, '--to', 'nitf36'], { cwd: folder.path }),
    ]
    expect(second).toEqual(first)
  })

  it('reads encodings other than UTF-8', async () => {
    const declared = Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-7"?><nitf><body><p>\xca\xe1\xeb\xe7\xec\xdd\xf1\xe1</p></body></nitf>',
      'latin1',
    )
    expect((await wire(['convert', '-', '--to', 'ninjs31'], { input: declared })).out).toContain('Καλημέρα')
    const silent = Buffer.from('A caf\xe9 of four words', 'latin1')
    expect((await wire(['convert', '-', '--to', 'ninjs31'], { input: silent })).out).toContain('A café of four words')
    const named = Buffer.from('\xca\xe1\xeb\xe7\xec\xdd\xf1\xe1', 'latin1')
    const { out } = await wire(['convert', '-', '--to', 'ninjs31', '--encoding', 'windows-1253'], { input: named })
    expect(out).toContain('Καλημέρα')
  })

  it('asks for one of several items, or makes a feed of all', async () => {
    const several = await wire(['convert', '-', '--to', 'nitf36'], { input: RSS })
    expect([several.code, several.out]).toEqual([2, ''])
    expect(several.err).toContain('--item 1 to --item 2')
    const second = await wire(['convert', '-', '--to', 'ninjs31', '--item', '2'], { input: RSS })
    expect(JSON.parse(second.out)).toMatchObject({ uri: 'urn:a:2', headlines: [{ value: 'Second' }] })
    const all = await wire(['convert', '-', '--to', 'json-feed', '--home', 'https://a.example/'], { input: RSS })
    expect((JSON.parse(all.out) as { items: object[] }).items).toHaveLength(2)
  })

  it('reports where a document is broken', async () => {
    await using folder = await tempFolder()
    const file = await put(folder, 'broken.xml', '<nitf>\n  <body>\n</nitf>')
    const { code, out, err } = await wire(['convert', file, '--to', 'ninjs31'], { cwd: folder.path })
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^broken\.xml:3:\d+: This is not well-formed XML: .*\n$/)
  })
})

describe('wire check', () => {
  it('finds no faults in Galley’s own output', async () => {
    for (const format of [ninjs31, newsMlG2, nitf36]) {
      const { code, out, err } = await wire(['check', '-'], { input: format.write(item()).text })
      expect([code, out, err]).toEqual([0, `-: valid (${format.name})\n`, ''])
    }
  })

  it('reports each fault on a line, with its place', async () => {
    await using folder = await tempFolder()
    const text = ninjs31.write(item()).text.replace('"type": "text"', '"type": "song"').replace('"usable"', '"used"')
    const { code, out, err } = await wire(['check', await put(folder, 'a.json', text)], { cwd: folder.path })
    expect([code, out]).toEqual([1, ''])
    const lines = err.trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    const place = (words: string) => text.split('\n').findIndex((line) => line.includes(words)) + 1
    expect(lines[0]).toMatch(new RegExp(`^a\\.json:${place('song')}:\\d+: .*type`))
    expect(lines[1]).toMatch(new RegExp(`^a\\.json:${place('"used"')}:\\d+: .*pubStatus`))
  })

  it('finds the faults in IPTC’s own invalid example', async ({ skip }) => {
    if (missing !== null) skip(missing)
    const { code, err } = await wire(['check', '-'], { input: iptcExample('ninjs/not-valid_008_extension.json') })
    expect(code).toBe(1)
    expect(err).toMatch(/^-:6:\d+: .*embargoedreason/m)
  })

  it('accepts formats without rules if they can be read', async () => {
    const { code, out } = await wire(['check', '-'], { input: 'A headline of some words' })
    expect([code, out]).toEqual([0, expect.stringContaining('can be read')])
    const empty = await wire(['check', '-'], { input: '' })
    expect([empty.code, empty.err]).toEqual([1, '-:1:1: The document is empty.\n'])
  })
})

describe('wire', () => {
  it('prints its help', async () => {
    const { code, out } = await wire(['--help'])
    expect(code).toBe(0)
    for (const name of ['convert', 'check', 'ninjs31', 'nitf36', 'docx', 'rss']) expect(out).toContain(name)
  })

  it.each<[string[], string]>([
    [[], 'Usage'],
    [['burn'], '"burn"'],
    [['convert'], 'FILE'],
    [['convert', '-'], '--to'],
    [['convert', '-', '--to', 'word'], '"word"'],
    [['convert', '-', '--to', 'ninjs31', '--from', 'word'], '"word"'],
    [['convert', '-', '--to', 'ninjs31', '--item', 'x'], '--item'],
    [['convert', '-', '--to', 'rss'], '--home'],
    [['convert', '-', '--to', 'rss', '--home', 'javascript:x'], '--home'],
    [['convert', 'a', 'b', '--to', 'ninjs31'], '"b"'],
    [['check', 'there-is-no-such-file'], 'no such file'],
    [['check', '.'], 'folder'],
    [['check', '-', '--to', 'ninjs31'], '--to belongs to convert'],
    [['check', '-', '--encoding', 'klingon'], '"klingon"'],
    [['check', '-', '--wrong'], '--wrong'],
  ])('asked %j says what to do', async (args, words) => {
    const { code, out, err } = await wire(args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(words)
    expect(err).not.toContain('    at ')
  })

  it('refuses a schema folder without schemas', async () => {
    await using folder = await tempFolder()
    await mkdir(join(folder.path, 'none'))
    const { code, err } = await wire(['check', '-', '--schemas', join(folder.path, 'none')], {
      input: '{"headlines": []}',
    })
    expect([code, err]).toEqual([2, expect.stringContaining('None of IPTC')])
  })
})
