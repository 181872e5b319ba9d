import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { Log } from '../database/log.ts'
import { createRoles } from '../database/request-roles.ts'
import { errorText, explainSystemError } from '../database/unavailable.ts'
import { clusterPassword, ensureCluster, type OnWait } from './cluster.ts'
import { holdLightly, joinServer, leave, type Presence } from './join.ts'
import { place } from './placement.ts'
import { PORT, readPostmaster, stopPostmaster } from './postmaster.ts'

const DATABASE = 'vigie'
/** Where the server of a root process lives when its own user cannot reach the project. */
export const STATE_DIRECTORY = '/var/lib/vigie-titres'
const CREATION_LOCK = 7_116_002
const LONGEST_PAUSE_MILLIS = 30_000
const WATCH_MILLIS = 1_000

/** How to open the private server of a data directory. */
export interface EmbeddedOptions {
  dataDir: string
  log: Log
  /** Where root puts what the user of the server cannot reach in the data directory. */
  stateDirectory?: string
  /** Further settings for the server when this process starts it; `fsync: 'off'` also hastens its creation. */
  settings?: Record<string, string>
  onWait?: OnWait | undefined
  /** Told when the server came back on another socket after a breakdown. */
  onMoved?: (connection: EmbeddedConnection) => void
}

/** How `pg` reaches the private server. */
export interface EmbeddedConnection {
  host: string
  port: number
  user: string
  password: string
  database: string
}

/** A private PostgreSQL server, shared by all the processes that opened its data directory. */
export interface EmbeddedServer {
  connection: EmbeddedConnection
  cluster: string
  /** Leaves the server; the last one out stops it and waits until everything is on disk. */
  close(): Promise<void>
}

/**
 * Opens the private PostgreSQL server of a data directory: creates it, starts it, or joins the one that already
 * runs there, another process's or the orphan of a killed one. Should it die, it is started again.
 * @throws DatabaseUnavailable with what to do, in French.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { dataDir, log, stateDirectory = STATE_DIRECTORY, settings = {}, onWait } = options
  const placement = await place({ dataDir, stateDirectory, log })
  const { cluster } = placement
  try {
    await ensureCluster(placement, { durable: settings['fsync'] !== 'off', log, onWait })
    const password = await clusterPassword(cluster)
    const house = { placement, password, settings, log, onWait }
    let presence = await joinServer(house)
    await ensureDatabase(presence.client, password).catch(async error => {
      await leave(presence, house)
      throw error
    })

    const connection = {
      host: presence.socketDirectory,
      port: PORT,
      user: DATABASE,
      password,
      database: DATABASE,
    }
    let closing: Promise<void> | undefined
    let reviving: Promise<void> | undefined
    const leaving = new AbortController()

    const settle = (joined: Presence) => {
      presence = joined
      joined.client.once('end', () => {
        if (!leaving.signal.aborted) reviving = revive()
      })
      holdLightly(joined)
    }

    const revive = async () => {
      log.warn('PostgreSQL s’est arrêté : il est relancé')
      for (let pause = 100; !leaving.signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS)) {
        try {
          settle(await joinServer(house))
          log.info('PostgreSQL est revenu')
          if (connection.host !== presence.socketDirectory) {
            connection.host = presence.socketDirectory
            options.onMoved?.(connection)
          }
          return
        } catch (error) {
          log.error(`PostgreSQL ne revient pas : ${errorText(error)}`)
          await delay(pause, undefined, { ref: false, signal: leaving.signal }).catch(() => undefined)
        }
      }
    }

    settle(presence)
    // Asked to stop by SIGTERM, a server refuses newcomers and waits for its sessions, ours too, to end: they are cut.
    const watch = setInterval(async () => {
      const postmaster = await readPostmaster(cluster).catch(() => undefined)
      if (postmaster?.status === 'stopping' && !leaving.signal.aborted)
        await stopPostmaster(postmaster, cluster).catch(error => log.error(errorText(error)))
    }, WATCH_MILLIS).unref()
    return {
      connection,
      cluster,
      close: () => {
        leaving.abort()
        clearInterval(watch)
        closing ??= (async () => {
          await reviving
          await leave(presence, house)
        })()
        return closing
      },
    }
  } catch (error) {
    throw explainSystemError(error, placement.dataDir)
  }
}

/** Creates the role and the database of the service, which hold no more rights than on a site's own server. */
async function ensureDatabase(client: pg.Client, password: string): Promise<void> {
  const { rows } = await client.query('select from pg_database where datname = $1', [DATABASE])
  if (rows.length > 0) return createRoles(client, undefined, DATABASE)
  await client.query('select pg_advisory_lock($1)', [CREATION_LOCK])
  const { rows: found } = await client.query<{ role: boolean; database: boolean }>(
    `select exists (select from pg_roles where rolname = $1) as role,
            exists (select from pg_database where datname = $1) as database`,
    [DATABASE],
  )
  if (!found[0]?.role) await client.query(`create role ${DATABASE} login password '${password}'`)
  if (!found[0]?.database) await client.query(`create database ${DATABASE} owner ${DATABASE}`)
  await createRoles(client, undefined, DATABASE)
  await client.query('select pg_advisory_unlock($1)', [CREATION_LOCK])
}
