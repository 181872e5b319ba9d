import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Log } from '../database/log.ts'
import { DatabaseUnavailable, errorCode } from '../database/unavailable.ts'
import { programPath, SYNCS_WHOLE_DISK, serverEnvironment } from './binaries.ts'
import { draftPath, removeLeftovers, synchronise } from './leftovers.ts'
import type { Placement } from './placement.ts'
import { cannotBecome, identity } from './server-user.ts'

/** Told, perhaps more than once, that PostgreSQL works and this program waits for it. */
export type OnWait = () => void

/** The role that owns the cluster; the service itself works under an ordinary one. */
export const SUPERUSER = 'postgres'

/** Kept in the cluster, so that one rename publishes both, and a copy of the folder carries its own key. */
const PASSWORD_FILE = 'vigie-password'

// Modest on purpose: this server shares a small machine with the service and answers a handful of people.
const SETTINGS = {
  max_connections: '60',
  shared_buffers: '128MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '512MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // A statement may carry personal data: the error alone goes to the log.
  log_min_error_statement: 'panic',
}

/** The password of the cluster. @throws DatabaseUnavailable when the file has gone. */
export async function clusterPassword(cluster: string): Promise<string> {
  const file = join(cluster, PASSWORD_FILE)
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (cause) {
    throw new DatabaseUnavailable(
      `Le mot de passe de la base, ${file}, est illisible (${errorCode(cause)}) : restaurez-le d’une sauvegarde.`,
      { cause },
    )
  }
}

/**
 * Creates the cluster where none exists: `initdb` works in a folder beside, which one rename then publishes,
 * so that nothing half made is ever taken for a cluster. Of two first starts at once, one wins the rename.
 * @throws DatabaseUnavailable when the cluster belongs to another major version of PostgreSQL.
 */
export async function ensureCluster(
  placement: Placement,
  { durable, log, onWait }: { durable: boolean; log: Log; onWait?: OnWait | undefined },
): Promise<void> {
  const { cluster, version } = placement
  await removeLeftovers(cluster)
  const found = await clusterMajor(cluster)
  if (found === undefined) {
    log.info(`Création de la base dans ${cluster}`)
    const created = createCluster(placement, durable)
    onWait?.()
    await created
  } else if (found !== version.split('.')[0]) {
    throw new DatabaseUnavailable(
      `Les données de ${cluster} sont de PostgreSQL ${found}, le serveur fourni est un PostgreSQL ${version}. ` +
        'Rien n’a été touché. Pour passer de l’un à l’autre : relancez la version précédente du service, ' +
        'sauvegardez avec pg_dump, déplacez ce dossier, lancez cette version puis restaurez avec pg_restore.',
    )
  }
}

async function clusterMajor(cluster: string): Promise<string | undefined> {
  try {
    return (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim()
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
  const entries = await readdir(cluster).catch(() => [])
  if (entries.length === 0) return undefined
  throw new DatabaseUnavailable(
    `${cluster} existe mais n’est pas un dossier de données PostgreSQL (PG_VERSION manque). ` +
      'Restaurez-le d’une sauvegarde, ou déplacez-le pour repartir d’une base vide.',
  )
}

async function createCluster(placement: Placement, durable: boolean): Promise<void> {
  const { cluster, user } = placement
  const draft = draftPath(cluster)
  await mkdir(draft, { mode: 0o700 })
  try {
    const password = join(draft, PASSWORD_FILE)
    await writeFile(password, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 })
    if (user) {
      await chown(draft, user.uid, user.gid)
      await chown(password, user.uid, user.gid)
    }
    const data = join(draft, 'data')
    await initdb(placement, data, password, durable)
    await rename(password, join(data, PASSWORD_FILE))
    if (durable) {
      await synchronise(join(data, PASSWORD_FILE))
      await synchronise(data)
    }
    await rename(data, cluster)
    if (durable) await synchronise(dirname(cluster))
  } catch (error) {
    const code = errorCode(error)
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
    // Another process published its cluster first: this one joins it.
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function initdb(
  { binaries, user }: Placement,
  data: string,
  password: string,
  durable: boolean,
): Promise<void> {
  const child = spawn(
    programPath(binaries, 'initdb'),
    [
      `--pgdata=${data}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The provider built into PostgreSQL sorts and folds case alike on every machine, whatever its locales.
      '--no-locale',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
      '--no-instructions',
      ...(durable ? (SYNCS_WHOLE_DISK ? ['--sync-method=syncfs'] : []) : ['--no-sync']),
      ...Object.entries(SETTINGS).map(([name, value]) => `--set=${name}=${value}`),
    ],
    { ...identity(user), cwd: '/', env: serverEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      said = `${said}${text}`.slice(-4000)
    })
  }
  const outcome = await new Promise<number | string>((resolve, reject) => {
    child.on('error', error => {
      const code = errorCode(error)
      reject(code === 'EPERM' || code === 'EINVAL' ? cannotBecome(user, code) : error)
    })
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown'))
  })
  if (outcome !== 0) {
    throw new DatabaseUnavailable(
      `La création de la base a échoué (initdb : ${outcome}). Ses derniers mots :\n${said.trim()}`,
    )
  }
}
