import { execFile, spawn } from 'node:child_process'
import { chmod, chown, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { errorCode } from '../database/unavailable.ts'
import { programPath, SYNCS_WHOLE_DISK, serverEnvironment } from './binaries.ts'
import { isAlive } from './leftovers.ts'
import type { Placement } from './placement.ts'
import { identity } from './server-user.ts'

const run = promisify(execFile)

/** Number of the server: nothing listens on it, it only names the socket. */
export const PORT = 5432

/** Name of its socket. */
export const SOCKET = `.s.PGSQL.${PORT}`

const LOG_BYTES = 1_048_576

/** What `postmaster.pid` says of the server of a cluster. */
export interface Postmaster {
  pid: number
  /** The cluster as that server names it. */
  dataDirectory: string
  /** Empty until the server listens. */
  socketDirectory: string
  /** `starting`, `ready`, `stopping`, or empty while the file is being written. */
  status: string
}

/** The server that holds a cluster, or held it: its process may be long gone. */
export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  let text: string
  try {
    text = await readFile(join(cluster, 'postmaster.pid'), 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
  const lines = text.split('\n')
  // A negative number is a server in single-user mode.
  const pid = Math.abs(Number(lines[0]))
  if (!Number.isInteger(pid) || pid === 0) return undefined
  return {
    pid,
    dataDirectory: lines[1] ?? '',
    socketDirectory: lines[4] ?? '',
    status: (lines[7] ?? '').trim(),
  }
}

/**
 * What became of the process that wrote `postmaster.pid`: it serves this cluster (`running`) or another one
 * (`elsewhere`, the folder is a copy), or it has ended, even if another program received its number since.
 */
export async function postmasterState(
  postmaster: Postmaster,
  cluster: string,
): Promise<'running' | 'elsewhere' | 'ended'> {
  const { pid, dataDirectory } = postmaster
  const words = await commandOf(pid)
  if (basename(words[0] ?? '') !== 'postgres') return 'ended'
  // A postmaster works in its cluster; a container may hide this, its arguments never.
  if ((await realpath(`/proc/${pid}/cwd`).catch(() => undefined)) === cluster) return 'running'
  const theirs = await realpath(dataDirectory).catch(() => undefined)
  return theirs === cluster && words.join(' ').includes(dataDirectory) ? 'running' : 'elsewhere'
}

/** The words a process was started with; none once it has ended. */
async function commandOf(pid: number): Promise<string[]> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    return line.split('\0').filter(word => word !== '')
  }
  const { stdout } = await run('ps', ['-o', 'state=,command=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }))
  const [state = 'Z', ...words] = stdout.trim().split(/\s+/)
  return state.startsWith('Z') ? [] : words
}

/**
 * Removes the locks that PostgreSQL would not replace although their server has ended: their process number is
 * now another program's, as after the restart of a container, or that of remains which nobody reaped.
 */
export async function removeStaleLocks(cluster: string): Promise<void> {
  for (const name of ['postmaster.pid', `${SOCKET}.lock`]) {
    const lock = join(cluster, name)
    const text = await readFile(lock, 'utf8').catch(() => '')
    const pid = Math.abs(Number(text.split('\n')[0]))
    if (pid === 0 || !isAlive(pid) || basename((await commandOf(pid))[0] ?? '') === 'postgres') continue
    const aside = `${lock}.stale-${process.pid}`
    try {
      await rename(lock, aside)
      // Another process may have started the server since the lock was judged: give it back.
      if ((await readFile(aside, 'utf8')) !== text) await rename(aside, lock)
      else await rm(aside)
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error
    }
  }
}

/** A server being started. */
export interface Launch {
  socketDirectory: string
  ended(): boolean
  said(): Promise<string>
}

/**
 * Starts the server in a session of its own: neither the Ctrl-C of a terminal nor the end of this process
 * stops it, and it holds none of this process's pipes.
 */
export async function launch(
  placement: Placement,
  socketDirectory: string,
  settings: Record<string, string>,
): Promise<Launch> {
  const { cluster, binaries, dataDir, user } = placement
  const path = join(dataDir, 'postgres.log')
  const size = await stat(path).then(
    found => found.size,
    () => 0,
  )
  if (size > LOG_BYTES) await rename(path, `${path}.1`)
  const log = await open(path, 'a', 0o600)
  try {
    // The owner of the cluster may later start the server without root.
    if (user) await chown(path, user.uid, user.gid)
    await chmod(path, 0o600).catch(() => undefined)
    const from = (await log.stat()).size
    let ended = false
    const child = spawn(
      programPath(binaries, 'postgres'),
      [
        ['-D', cluster],
        ['-p', String(PORT)],
        ['-k', socketDirectory],
        ['-c', 'listen_addresses='],
        ['-c', 'unix_socket_permissions=0700'],
        SYNCS_WHOLE_DISK ? ['-c', 'recovery_init_sync_method=syncfs'] : [],
        ...Object.entries(settings).map(([name, value]) => ['-c', `${name}=${value}`]),
      ].flat(),
      {
        ...identity(user),
        cwd: '/',
        env: serverEnvironment(),
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
      },
    )
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
    child.once('exit', () => {
      ended = true
    })
    child.unref()
    return {
      socketDirectory,
      ended: () => ended,
      said: async () => (await readFile(path)).subarray(from).toString('utf8').trim(),
    }
  } finally {
    await log.close()
  }
}

/**
 * Stops a server: sessions are cut, what they were doing is rolled back, everything is written.
 * Returns false when it has not ended after a minute.
 */
export async function stopPostmaster(postmaster: Postmaster, cluster: string): Promise<boolean> {
  const deadline = Date.now() + 60_000
  try {
    process.kill(postmaster.pid, 'SIGINT')
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error
  }
  while ((await postmasterState(postmaster, cluster)) === 'running') {
    if (Date.now() > deadline) return false
    await delay(10)
  }
  return true
}
