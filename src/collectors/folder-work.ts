import { lstat, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import type { CollectorToRead } from './collector-queries.ts'
import { type CollectorGround, importFetched } from './ground-work.ts'
import type { ReadingEnd } from './reading-queries.ts'

const ACCEPTED = 'importes'
const REFUSED = 'refuses'
const LARGEST_FILE = 50 * 1024 * 1024
/** A file written a moment ago may still be growing. */
const SETTLED_MILLIS = 2_000
const MOST_FILES = 100
const fault = (code: string, message: string, remedy: string) => ({
  faults: [{ line: 0, code, message, remedy }],
})
const UNREAD = {
  'too-large': fault('too-large', 'Plus de 50 Mo.', 'Coupez ce fichier.'),
  unreadable: fault('unreadable', 'Ce fichier ne se lit pas.', 'Donnez au service le droit de le lire.'),
}

/** The folder of a collector under `IMPORT_DIR`; `undefined` when it would be outside of it. */
export function watchedFolder(importDir: string, address: string): string | undefined {
  const folder = resolve(importDir, address)
  const inside = relative(importDir, folder)
  return inside.startsWith('..') || resolve(folder) !== folder ? undefined : folder
}

/** What a desktop leaves in a shared folder by itself. */
const NOT_DROPPED = /^[.~]|^(?:thumbs\.db|desktop\.ini)$/i

/**
 * Imports the files of a watched folder, oldest name first, and moves each beside its report: accepted ones to
 * `importes`, refused ones to `refuses`.
 */
export async function readFolder(ground: CollectorGround, collector: CollectorToRead): Promise<ReadingEnd> {
  const folder =
    ground.importDir === undefined ? undefined : watchedFolder(ground.importDir, collector.address)
  if (folder === undefined) return { state: 'unreachable', cause: 'address-refused' }
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined)
  if (entries === undefined) return { state: 'unreachable', cause: 'no-connection' }
  const names = entries
    .filter(entry => entry.isFile() && !NOT_DROPPED.test(entry.name))
    .map(entry => entry.name)
    .sort()
  const files: { name: string; outcome: object }[] = []
  for (const name of names) {
    if (files.length >= MOST_FILES) break
    const path = join(folder, name)
    // Somebody may have taken it away in between.
    const about = await lstat(path).catch(() => undefined)
    if (about === undefined || Date.now() - about.mtimeMs < SETTLED_MILLIS) continue
    const bytes =
      about.size > LARGEST_FILE ? 'too-large' : await readFile(path).catch(() => 'unreadable' as const)
    if (bytes === 'unreadable') {
      // Left where it is: whoever cannot read it can seldom move it.
      files.push({ name, outcome: UNREAD[bytes] })
      continue
    }
    const outcome =
      bytes === 'too-large' ? UNREAD[bytes] : await importFetched(ground, collector, { bytes, name })
    await putAway(folder, name, 'faults' in outcome ? REFUSED : ACCEPTED, outcome)
    files.push({ name, outcome })
  }
  return files.some(({ outcome }) => 'faults' in outcome)
    ? { state: 'partial', cause: 'file-refused', outcome: { files } }
    : { state: 'read', outcome: { files } }
}

async function putAway(folder: string, name: string, where: string, outcome: object): Promise<void> {
  const target = join(folder, where)
  await mkdir(target, { recursive: true })
  const stamp = new Date().toISOString().replace(/[:.]/g, '-')
  // The report first: a file that is moved is never without it.
  await writeFile(
    join(target, `${stamp}-${basename(name)}.rapport.json`),
    `${JSON.stringify(outcome, null, 2)}\n`,
  )
  await rename(join(folder, name), join(target, `${stamp}-${basename(name)}`))
}
