/** Imports run one way: folders import only from folders below them. The linter finds circles of files. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')
const SIDES = ['shared', 'server', 'renderer', 'electron', 'tests']

/** The folders of each side, from the lowest to the highest. A folder imports only from those that stand before it. */
const FOLDERS: Record<string, readonly string[]> = {
  shared: ['messages', 'article', 'story', 'wire', 'protocol'],
  server: [
    'isolation',
    'bus',
    'store',
    'story',
    'auth',
    'media',
    'relay',
    'backup',
    'conversion',
    'wire',
    'events',
    'demo',
    'http',
  ],
  renderer: [
    'messages',
    'service-worker',
    'platform',
    'commands',
    'api',
    'ui',
    'collaboration',
    'newsroom',
    'window',
    'story',
    'desk',
    'editor',
    'wire',
    'app',
  ],
}

/** Parts of the window that `renderer/app/features.ts` lists. */
const FEATURES = ['desk', 'editor', 'wire']

/** Imports that still run the other way: `<file> -> <folder>`. An entry that is no longer needed fails the test. */
const EXCEPTIONS: readonly string[] = []

/** `import … from './a.ts'`, `export … from './a.ts'`, `import './a.ts'` and `import('./a.ts')`, as Prettier formats them. */
const IMPORT = /\b(?:from|import)[ (]'([^']+)'/g

type Imports = ReadonlyMap<string, readonly string[]>

/** Returns the files that each file imports, types included. */
function readImports(): Imports {
  const files = SIDES.flatMap((side) =>
    readdirSync(join(ROOT, side), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `${side}/${name}`),
  )
  const known = new Set(files)
  const imports = new Map<string, string[]>()
  for (const file of files) {
    const source = readFileSync(join(ROOT, file), 'utf8')
    const targets = [...source.matchAll(IMPORT)].map(([, name = '']) =>
      name.startsWith('#') ? name.slice(1) : posix.join(dirname(file), name),
    )
    imports.set(
      file,
      targets.filter((target) => known.has(target)),
    )
  }
  return imports
}

/** Returns the imports that run from a lower folder to a higher one. */
function findUpward(imports: Imports): string[] {
  const found = new Set<string>()
  for (const [file, targets] of imports) {
    const [side = '', folder = '', rest] = file.split('/')
    const order = FOLDERS[side]
    if (order === undefined || rest === undefined) continue
    for (const target of targets) {
      const [targetSide, targetFolder = '', targetRest] = target.split('/')
      if (targetSide !== side || targetRest === undefined || targetFolder === folder) continue
      if (order.indexOf(targetFolder) > order.indexOf(folder)) found.add(`${file} -> ${targetFolder}`)
    }
  }
  return [...found].sort()
}

const imports = readImports()

test('finds what each file imports', () => {
  expect(imports.size).toBeGreaterThan(500)
  expect(imports.get('server/story/moves.ts')).toContain('server/story/stories.ts')
})

test('folders import only from folders below them', () => {
  expect(findUpward(imports)).toEqual([...EXCEPTIONS].sort())
})

test('features of the window do not import each other', () => {
  const between = [...imports].flatMap(([file, targets]) => {
    const feature = FEATURES.find((each) => file.startsWith(`renderer/${each}/`))
    const others = FEATURES.filter((each) => feature !== undefined && each !== feature)
    return targets
      .filter((target) => others.some((each) => target.startsWith(`renderer/${each}/`)))
      .map((target) => `${file} -> ${target}`)
  })
  expect(between).toEqual([])
})

test('every folder has its place in the order', () => {
  for (const [side, order] of Object.entries(FOLDERS)) {
    const folders = readdirSync(join(ROOT, side), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    const withCode = folders
      .map(({ name }) => name)
      .filter((name) => [...imports.keys()].some((file) => file.startsWith(`${side}/${name}/`)))
    expect(withCode.sort()).toEqual([...order].sort())
  }
})
