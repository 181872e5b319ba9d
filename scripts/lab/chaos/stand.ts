import { chmod, mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '../../../src/io/database/log.ts'
import { openEmbedded } from '../../../src/io/postgres/embedded.ts'
import { PORT, readPostmaster, SOCKET } from '../../../src/io/postgres/postmaster.ts'
import type { Evidence } from './evidence.ts'
import { type Program, type Service, startService } from './service.ts'
import { type TcpProxy, tcpProxy } from './tcp-proxy.ts'
import type { Sent, Writer } from './writer.ts'

/** A machine to break: a PostgreSQL server, a stretch of network, a service. */
export interface Stand {
  random: () => number
  folder: string
  program: Program
  log: Log
  cluster: string
  /** Straight to the server, as its superuser. */
  pool: pg.Pool
  proxy: TcpProxy
  /** Address of a database of the server through the network; the service's own without a name. */
  urlOf(database?: string): string
  service: Service
  /** Starts a service anew over the same database, and waits until it is ready. */
  restart(settings?: Record<string, string>): Promise<void>
  /** Process of the PostgreSQL server. */
  postmaster(): Promise<number>
  close(): Promise<void>
}

/** What a fault left behind, for the evidence. */
export interface Outcome {
  sent: Sent[]
  answers: Map<string, number>
  /** From the end of the fault to the next write acknowledged: the longest time of the run. */
  secondsToHeal: number
  /** Each of those times, when the fault came many times. */
  healing?: number[]
  findings: string[]
  /** Taken by the fault itself when its data are not in the database of the stand. */
  evidence?: Evidence
}

/** A fault that can be provoked. `share` is its part of the kills that the run asks for, when it kills. */
export interface Fault {
  name: string
  share?: number
  /** Its stops are asked for, and no kills. */
  graceful?: true
  /** Why it cannot be provoked on this machine. */
  skipped?: () => Promise<string | undefined>
  run(stand: Stand, kills: number): Promise<Outcome>
}

const HEALING_MILLIS = 30_000

/** Prepares the machine in a folder of its own. */
export async function openStand(ground: {
  folder: string
  program: Program
  random: () => number
  log: Log
}): Promise<Stand> {
  const { folder, log, program } = ground
  // Open to the user of the server, so that a root's data stay in this folder too.
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o755)
  const server = await openEmbedded({ dataDir: join(folder, 'server'), log })
  const { connection, cluster } = server
  const proxy = await tcpProxy(join(connection.host, SOCKET))
  const pool = new pg.Pool({ ...connection, port: PORT, user: 'postgres', max: 4 })
  pool.on('error', () => undefined)
  pool.on('connect', client => client.on('error', () => undefined))
  const urlOf = (database = connection.database) =>
    `postgresql://${connection.user}:${connection.password}@127.0.0.1:${proxy.port}/${database}`
  const start = async (settings: Record<string, string> = {}) =>
    startService(program, await freePort(), { DATABASE_URL: urlOf(), ...settings })
  const stand: Stand = {
    ...ground,
    cluster,
    pool,
    proxy,
    urlOf,
    service: await start(),
    restart: async settings => {
      if (stand.service.child.exitCode === null && stand.service.child.signalCode === null)
        await stand.service.end('SIGKILL')
      stand.service = await start(settings)
      await stand.service.ready()
    },
    postmaster: async () => (await readPostmaster(cluster))?.pid ?? 0,
    close: async () => {
      if (stand.service.child.exitCode === null) stand.service.child.kill('SIGKILL')
      await proxy.close()
      await pool.end()
      await server.close()
    },
  }
  await stand.service.ready()
  return stand
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/**
 * Writes while a fault is provoked, then until a write of each is acknowledged again. @returns the seconds from the end
 * of the fault, which is the instant that `provoke` gives, or else its own end.
 */
export async function underLoad(
  writers: readonly Writer[],
  provoke: () => Promise<unknown>,
): Promise<number> {
  const stop = new AbortController()
  const runs = writers.map(one => one.run(stop.signal))
  // A writer that is refused ends the fault at once.
  const refused = Promise.all(runs).then(() => Promise.reject(new Error('writers stopped')))
  try {
    return await Promise.race([refused, healedAfter(writers, provoke)])
  } finally {
    stop.abort()
    await Promise.allSettled(runs)
    await refused.catch(() => undefined)
  }
}

async function healedAfter(writers: readonly Writer[], provoke: () => Promise<unknown>): Promise<number> {
  const gone = await provoke()
  const now = performance.now()
  const acknowledged = () => writers.map(({ sent }) => sent.filter(one => one.acknowledged).length)
  const before = acknowledged()
  while (!acknowledged().every((count, i) => count > (before[i] ?? 0))) {
    if (performance.now() - now > HEALING_MILLIS) throw new Error('not healed after 30 seconds')
    await delay(5)
  }
  return (performance.now() - (typeof gone === 'number' ? gone : now)) / 1_000
}

/** What several writers sent, in one outcome. */
export function outcomeOf(
  writers: readonly Writer[],
  secondsToHeal: number,
  findings: string[] = [],
): Outcome {
  const answers = new Map<string, number>()
  for (const one of writers) {
    for (const [status, count] of one.answers) answers.set(status, (answers.get(status) ?? 0) + count)
  }
  return { sent: writers.flatMap(({ sent }) => sent), answers, secondsToHeal, findings }
}
