import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir, readlink, realpath, rm, stat, symlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Log } from '../database/log.ts'
import { DatabaseUnavailable, errorCode, explainSystemError } from '../database/unavailable.ts'
import { type Binaries, copyBinaries, findBinaries, serverVersion } from './binaries.ts'
import { canReach, isRoot, type ServerUser, unprivilegedUser, userOf } from './server-user.ts'

/** Where the server and its data are, and who runs it. */
export interface Placement {
  /** Absolute folder of settings and log. */
  dataDir: string
  /** Absolute folder of the PostgreSQL cluster, which may not exist yet. */
  cluster: string
  binaries: Binaries
  version: string
  /** The user who runs the server; undefined for the user of this process. */
  user: ServerUser | undefined
}

/**
 * Finds the cluster of a data directory, or the place for a new one. Everything stays in the data directory,
 * unless this process is root: then whatever the user of the server cannot reach goes to `stateDirectory`.
 */
export async function place(options: {
  dataDir: string
  stateDirectory: string
  log: Log
}): Promise<Placement> {
  const asked = resolve(options.dataDir)
  try {
    await makeFolder(asked)
    const dataDir = await realpath(asked)
    return isRoot()
      ? await placeForRoot(dataDir, options.stateDirectory, options.log)
      : await placeHere(dataDir)
  } catch (error) {
    throw explainSystemError(error, asked)
  }
}

/** Node's own `recursive` turns for ever where a system refuses a folder that it says is not there, such as /proc. */
async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return
  if (dirname(folder) !== folder) await makeFolder(dirname(folder))
  await mkdir(folder, { mode: 0o700 }).catch(async (error: unknown) => {
    // Another process may have made it meanwhile.
    if (errorCode(error) !== 'EEXIST' || !(await isFolder(folder))) throw error
  })
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isDirectory(),
    () => false,
  )
}

async function placeHere(dataDir: string): Promise<Placement> {
  const inside = join(dataDir, 'postgres')
  const existing = await existingCluster(inside)
  if (existing && existing.uid !== process.geteuid?.()) {
    throw new DatabaseUnavailable(
      `Les données de ${existing.path} appartiennent à un autre compte (numéro ${existing.uid}). ` +
        'Lancez le service sous ce compte ou sous root, ou choisissez un autre dossier avec DATA_DIR.',
    )
  }
  if (!existing) await removeDanglingLink(inside)
  const binaries = findBinaries()
  const version = await serverVersion(binaries, undefined)
  if (version === undefined) {
    throw new DatabaseUnavailable(
      `Le serveur PostgreSQL fourni n’est pas exécutable : ${binaries.folder}. ` +
        'Vérifiez les droits de ce dossier, et que son disque n’est pas monté avec noexec.',
    )
  }
  return { dataDir, cluster: existing?.path ?? inside, binaries, version, user: undefined }
}

async function placeForRoot(dataDir: string, stateDirectory: string, log: Log): Promise<Placement> {
  const inside = join(dataDir, 'postgres')
  const existing = (await existingCluster(inside)) ?? (await moveOutside(dataDir, stateDirectory, log))
  if (existing?.uid === 0) {
    throw new DatabaseUnavailable(
      `Les données de ${existing.path} appartiennent à root, sous qui PostgreSQL refuse de tourner. ` +
        `Rendez-les à un autre compte, par exemple : chown -R ${(await unprivilegedUser()).name} ${existing.path}`,
    )
  }
  const user =
    existing?.uid === undefined ? await unprivilegedUser() : await userOf(existing.uid, existing.gid)
  const cluster = existing?.path ?? inside
  if (dirname(cluster) === dataDir && !(await canReach(user, dataDir))) {
    await chmod(dataDir, (await stat(dataDir)).mode | 0o011)
  }
  if (existing?.uid !== undefined && !(await canReach(user, cluster))) {
    throw new DatabaseUnavailable(
      `Le compte ${user.name}, à qui appartiennent les données de ${cluster}, ne peut pas y entrer : ` +
        'un dossier parent lui est fermé. Ouvrez-lui le passage (chmod o+x) ou lancez le service sous ce compte.',
    )
  }
  const { binaries, version } = await reachableBinaries(user, stateDirectory, log)
  return { dataDir, cluster, binaries, version, user }
}

async function reachableBinaries(user: ServerUser, stateDirectory: string, log: Log) {
  const installed = findBinaries()
  const version = await serverVersion(installed, user)
  if (version !== undefined) return { binaries: installed, version }
  await openStateDirectory(stateDirectory)
  const { binaries, copied: isNew } = await copyBinaries(installed, stateDirectory).catch(error => {
    throw explainStateDirectory(error, stateDirectory)
  })
  const copied = await serverVersion(binaries, user)
  if (copied === undefined) throw explainStateDirectory(undefined, stateDirectory)
  if (isNew) {
    log.info(
      `PostgreSQL tourne sous le compte ${user.name}, qui ne peut pas lire ${installed.folder} : ` +
        `serveur copié dans ${binaries.folder}`,
    )
  }
  return { binaries, version: copied }
}

/** Where the cluster of a data directory goes when the user of the server cannot enter it; undefined when it can. */
async function moveOutside(dataDir: string, stateDirectory: string, log: Log): Promise<Cluster | undefined> {
  const inside = join(dataDir, 'postgres')
  const user = await unprivilegedUser()
  if (await canReach(user, dirname(dataDir))) {
    await removeDanglingLink(inside)
    return undefined
  }
  await openStateDirectory(stateDirectory)
  const digest = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  const path = join(stateDirectory, `cluster-${digest}`)
  if ((await readlink(inside).catch(absent)) !== path) {
    await removeDanglingLink(inside)
    await symlink(path, inside).catch(error => {
      if (errorCode(error) !== 'EEXIST') throw error
    })
  }
  const found = await existingCluster(inside)
  log.info(
    `PostgreSQL tourne sous le compte ${user.name}, qui ne peut pas entrer dans ${dataDir} : ` +
      `données ${found ? 'retrouvées' : 'placées'} dans ${path}`,
  )
  return found ?? { path }
}

async function openStateDirectory(folder: string): Promise<void> {
  try {
    const created = await mkdir(folder, { recursive: true })
    if (created !== undefined) await chmod(folder, 0o755)
  } catch (error) {
    throw explainStateDirectory(error, folder)
  }
}

function explainStateDirectory(cause: unknown, folder: string): DatabaseUnavailable {
  return new DatabaseUnavailable(
    'PostgreSQL refuse de tourner sous root, le compte qui le remplace ne peut pas entrer dans le dossier du ' +
      `service, et ${folder} ne peut pas servir à la place${cause ? ` (${errorCode(cause) ?? cause})` : ''}. ` +
      'Choisissez avec DATA_DIR un dossier accessible à tous, lancez le service sous un compte ordinaire, ' +
      'ou donnez DATABASE_URL.',
    { cause },
  )
}

/** A cluster, with its owner when it exists. */
type Cluster = { path: string } & ({ uid: number; gid: number } | { uid?: undefined })

async function existingCluster(inside: string): Promise<(Cluster & { uid: number }) | undefined> {
  const path = await realpath(inside).catch(absent)
  if (path === undefined) return undefined
  const { uid, gid } = await stat(path)
  return { path, uid, gid }
}

/** Left by a first start that was cut short, or by the deletion of the cluster it named. */
async function removeDanglingLink(path: string): Promise<void> {
  const entry = await lstat(path).catch(absent)
  if (entry?.isSymbolicLink()) await rm(path, { force: true })
}

function absent(error: unknown): undefined {
  if (errorCode(error) === 'ENOENT') return undefined
  throw error
}
