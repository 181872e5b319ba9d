import { readdirSync, statSync, writeFileSync } from 'node:fs'

/** Written last: what is older than it is in `dist/`. */
const STAMP = 'dist/.built'
const SOURCES = ['src', 'scripts', 'build.mjs', 'package.json', 'package-lock.json', 'tsconfig.json']

const scripts = ['scripts', 'scripts/lab'].flatMap(folder =>
  readdirSync(folder)
    .filter(name => name.endsWith('.ts'))
    .map(name => `${folder}/${name.slice(0, -3)}`),
)
// What starts by itself: the service, what a person runs by hand, and the thread that computes apart.
const programs = ['src/main', 'src/demand/apart-work', ...scripts]

const isStale = path => {
  const found = statSync(path)
  if (found.mtimeMs >= (statSync(STAMP, { throwIfNoEntry: false })?.mtimeMs ?? 0)) return true
  return found.isDirectory() && readdirSync(path).some(name => isStale(`${path}/${name}`))
}

if (SOURCES.some(isStale)) {
  const { rolldown } = await import('rolldown')
  // Node takes over a second of processor time to read twelve hundred small files. Types are checked apart (`npm run types`).
  const build = await rolldown({
    input: Object.fromEntries(programs.map(name => [name, `${name}.ts`])),
    platform: 'node',
    tsconfig: true,
    external: ['pg-native'],
    onLog: (level, log, handle) => level !== 'info' && log.code !== 'EVAL' && handle(level, log),
  })
  await build.write({
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name].js',
  })
  writeFileSync(STAMP, '')
}
