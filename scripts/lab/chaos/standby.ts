import { execFileSync } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { clusterPassword, SUPERUSER } from '../../../src/io/postgres/cluster.ts'
import { type EmbeddedServer, openEmbedded } from '../../../src/io/postgres/embedded.ts'
import { isAlive } from '../../../src/io/postgres/leftovers.ts'
import { place } from '../../../src/io/postgres/placement.ts'
import { launch, PORT, readPostmaster } from '../../../src/io/postgres/postmaster.ts'

/** A primary server and a standby that streams from it, with what is done to the second. */
export interface Standby {
  primaryUrl: string
  url: string
  /** Goes on receiving and no longer shows what it receives. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

const settings = { fsync: 'off' }
const QUIET = { info: () => undefined, warn: () => undefined, error: console.error }

/** Starts a primary server in a folder, then a standby made from a copy of its files and fed by streaming replication. */
export async function standbyOfFreshServer(parent: string): Promise<Standby> {
  const folder = await realpath(await mkdtemp(join(parent, 'vigie-standby-')))
  await chmod(folder, 0o755)
  const primary = await openEmbedded({ dataDir: join(folder, 'a'), log: QUIET, settings })
  const cluster = join(folder, 'b', 'postgres')
  await mkdir(join(folder, 'b'), { mode: 0o711 })
  await copyRunning(primary, cluster)
  const placement = await place({
    dataDir: join(folder, 'b'),
    stateDirectory: join(folder, 's'),
    log: QUIET,
  })
  const url = (host: string) =>
    `postgresql://${primary.connection.user}:${primary.connection.password}@localhost:${PORT}/${primary.connection.database}?host=${host}`

  const asSuperuser = async (text: string) => {
    const client = await superuserClient(placement.cluster, placement.cluster)
    await client.query(text).finally(() => client.end())
  }
  const start = async () => {
    const launched = await launch(placement, placement.cluster, settings)
    for (;;) {
      if (launched.ended()) throw new Error(await launched.said())
      const answered = await asSuperuser('select').then(
        () => true,
        () => false,
      )
      if (answered) return
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
  const signal = async (name: 'SIGKILL' | 'SIGINT') => {
    const postmaster = await readPostmaster(placement.cluster)
    if (postmaster === undefined) return
    process.kill(postmaster.pid, name)
    while (isAlive(postmaster.pid)) await new Promise(resolve => setTimeout(resolve, 20))
  }
  await start()
  return {
    primaryUrl: url(primary.connection.host),
    url: url(placement.cluster),
    pause: () => asSuperuser('select pg_wal_replay_pause()'),
    resume: () => asSuperuser('select pg_wal_replay_resume()'),
    kill: () => signal('SIGKILL'),
    start,
    stop: async () => {
      await signal('SIGINT').catch(() => undefined)
      await primary.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The low-level copy of a running server (PostgreSQL documentation, § 25.3.4), set to follow it. */
async function copyRunning(primary: EmbeddedServer, cluster: string): Promise<void> {
  const client = await superuserClient(primary.connection.host, primary.cluster)
  try {
    await client.query(`select pg_backup_start('standby', true)`)
    execFileSync('cp', ['-a', primary.cluster, cluster])
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)')
    for (const name of ['postmaster.pid', 'postmaster.opts', '.s.PGSQL.5432', '.s.PGSQL.5432.lock'])
      await rm(join(cluster, name), { force: true })
    const owner = await stat(cluster)
    const write = async (name: string, text: string, flag = 'w') => {
      await writeFile(join(cluster, name), text, { mode: 0o600, flag })
      await chown(join(cluster, name), owner.uid, owner.gid)
    }
    await write('backup_label', rows[0]?.labelfile ?? '')
    await write('standby.signal', '')
    const password = await clusterPassword(primary.cluster)
    await write(
      'postgresql.auto.conf',
      `\nprimary_conninfo = 'host=${primary.connection.host} port=${PORT} user=${SUPERUSER} password=${password}'\n`,
      'a',
    )
  } finally {
    await client.end()
  }
}

async function superuserClient(host: string, cluster: string): Promise<pg.Client> {
  const client = new pg.Client({
    host,
    port: PORT,
    user: SUPERUSER,
    password: await clusterPassword(cluster),
    database: 'postgres',
  })
  client.on('error', () => undefined)
  await client.connect()
  return client
}
