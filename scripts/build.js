// Builds the programs when a source is younger than the last good build: a start of an unchanged program builds nothing.
import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = join(root, 'dist', '.compiled')

/** When a path, or anything below it, was last written, in milliseconds; a file that was removed dates its folder. */
function lastWritten(path) {
  const { mtimeMs } = statSync(path)
  const below = readdirSync(path, { recursive: true }).map(name => statSync(join(path, name)).mtimeMs)
  return below.reduce((latest, one) => Math.max(latest, one), mtimeMs)
}

const programsIn = folder =>
  readdirSync(join(root, folder))
    .filter(name => name.endsWith('.ts'))
    .map(name => `${folder}/${name.slice(0, -3)}`)

/**
 * Node takes over a second of processor time to read the service from twelve hundred small files, a third of that from a
 * few. What starts by itself is a file of its own: the service, the threads that compute apart, what a person runs by hand,
 * and what tests run in another process. Types are checked apart (`npm run types`).
 */
async function build() {
  const programs = [
    ...['src/main', 'src/towns/projection-move-work', 'src/io/spreadsheet/workbook-work'],
    ...['demand', 'waits', 'delays'].map(slice => `src/${slice}/apart-work`),
    ...[...programsIn('scripts'), ...programsIn('scripts/lab')],
    ...['src/io/database/open', 'src/io/queue/held-job', 'src/io/postgres/embedded'],
  ]
  const { rolldown } = await import('rolldown')
  const bundle = await rolldown({
    cwd: root,
    input: Object.fromEntries(programs.map(name => [name, `${name}.ts`])),
    platform: 'node',
    tsconfig: true,
    // Looked for where it may not be; an instrument of the laboratory, which evaluates text.
    external: ['pg-native', 'autocannon'],
  })
  await bundle.write({
    dir: join(root, 'dist'),
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name].js',
  })
  // A start is slower without it, and right.
  await import(new URL('../dist/scripts/make-ahead.js', import.meta.url).href).catch(console.warn)
}

const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0
const written = [
  ...['src', 'scripts', 'sql/data'].map(folder => lastWritten(join(root, folder))),
  ...['package-lock.json', 'tsconfig.json'].map(file => statSync(join(root, file)).mtimeMs),
]
if (Math.max(...written) >= built) {
  for (const stale of [stamp, ...['.compile-cache', 'ahead'].map(name => join(root, 'dist', name))])
    rmSync(stale, { force: true, recursive: true })
  const began = new Date()
  await build()
  writeFileSync(stamp, '')
  // What is written while the sources are read is built next time.
  utimesSync(stamp, began, began)
}
