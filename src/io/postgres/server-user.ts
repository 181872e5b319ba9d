import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { DatabaseUnavailable, errorCode } from '../database/unavailable.ts'

const run = promisify(execFile)

/** The ordinary user the server runs as when this process is root, since PostgreSQL refuses root. */
export interface ServerUser {
  name: string
  uid: number
  gid: number
}

/** Whether this process is root, who cannot run PostgreSQL itself. */
export function isRoot(): boolean {
  return process.geteuid?.() === 0
}

/** The first of `postgres` and `nobody` that this machine knows. @throws DatabaseUnavailable when neither exists. */
export async function unprivilegedUser(): Promise<ServerUser> {
  const users = await ordinaryUsers()
  const user = ['postgres', 'nobody'].flatMap(name => users.filter(known => known.name === name))[0]
  if (user) return user
  throw new DatabaseUnavailable(
    'PostgreSQL refuse de tourner sous root, et cette machine n’a ni compte « postgres » ni compte « nobody ». ' +
      'Lancez le service sous un compte ordinaire, ou donnez DATABASE_URL.',
  )
}

/** The user with these numbers, by name when this machine knows it. */
export async function userOf(uid: number, gid: number): Promise<ServerUser> {
  const known = (await ordinaryUsers()).find(user => user.uid === uid)
  return { name: known?.name ?? `numéro ${uid}`, uid, gid }
}

async function ordinaryUsers(): Promise<ServerUser[]> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '')
  return text
    .split('\n')
    .map(line => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(user => user.uid > 0)
}

/** What `spawn` needs to run as that user; nothing for the user of this process. */
export function identity(user: ServerUser | undefined): { uid?: number; gid?: number } {
  return user ? { uid: user.uid, gid: user.gid } : {}
}

/** Whether that user can enter a folder, asked as that user: modes alone miss access lists and closed parents. */
export async function canReach(user: ServerUser, folder: string): Promise<boolean> {
  try {
    await run('/bin/sh', ['-c', 'test -x "$0"', folder], { ...identity(user), cwd: '/' })
    return true
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EPERM' || code === 'EINVAL') throw cannotBecome(user, code)
    return false
  }
}

/** Root without the right to change user, as in some containers. */
export function cannotBecome(user: ServerUser | undefined, code: string): DatabaseUnavailable {
  return new DatabaseUnavailable(
    `PostgreSQL refuse de tourner sous root, et ici root ne peut pas devenir « ${user?.name} » (${code}). ` +
      'Lancez le service sous un compte ordinaire, ou donnez DATABASE_URL.',
  )
}
