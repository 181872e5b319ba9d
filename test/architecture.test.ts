import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '../src/io/project-root.ts'
import {
  ARROWS,
  aboveIo,
  addressesByHand,
  backInPure,
  circles,
  impureImports,
  longRoutes,
  outsideInPure,
  type SourceFile,
  sharedTables,
  undeclaredArrows,
  untoldTouches,
} from './architecture/rules.ts'

const root = projectRoot()

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
const RULES = {
  'pure code imports pure code and packages that only compute': impureImports,
  'pure code reads no clock, no environment and no chance': outsideInPure,
  'no arrow of pure code runs back up': backInPure,
  'the outside world imports itself, pure code, refusals and packages': aboveIo,
  'only queries, routes and work touch the outside world': untoldTouches,
  'slices read the models, answers and queries of their declared neighbours alone': undeclaredArrows,
  'a table is written by one slice': sharedTables,
  'routes have two hundred lines at most': longRoutes,
  'an address of the service is written once': addressesByHand,
}

test.each(Object.entries(RULES))('%s', (_, rule) => {
  expect(rule(sources)).toEqual([])
})

test('neither files nor slices stand in a circle', () => {
  const graph = new Map(sources.map(file => [file.path, file.imports]))
  expect([...circles(graph), ...circles(new Map(Object.entries(ARROWS)))]).toEqual([])
})

const file = (path: string, imports: string[], text = '') => ({ path, imports, text })

test('each rule sees what breaks it', () => {
  expect(impureImports([file('src/pure/law/x.ts', ['kysely'])])).toEqual(['src/pure/law/x.ts → kysely'])
  expect(outsideInPure([file('src/pure/law/x.ts', [], 'const now = Date.now()')])).toEqual([
    'src/pure/law/x.ts',
  ])
  expect(backInPure([file('src/pure/law/x.ts', ['src/pure/charts/ink.ts'])])).toHaveLength(1)
  expect(backInPure([file('src/pure/unknown/x.ts', ['src/pure/calendar/day.ts'])])).toHaveLength(1)
  expect(aboveIo([file('src/io/x.ts', ['src/waits/wait.ts'])])).toHaveLength(1)
  expect(untoldTouches([file('src/waits/wait.ts', ['kysely'])])).toHaveLength(1)
  expect(untoldTouches([file('src/waits/wait-queries.ts', ['kysely'])])).toEqual([])
  expect(untoldTouches([file('src/waits/answer.ts', ['@hono/zod-openapi'])])).toEqual([])
  expect(undeclaredArrows([file('src/demand/x.ts', ['src/waits/wait.ts'])])).toHaveLength(1)
  expect(undeclaredArrows([file('src/waits/x.ts', ['src/demand/demand-page.tsx'])])).toHaveLength(1)
  expect(circles(new Map(Object.entries({ a: ['b'], b: ['c'], c: ['a'] })))).toEqual(['a → b → c → a'])
  expect(
    sharedTables([
      file('src/waits/a-queries.ts', [], "db.insertInto('series')"),
      file('src/demand/b-queries.ts', [], "db.deleteFrom('series')"),
    ]),
  ).toEqual(['series: demand, waits'])
  expect(addressesByHand([file('src/waits/x-page.tsx', [], '<a href="/delais?place=16">')])).toHaveLength(1)
  expect(addressesByHand([file('src/waits/x-page.tsx', [], '// at `/delais`\npaths.delays()')])).toEqual([])
  expect(longRoutes([file('src/waits/x-routes.tsx', [], `${'\n'.repeat(250)}end`)])).toEqual([
    'src/waits/x-routes.tsx',
  ])
})

/** What starts, and what it reads while the database starts. */
const ENTRY = ['src/main.ts', 'src/serve.ts']

test('nothing imports the application but its entry, and no file exports a default or a whole folder', () => {
  const wrong = sources.flatMap(({ path, text, imports }) => [
    ...imports
      .filter(target => ['src/app.tsx', ...ENTRY].includes(target) && !ENTRY.includes(path))
      .map(target => `${path} → ${target}`),
    ...(/^export default|^export \*/m.test(text) ? [`${path} exports too much`] : []),
    ...(/\/(index|utils|helpers|common)\.tsx?$/.test(path) ? [`${path} has a name that says nothing`] : []),
  ])
  expect(wrong).toEqual([])
})

test('every test has the file that it tests', () => {
  const known = new Set([...sources, ...filesUnder('scripts')].map(({ path }) => path.replace(/\.tsx?$/, '')))
  const orphans = filesUnder('test')
    .map(({ path }) => path)
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
  const bare = sources.flatMap(({ path, text }) => {
    const lines = text.split('\n')
    return lines.flatMap((line, i) => {
      if (!/^export (async )?(function|const|interface|type|class)/.test(line)) return []
      const above = lines.slice(0, i).findLast(words => !words.startsWith('// biome-ignore'))
      return above?.trim().endsWith('*/') ? [] : [`${path}:${i + 1} ${line}`]
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
