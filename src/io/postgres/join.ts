import { existsSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '../database/log.ts'
import { DatabaseUnavailable, errorCode, errorText } from '../database/unavailable.ts'
import { type OnWait, SUPERUSER } from './cluster.ts'
import type { Placement } from './placement.ts'
import {
  type Launch,
  launch,
  PORT,
  type Postmaster,
  postmasterState,
  readPostmaster,
  removeStaleLocks,
  SOCKET,
  stopPostmaster,
} from './postmaster.ts'
import { canReach } from './server-user.ts'

/** Longest socket path that Linux (107 bytes) and macOS (103) both take. */
const SOCKET_PATH_BYTES = 103
const SOCKET_DIRECTORY = 'vigie-'

/** Advisory lock of the maintenance database that everyone present shares. */
const PRESENCE = 7_116_001

const POLL_MILLIS = 15
const RETRY_MILLIS = 100
const ANSWER_MILLIS = 5_000
const LOCK_MILLIS = 20_000
const NOTICE_MILLIS = 3_000
const UNREACHABLE_MILLIS = 3_000
const LOCKED_MILLIS = 10_000
const STARTING_MILLIS = 300_000

/** What it takes to join the server of a cluster. */
export interface House {
  placement: Placement
  password: string
  settings: Record<string, string>
  log: Log
  onWait?: OnWait | undefined
}

/** One session kept open for as long as a process uses the server: it is how the others know. */
export interface Presence {
  client: pg.Client
  socketDirectory: string
  version: string
}

/** Joins the server of a cluster, after starting it when nobody did. @throws DatabaseUnavailable */
export async function joinServer(house: House): Promise<Presence> {
  const { cluster, version } = house.placement
  const begun = Date.now()
  let launched: Launch | undefined
  let unreachableSince: number | undefined
  let lockedSince: number | undefined
  let withoutClusterSocket = false
  let versionSettled = false
  let noticed = false
  for (;;) {
    const postmaster = await readPostmaster(cluster)
    const state = postmaster ? await postmasterState(postmaster, cluster) : 'ended'
    const running = state === 'running' ? postmaster : undefined
    const presence =
      running && running.status !== 'ready' ? 'busy' : await enter(house, socketDirectories(cluster, running))

    if (presence !== 'busy' && presence !== 'nobody') {
      if (launched && launched.socketDirectory !== presence.socketDirectory) {
        await removeSocketDirectory(launched.socketDirectory)
      }
      if (presence.version === version || versionSettled) return presence
      // An orphan of the version before gives way to ours; a server in use goes on until its last user leaves.
      await leave(presence, house)
      versionSettled = true
      launched = undefined
      continue
    }

    if (postmaster && state === 'elsewhere') throw copiedFolder(postmaster, cluster)
    if (running) {
      unreachableSince = presence === 'nobody' ? (unreachableSince ?? Date.now()) : undefined
      if (unreachableSince !== undefined && Date.now() - unreachableSince > UNREACHABLE_MILLIS) {
        house.log.warn(`PostgreSQL (processus ${running.pid}) ne répond plus : il est arrêté puis relancé`)
        await stop(running, house)
        unreachableSince = undefined
        launched = undefined
      }
    } else if (presence === 'nobody') {
      // Had someone answered, it would be the server of another container, whose processes cannot be seen from here.
      if (!launched) {
        await removeStaleLocks(cluster)
        if (postmaster) await removeSocketDirectory(postmaster.socketDirectory)
        const directory = await chooseSocketDirectory(house.placement, withoutClusterSocket)
        launched = await launch(house.placement, directory, house.settings)
      } else if (launched.ended()) {
        lockedSince ??= Date.now()
        const reason = await whyEnded(launched, house.placement, Date.now() - lockedSince < LOCKED_MILLIS)
        withoutClusterSocket ||= reason === 'no-socket'
        launched = undefined
        if (reason === 'locked') await delay(RETRY_MILLIS)
      }
    }

    const waited = Date.now() - begun
    if (waited > STARTING_MILLIS) {
      throw new DatabaseUnavailable(
        `PostgreSQL n’est pas prêt après ${STARTING_MILLIS / 60_000} minutes. ` +
          `Voyez ${join(house.placement.dataDir, 'postgres.log')} et relancez.`,
      )
    }
    if (waited > NOTICE_MILLIS && !noticed) {
      house.log.info('PostgreSQL tarde, sans doute parce qu’il remet ses données en ordre : patientez')
      noticed = true
    }
    house.onWait?.()
    await delay(POLL_MILLIS)
  }
}

/**
 * Why a server that was just launched ended, when launching again can help: another start is under way or the last
 * sessions of a killed server have not noticed yet (`locked`), or the disk takes no socket.
 * @throws DatabaseUnavailable otherwise, with its last words.
 */
async function whyEnded(
  launched: Launch,
  { cluster, dataDir }: Placement,
  patient: boolean,
): Promise<'locked' | 'no-socket'> {
  const said = await launched.said()
  await removeSocketDirectory(launched.socketDirectory)
  if (patient && /lock file|shared memory block/.test(said)) return 'locked'
  if (launched.socketDirectory === cluster && /Unix-domain socket|Unix address/.test(said)) return 'no-socket'
  throw new DatabaseUnavailable(
    `PostgreSQL ne démarre pas. Ses derniers mots (${join(dataDir, 'postgres.log')}) :\n` +
      said.split('\n').slice(-8).join('\n'),
  )
}

/** Leaves a server; the last one out stops it. */
export async function leave(presence: Presence, house: House): Promise<void> {
  const { cluster } = house.placement
  ;(presence.client.connection.stream as Socket).ref()
  try {
    const last = await isLast(presence.client)
    const postmaster = last ? await readPostmaster(cluster) : undefined
    // The processes of another container cannot be signalled: its own openers look after them.
    if (postmaster && (await postmasterState(postmaster, cluster)) === 'running') {
      await stop(postmaster, house)
    }
  } catch (error) {
    house.log.warn(`PostgreSQL quitté sans être arrêté : ${errorText(error)}`)
  } finally {
    await presence.client.end().catch(() => undefined)
  }
}

/** Lets the process end without closing its presence, were it to forget. */
export function holdLightly(presence: Presence): void {
  ;(presence.client.connection.stream as Socket).unref()
}

/**
 * Whether nobody else uses the server. The exclusive lock then keeps newcomers out until it has stopped;
 * without it, one could enter between the count and the stop.
 */
async function isLast(client: pg.Client): Promise<boolean> {
  await client.query('select pg_advisory_unlock_shared($1)', [PRESENCE])
  const { rows } = await client.query<{ alone: boolean }>(
    `select pg_try_advisory_lock($1) and not exists (
       select from pg_stat_activity
       where backend_type = 'client backend' and application_name not like 'vigie-titres%'
     ) as alone`,
    [PRESENCE],
  )
  return rows[0]?.alone === true
}

async function stop(postmaster: Postmaster, { placement, log }: House): Promise<void> {
  const stopped = await stopPostmaster(postmaster, placement.cluster)
  if (stopped) await removeSocketDirectory(postmaster.socketDirectory)
  else log.warn(`PostgreSQL (processus ${postmaster.pid}) s’arrête toujours après une minute`)
}

/** Where the server of a cluster may answer: its own folder, seen from other containers too, or a temporary one. */
function socketDirectories(cluster: string, postmaster: Postmaster | undefined): string[] {
  const directories = new Set<string>()
  if (fits(cluster) && existsSync(join(cluster, SOCKET))) directories.add(cluster)
  if (postmaster && postmaster.socketDirectory !== '') directories.add(postmaster.socketDirectory)
  return [...directories]
}

/** Opens a session; `busy` when a server answered that it is starting or stopping, `nobody` when none did. */
async function enter(house: House, directories: string[]): Promise<Presence | 'busy' | 'nobody'> {
  let answered = false
  for (const host of directories) {
    const client = new pg.Client({
      host,
      port: PORT,
      user: SUPERUSER,
      password: house.password,
      database: 'postgres',
      application_name: 'vigie-titres presence',
      connectionTimeoutMillis: ANSWER_MILLIS,
      lock_timeout: LOCK_MILLIS,
    })
    client.on('error', () => undefined)
    try {
      await client.connect()
      const { rows } = await client.query<{ version: string }>(
        `select current_setting('server_version') as version from pg_advisory_lock_shared($1)`,
        [PRESENCE],
      )
      return { client, socketDirectory: host, version: rows[0]?.version.split(' ')[0] ?? '' }
    } catch (error) {
      await client.end().catch(() => undefined)
      refuse(error, house.placement.cluster)
      answered ||= error instanceof pg.DatabaseError
    }
  }
  return answered ? 'busy' : 'nobody'
}

/** Passes over what a starting or stopping server answers, which waiting will change. */
function refuse(error: unknown, cluster: string): void {
  const code = errorCode(error)
  if (code === '28P01' || code === '28000') {
    throw new DatabaseUnavailable(
      `La base de ${cluster} refuse son mot de passe : le fichier vigie-password n’est plus le sien. ` +
        'Restaurez-le d’une sauvegarde.',
      { cause: error },
    )
  }
  if (code === '53300') {
    throw new DatabaseUnavailable(
      `La base de ${cluster} n’a plus de connexion libre (${errorText(error)}). Fermez des programmes qui l’utilisent.`,
      { cause: error },
    )
  }
}

function copiedFolder({ pid, dataDirectory }: Postmaster, cluster: string): DatabaseUnavailable {
  return new DatabaseUnavailable(
    `${join(cluster, 'postmaster.pid')} désigne un serveur PostgreSQL en marche (processus ${pid}, ${dataDirectory}) ` +
      'qui n’est pas celui de ce dossier. Si ce dossier est une copie, supprimez-y postmaster.pid ; une copie ' +
      'faite pendant que le serveur tournait peut être incohérente : préférez pg_dump.',
  )
}

function fits(directory: string): boolean {
  return Buffer.byteLength(join(directory, SOCKET)) <= SOCKET_PATH_BYTES
}

/**
 * The cluster itself when its path is short enough: closed to others, found by every process and container that
 * sees the data, the same after a restart. Otherwise a temporary folder.
 */
async function chooseSocketDirectory({ cluster, user }: Placement, temporary: boolean): Promise<string> {
  if (!temporary && fits(cluster)) return cluster
  for (const base of [tmpdir(), '/tmp', '/var/tmp']) {
    if (!fits(join(base, `${SOCKET_DIRECTORY}XXXXXX`)) || (user && !(await canReach(user, base)))) continue
    const directory = await mkdtemp(join(base, SOCKET_DIRECTORY)).catch(() => undefined)
    if (directory === undefined) continue
    if (user) await chown(directory, user.uid, user.gid)
    return directory
  }
  throw new DatabaseUnavailable(
    `Aucun dossier ne peut recevoir la prise Unix de PostgreSQL : le chemin de ${cluster} est trop long et /tmp ` +
      'n’est pas utilisable. Choisissez un chemin plus court avec DATA_DIR.',
  )
}

async function removeSocketDirectory(directory: string): Promise<void> {
  if (basename(directory).startsWith(SOCKET_DIRECTORY)) await rm(directory, { recursive: true, force: true })
}
