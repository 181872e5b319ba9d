import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { isAlive } from '../../../src/io/postgres/leftovers.ts'
import { type Fault, outcomeOf, type Stand, underLoad } from './stand.ts'
import type { Weather } from './tcp-proxy.ts'
import { writer } from './writer.ts'

/** Lock that imports take in turn. */
const IMPORT_LOCK = 7_216_001

function whileWriting(name: string, provoke: (stand: Stand) => Promise<void>, writers = 2): Fault {
  return {
    name,
    run: async stand => {
      const all = Array.from({ length: writers }, (_, i) => writer(() => stand.service.url, `${name}-${i}`))
      const seconds = await underLoad(all, async () => {
        await delay(100 + stand.random() * 300)
        await provoke(stand)
      })
      const { exitCode, signalCode } = stand.service.child
      const died = exitCode !== null || signalCode !== null
      return outcomeOf(all, seconds, died ? [`the service died: ${stand.service.said()}`] : [])
    },
  }
}

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(5)
}

/** Processes of a server: its postmaster and their children. */
async function family(postmaster: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name)).map(Number)
  const children = await Promise.all(
    pids.map(async pid => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === postmaster ? [pid] : []
    }),
  )
  return [postmaster, ...children.flat()]
}

/** Makes connections of the service do something to themselves. */
async function onBackends(stand: Stand, call: 'pg_terminate_backend' | 'pg_cancel_backend', active: boolean) {
  await stand.pool.query(
    `select ${call}(pid) from pg_stat_activity where usename = 'vigie' and ($1 or state <> 'idle') and pid <> pg_backend_pid()`,
    [!active],
  )
}

/** Holds the lock of imports, so that those of the service wait. */
async function holding(stand: Stand, millis: number): Promise<void> {
  const client = await stand.pool.connect()
  try {
    await client.query(`begin; set local role vigie; select pg_advisory_xact_lock(${IMPORT_LOCK})`)
    await delay(millis)
    await client.query('rollback')
  } finally {
    client.release()
  }
}

const needsProc = async () => (process.platform === 'linux' ? undefined : 'needs /proc')

/** Faults of PostgreSQL: stopped, killed, stalled, full of connections, slow to give a lock. */
export const DATABASE_FAULTS: readonly Fault[] = [
  {
    name: 'postgres-restarted-idle',
    run: async stand => {
      const one = writer(() => stand.service.url, 'idle')
      await one.write()
      const pid = await stand.postmaster()
      process.kill(pid, 'SIGINT')
      await gone(pid)
      const seconds = await underLoad([one], async () => undefined)
      return outcomeOf([one], seconds)
    },
  },
  whileWriting('postgres-restarted-in-transaction', async stand => {
    const pid = await stand.postmaster()
    process.kill(pid, 'SIGINT')
    await gone(pid)
  }),
  whileWriting('postgres-killed', async stand => {
    const pid = await stand.postmaster()
    process.kill(pid, 'SIGKILL')
    await gone(pid)
  }),
  whileWriting('postgres-killed-with-its-children', async stand => {
    const pid = await stand.postmaster()
    for (const one of await family(pid)) process.kill(one, 'SIGKILL')
    await gone(pid)
  }),
  whileWriting('one-backend-killed', async stand => {
    const { rows } = await stand.pool.query<{ pid: number }>(
      `select pid from pg_stat_activity where usename = 'vigie' order by random() limit 1`,
    )
    if (rows[0]) process.kill(rows[0].pid, 'SIGKILL')
  }),
  {
    ...whileWriting('postgres-stalled', async stand => {
      const all = await family(await stand.postmaster())
      for (const pid of all) process.kill(pid, 'SIGSTOP')
      await delay(2_500)
      for (const pid of all) process.kill(pid, 'SIGCONT')
    }),
    skipped: needsProc,
  },
  whileWriting('connections-terminated', stand => onBackends(stand, 'pg_terminate_backend', false)),
  whileWriting('statements-cancelled', async stand => {
    for (let n = 0; n < 20; n++) {
      await onBackends(stand, 'pg_cancel_backend', true)
      await delay(25)
    }
  }),
  whileWriting('imports-wait-for-a-lock', stand => holding(stand, 1_500)),
  // Ten connections wait for the lock, more requests wait for a connection: those are told to come back.
  whileWriting('pool-exhausted', stand => holding(stand, 6_000), 16),
  whileWriting('no-connection-left', async stand => {
    await stand.pool.query('alter role vigie connection limit 1')
    await onBackends(stand, 'pg_terminate_backend', false)
    await delay(1_500)
    await stand.pool.query('alter role vigie connection limit -1')
  }),
  whileWriting('read-only-database', async stand => {
    await stand.pool.query('alter role vigie set default_transaction_read_only = on')
    await onBackends(stand, 'pg_terminate_backend', false)
    await delay(1_000)
    await stand.pool.query('alter role vigie reset default_transaction_read_only')
    await onBackends(stand, 'pg_terminate_backend', false)
  }),
]

function weather(
  name: string,
  draw: (random: () => number) => Weather,
  millis: number,
  thenCut = false,
): Fault {
  return {
    name,
    run: async stand => {
      const writers = ['a', 'b'].map(letter => writer(() => stand.service.url, `${name}-${letter}`))
      const seconds = await underLoad(writers, async () => {
        await delay(150)
        stand.proxy.weather = draw(stand.random)
        if (stand.proxy.weather.kind === 'refusing') stand.proxy.cut()
        await delay(millis)
        stand.proxy.weather = { kind: 'clear' }
        if (thenCut) stand.proxy.cut()
      })
      return outcomeOf(writers, seconds)
    },
  }
}

/** Faults of the network between the service and PostgreSQL. */
export const NETWORK_FAULTS: readonly Fault[] = [
  weather('network-latency', random => ({ kind: 'latency', millis: 50 + 150 * random() }), 2_000),
  // The bytes that were swallowed never come: what waited for them must be given up when the network tells.
  weather('network-blackhole', () => ({ kind: 'blackhole' }), 3_000, true),
  weather('connections-refused', () => ({ kind: 'refusing' }), 2_000),
  weather(
    'connection-cut-mid-message',
    random => ({ kind: 'cut-after', bytes: 2_000 + 60_000 * random() }),
    2_500,
    true,
  ),
  {
    name: 'connections-cut-mid-query',
    run: async stand => {
      const writers = ['a', 'b'].map(letter => writer(() => stand.service.url, `cut-${letter}`))
      const seconds = await underLoad(writers, async () => {
        for (let n = 0; n < 12; n++) {
          await delay(20 + 120 * stand.random())
          stand.proxy.cut()
        }
      })
      return outcomeOf(writers, seconds)
    },
  },
]
