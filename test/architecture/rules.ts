import { ROUTES } from '../../src/pure/access/paths.ts'

/** A source file as the rules of the house see it. */
export interface SourceFile {
  path: string
  text: string
  /** Paths in the project, or names of packages. */
  imports: string[]
}

/** The slices, each with those whose models, answers and queries it may read: the ground first. */
export const ARROWS: Record<string, readonly string[]> = {
  figures: [],
  places: ['figures'],
  access: ['places'],
  publications: ['figures', 'places', 'access'],
  imports: ['figures', 'places', 'access', 'publications'],
  demand: ['figures', 'places'],
  waits: ['figures', 'places', 'demand'],
  delays: ['figures', 'places', 'demand', 'waits'],
  calculators: [],
  staffing: ['access', 'figures', 'places', 'demand', 'waits', 'delays', 'calculators'],
  scenarios: ['access', 'figures', 'places', 'demand', 'waits', 'delays', 'staffing', 'campaigns'],
  campaigns: ['access', 'figures', 'places', 'demand', 'waits', 'staffing'],
  'track-record': ['figures', 'places', 'demand', 'waits'],
  towns: ['figures', 'places', 'demand', 'waits', 'scenarios'],
  kit: ['places', 'towns', 'users', 'waits'],
  committee: ['kit', 'figures', 'places', 'imports', 'demand', 'waits', 'delays', 'towns'],
  home: ['figures', 'places', 'demand', 'waits', 'delays', 'scenarios', 'staffing', 'track-record', 'users'],
  users: ['places', 'demand', 'waits'],
  method: ['places', 'demand', 'waits', 'delays', 'staffing'],
  collectors: ['access', 'figures', 'places', 'imports', 'waits'],
  alerts: ['access', 'figures', 'places', 'imports', 'demand', 'waits', 'delays', 'collectors'],
  exports: ['places', 'waits', 'delays'],
  docs: ['access', 'imports'],
}
/** Folders of `pure/`: each imports those before it alone. */
export const PURE_ORDER = [
  ['calendar', 'access'],
  ['french'],
  ['law'],
  ['figures'],
  ['numerics'],
  ['disclosure', 'elements'],
  ['charts'],
  ['pages'],
]
/** Packages that reach nothing outside: they compute, format, parse or describe. */
export const PURE_PACKAGES = [
  'simple-statistics',
  'd3-scale',
  'd3-shape',
  'd3-geo',
  'lru-cache',
  'hono/jsx',
  'hono/html',
  'csv-parse/sync',
  'date-fns',
  'zod',
  'marked',
]
const OUTSIDE = /\b(Date\.now|new Date\(\)|Math\.random|process\.|performance\.|fetch\()/
/** Names whose suffix lets a file touch the outside world. */
const TOUCHES = /(^|[/-])(queries|routes|work)\.tsx?$/
/** Names whose suffix other slices may not import. */
const PRIVATE = /(^|[/-])(routes|page)\.tsx?$/
/** Drivers that a description of an answer needs without touching anything. */
const DESCRIBES = ['@hono/zod-openapi']

const inFolder = (path: string, folder: string) => path.startsWith(`src/${folder}/`)

/** The slice of a file, or `undefined` at the root, in `pure/` and in `io/`. */
export function sliceOf(path: string): string | undefined {
  return Object.keys(ARROWS).find(slice => inFolder(path, slice))
}

function arrows(files: readonly SourceFile[], isWrong: (file: SourceFile, target: string) => boolean) {
  return files.flatMap(file =>
    file.imports.filter(target => isWrong(file, target)).map(target => `${file.path} → ${target}`),
  )
}

/** Pure code imports pure code and packages that only compute. */
export function impureImports(files: readonly SourceFile[]): string[] {
  return arrows(
    files.filter(file => inFolder(file.path, 'pure')),
    (_, target) => !inFolder(target, 'pure') && !PURE_PACKAGES.includes(target),
  )
}

/** Pure code reads no clock, no environment and no chance. */
export function outsideInPure(files: readonly SourceFile[]): string[] {
  return files
    .filter(file => inFolder(file.path, 'pure') && OUTSIDE.test(withoutStrings(file.text)))
    .map(file => file.path)
}

/** Folders of `pure/` that import one of their own floor or of a floor above. */
export function backInPure(files: readonly SourceFile[]): string[] {
  const floor = (path: string) => PURE_ORDER.findIndex(names => names.includes(path.split('/')[2] ?? ''))
  return arrows(
    files.filter(file => inFolder(file.path, 'pure')),
    (file, target) =>
      inFolder(target, 'pure') &&
      file.path.split('/')[2] !== target.split('/')[2] &&
      (floor(file.path) < 0 || floor(target) >= floor(file.path)),
  )
}

/** What `io/` imports besides itself, pure code, packages and, to answer, refusals. */
export function aboveIo(files: readonly SourceFile[]): string[] {
  return arrows(
    files.filter(file => inFolder(file.path, 'io')),
    (file, target) =>
      target.startsWith('src/') &&
      !inFolder(target, 'io') &&
      !inFolder(target, 'pure') &&
      !(target === 'src/errors.ts' && inFolder(file.path, 'io/http')),
  )
}

/** Files of slices that touch the outside world though the suffix of their name does not say so. */
export function untoldTouches(files: readonly SourceFile[]): string[] {
  return arrows(
    files.filter(file => sliceOf(file.path) !== undefined && !TOUCHES.test(file.path)),
    (file, target) =>
      inFolder(target, 'io') ||
      (!target.startsWith('src/') &&
        !PURE_PACKAGES.includes(target) &&
        !(DESCRIBES.includes(target) && /(^|[/-])answer\.tsx?$/.test(file.path))),
  )
}

/** Slices that read what no arrow declares, or the routes or the page of a neighbour. */
export function undeclaredArrows(files: readonly SourceFile[]): string[] {
  return arrows(files, (file, target) => {
    const slice = sliceOf(file.path)
    if (slice === undefined || !target.startsWith('src/') || target === 'src/errors.ts') return false
    if (inFolder(target, 'pure') || inFolder(target, 'io')) return false
    const neighbour = sliceOf(target)
    if (neighbour === slice) return false
    return neighbour === undefined || !(ARROWS[slice] ?? []).includes(neighbour) || PRIVATE.test(target)
  })
}

/** Circles among things that point at each other, each told once from its first name. */
export function circles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>()
  const found: string[] = []
  const visit = (node: string, path: readonly string[]) => {
    if (path.includes(node)) {
      found.push([...path.slice(path.indexOf(node)), node].join(' → '))
      return
    }
    if (done.has(node)) return
    for (const next of graph.get(node) ?? []) visit(next, [...path, node])
    done.add(node)
  }
  for (const node of graph.keys()) visit(node, [])
  return found
}

/** Tables that files of several slices write: each has one owner. */
export function sharedTables(files: readonly SourceFile[]): string[] {
  const owners = new Map<string, Set<string>>()
  for (const { path, text } of files) {
    const slice = sliceOf(path)
    if (slice === undefined) continue
    for (const [, a, b] of text.matchAll(
      /(?:insertInto|updateTable|deleteFrom)\(\s*'(\w+)'|\b(?:insert into|delete from|copy) ([a-z_]+)/g,
    )) {
      const table = a ?? b ?? ''
      owners.set(table, (owners.get(table) ?? new Set()).add(slice))
    }
  }
  return [...owners]
    .filter(([, slices]) => slices.size > 1)
    .map(([table, slices]) => `${table}: ${[...slices].sort().join(', ')}`)
}

/** Routes that are no longer one idea: what they answer with goes to `*answer`, and other questions to other routes. */
export function longRoutes(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path, text }) => /routes\.tsx?$/.test(path) && text.trimEnd().split('\n').length > 200)
    .map(({ path }) => path)
}

const FIRST_WORDS = new Set(Object.values(ROUTES).map(route => route.split('/')[1]?.replace('.', '\\.')))
const BY_HAND = new RegExp(`["'\`(>}]/(?:${[...FIRST_WORDS].filter(Boolean).join('|')})(?=[/?#"'\`$]|$)`)

/** Lines that write an address of the service by hand: its name among `ROUTES` moves with it. */
export function addressesByHand(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    path === 'src/pure/access/paths.ts'
      ? []
      : text
          .replace(/(?<=[\s{]|^)\/\*[\s\S]*?\*\/|(?<=\s|^)\/\/.*/gm, words => words.replace(/[^\n]/g, ''))
          .split('\n')
          .flatMap((line, i) => (BY_HAND.test(line) ? [`${path}:${i + 1} ${line.trim()}`] : [])),
  )
}

function withoutStrings(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'|`[^`]*`/g, '')
}
