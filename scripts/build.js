// Compiles the sources when one is younger than the last good compile: a start of an unchanged program compiles nothing.
import { spawnSync } from 'node:child_process'
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

const compiled = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0
const written = [
  ...['src', 'scripts'].map(folder => lastWritten(join(root, folder))),
  ...['package-lock.json', 'tsconfig.json'].map(file => statSync(join(root, file)).mtimeMs),
]
if (Math.max(...written) >= compiled) {
  rmSync(stamp, { force: true })
  const began = new Date()
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { status } = spawnSync(process.execPath, [compiler, '--project', root], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
  writeFileSync(stamp, '')
  // What is written while the compiler reads is compiled next time.
  utimesSync(stamp, began, began)
}
