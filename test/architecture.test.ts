import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '../src/io/project-root.ts'

const root = projectRoot()
const SLICES = [
  'access',
  'briefs',
  'delays',
  'demand',
  'docs',
  'home',
  'imports',
  'method',
  'publications',
  'reports',
  'scenarios',
  'staffing',
  'town-halls',
  'track-record',
  'users',
  'waits',
]
/** Who may read whose models and queries. A slice that is not here reads no other. */
const ARROWS: Record<string, readonly string[]> = {
  briefs: SLICES,
  home: SLICES,
  // The page of rights names the kinds of files that each role brings.
  access: ['imports'],
  method: SLICES,
  reports: SLICES,
  demand: ['town-halls'],
  // Its page shows what its neighbours know of each hall; its queries read none of them.
  'town-halls': ['demand'],
  waits: ['town-halls', 'demand'],
  delays: ['demand'],
  scenarios: ['town-halls', 'demand', 'waits', 'delays'],
  'track-record': ['town-halls'],
  users: ['demand', 'town-halls', 'waits'],
  staffing: ['demand', 'waits', 'delays', 'town-halls'],
}
/** Packages that reach nothing outside: they compute, format, parse or describe. */
const PURE_PACKAGES = [
  'simple-statistics',
  'd3-scale',
  'd3-shape',
  'hono/jsx',
  'hono/html',
  'csv-parse/sync',
  'date-fns',
]
const OUTSIDE = /\b(Date\.now|new Date\(\)|Math\.random|process\.|performance\.|fetch\()/

interface SourceFile {
  path: string
  text: string
  imports: string[]
}

function filesUnder(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .map(name => {
      const path = normalize(join(folder, name))
      const text = readFileSync(join(root, path), 'utf8')
      const imports = [
        ...text.matchAll(/^(?:import|export)[^'"]*?from '([^']+)'/gm),
        ...text.matchAll(/import\('([^']+)'\)/g),
      ].map(match => resolved(path, match[1] ?? ''))
      return { path, text, imports }
    })
}

function resolved(from: string, target: string): string {
  return target.startsWith('.') ? relative(root, join(root, dirname(from), target)) : target
}

const sources = filesUnder('src')
const inFolder = (path: string, folder: string) => path.startsWith(`src/${folder}/`)
const sliceOf = (path: string) => SLICES.find(slice => inFolder(path, slice))
const roleOf = (path: string) => path.split('/').at(-1)

test('pure code imports pure code and packages that only compute', () => {
  const wrong = sources
    .filter(file => inFolder(file.path, 'pure'))
    .flatMap(file =>
      file.imports
        .filter(target => !inFolder(target, 'pure') && !PURE_PACKAGES.includes(target))
        .map(target => `${file.path} → ${target}`),
    )
  expect(wrong).toEqual([])
})

test('pure code reads no clock, no environment and no chance', () => {
  const wrong = sources
    .filter(file => inFolder(file.path, 'pure') && OUTSIDE.test(withoutStrings(file.text)))
    .map(file => file.path)
  expect(wrong).toEqual([])
})

test('the outside world imports itself, pure code, refusals and packages', () => {
  const wrong = sources
    .filter(file => inFolder(file.path, 'io'))
    .flatMap(file =>
      file.imports
        .filter(
          target =>
            target.startsWith('src/') &&
            !inFolder(target, 'io') &&
            !inFolder(target, 'pure') &&
            !(target === 'src/errors.ts' && inFolder(file.path, 'io/http')),
        )
        .map(target => `${file.path} → ${target}`),
    )
  expect(wrong).toEqual([])
})

test('only the queries and the routes of a slice touch the outside world', () => {
  const wrong = sources
    .filter(file => sliceOf(file.path) !== undefined)
    .filter(file => !['queries.ts', 'routes.tsx'].includes(roleOf(file.path) ?? ''))
    .flatMap(file =>
      file.imports
        .filter(
          target => inFolder(target, 'io') || (!target.startsWith('src/') && !PURE_PACKAGES.includes(target)),
        )
        .map(target => `${file.path} → ${target}`),
    )
  expect(wrong).toEqual([])
})

test('slices read the models and the queries of their declared neighbours, never their routes or pages', () => {
  const wrong = sources.flatMap(file => {
    const slice = sliceOf(file.path)
    if (slice === undefined) return []
    return file.imports
      .filter(target => target.startsWith('src/') && !inFolder(target, 'pure') && !inFolder(target, 'io'))
      .filter(target => {
        const neighbour = sliceOf(target)
        if (neighbour === slice || target === 'src/errors.ts') return false
        const allowed = neighbour !== undefined && (ARROWS[slice] ?? []).includes(neighbour)
        return !allowed || ['routes.tsx', 'page.tsx'].includes(roleOf(target) ?? '')
      })
      .map(target => `${file.path} → ${target}`)
  })
  expect(wrong).toEqual([])
})

test('nothing imports the application but its entry, and no file exports a default or a whole folder', () => {
  const wrong = sources.flatMap(file => [
    ...file.imports
      .filter(target => ['src/app.tsx', 'src/main.ts'].includes(target) && file.path !== 'src/main.ts')
      .map(target => `${file.path} → ${target}`),
    ...(/^export default|^export \*/m.test(file.text) ? [`${file.path} exports too much`] : []),
    ...(/\/(index|utils|helpers|common)\.tsx?$/.test(file.path)
      ? [`${file.path} has a name that says nothing`]
      : []),
  ])
  expect(wrong).toEqual([])
})

test('every test has the file that it tests', () => {
  const known = new Set([...sources, ...filesUnder('scripts')].map(file => file.path.replace(/\.tsx?$/, '')))
  const orphans = filesUnder('test')
    .map(file => file.path)
    .filter(
      path =>
        /\.test\.tsx?$/.test(path) && !['test/architecture.test.ts', 'test/browser.test.ts'].includes(path),
    )
    .filter(path => {
      const mirrored = path.replace(/^test\//, 'src/').replace(/\.test\.tsx?$/, '')
      return !known.has(mirrored) && !known.has(mirrored.replace(/^src\/scripts\//, 'scripts/'))
    })
  expect(orphans).toEqual([])
})

test('every exported thing has a sentence above it', () => {
  const bare = sources.flatMap(file => {
    const lines = file.text.split('\n')
    return lines.flatMap((line, i) => {
      if (!/^export (async )?(function|const|interface|type|class)/.test(line)) return []
      const above = lines.slice(0, i).findLast(text => !text.startsWith('// biome-ignore'))
      return above?.trim().endsWith('*/') ? [] : [`${file.path}:${i + 1} ${line}`]
    })
  })
  expect(bare).toEqual([])
})

/** Arguments that the program wrote itself, a handful at most, given on. */
const SPREAD = ['...evidence)', '...before,', '...given)']

test('no data is spread into arguments, which end the stack beyond a hundred thousand', () => {
  const wrong = sources.flatMap(({ path, text }) =>
    spreadArguments(text)
      .filter(spread => !SPREAD.some(one => spread.startsWith(one)))
      .map(spread => `${path}: ${spread}`),
  )
  expect(wrong).toEqual([])
})

test('a spread into arguments is told from one into a list, a parameter or an object', () => {
  expect(spreadArguments('Math.max(0, ...xs); f([...xs], { ...y }); if (a) b = [...c]')).toEqual([
    '...xs); f([...xs], {',
  ])
  expect(
    spreadArguments('for (const x of [...y]) new Set([...z]); f(\n  ...rest: string[]\n): [...rest]'),
  ).toEqual([])
})

/** The text at each spread that stands among the arguments of a call. */
function spreadArguments(source: string): string[] {
  const text = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'/g, words => words.replace(/[^\n]/g, ' '))
  const found: string[] = []
  const calls: boolean[] = []
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] ?? ''
    if ('([{'.includes(sign)) {
      const before = text.slice(Math.max(0, i - 60), i).trimEnd()
      const called = /[\w$)\]>]$/.test(before) && !/\b(if|for|while|switch|return|of|in)$/.test(before)
      calls.push(sign === '(' && called)
    } else if (')]}'.includes(sign)) calls.pop()
    else if (text.startsWith('...', i)) {
      if (calls.at(-1) && !/^\.\.\.\w+: /.test(text.slice(i))) found.push(text.slice(i, i + 20))
      i += 2
    }
  }
  return found
}

function withoutStrings(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'|`[^`]*`/g, '')
}
