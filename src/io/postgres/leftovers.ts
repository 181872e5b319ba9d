import { randomBytes } from 'node:crypto'
import { open, readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errorCode } from '../database/unavailable.ts'

/** A path beside the wanted one to prepare it in, before one rename publishes it. */
export function draftPath(path: string): string {
  return `${path}.draft-${process.pid}-${randomBytes(4).toString('hex')}`
}

/** Removes the drafts of a path whose processes were killed. */
export async function removeLeftovers(path: string): Promise<void> {
  const prefix = `${basename(path)}.draft-`
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(prefix)) continue
    const [pid] = name.slice(prefix.length).split('-')
    if (isAlive(Number(pid))) continue
    // A child such as `initdb` outlives the process that started it and may still be writing.
    await rm(join(dirname(path), name), { recursive: true, force: true, maxRetries: 30, retryDelay: 100 })
  }
}

/** Whether a process of this number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) !== 'ESRCH'
  }
}

/** Waits until a file, or the names in a folder, are on disk. */
export async function synchronise(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
