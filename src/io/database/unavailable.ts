import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { Expected } from '../expected.ts'
import type { Db } from './schema.ts'
/** The database cannot be opened. The French message says why and what a person can do; it needs no stack. */
export class DatabaseUnavailable extends Expected {
  override readonly name = 'DatabaseUnavailable'
}

const SYSTEM_REASONS: Record<string, string> = {
  EACCES: 'accès refusé',
  EPERM: 'opération non permise',
  EROFS: 'système de fichiers en lecture seule',
  ENOSPC: 'disque plein',
  EDQUOT: 'quota de disque atteint',
  ENOTDIR: 'un élément du chemin n’est pas un dossier',
  EEXIST: 'un fichier porte ce nom',
  ENOENT: 'rien ne peut y être créé',
  ENAMETOOLONG: 'nom trop long',
  ELOOP: 'liens qui tournent en rond',
}

/** Rewrites what the system answered about a folder so that a person can act; other errors pass unchanged. */
export function explainSystemError(error: unknown, folder: string): unknown {
  const code = errorCode(error)
  const reason = code === undefined ? undefined : SYSTEM_REASONS[code]
  if (!reason || error instanceof DatabaseUnavailable) return error
  return new DatabaseUnavailable(
    `Le dossier de données ${folder} n’est pas utilisable (${reason}, ${code}). ` +
      'Choisissez avec DATA_DIR un dossier où ce compte peut écrire, ou donnez DATABASE_URL.',
    { cause: error },
  )
}

/** The code that Node or PostgreSQL put on an error: `ENOENT`, `57P03`. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** What an error says, whatever was thrown. */
export function errorText(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(errorText).join(', ')
  return error instanceof Error ? error.message : String(error)
}

// Classes 08 (connection), 53 (resources: connections, disk), 57 (operator: stopped, cancelled), 25P03, 55P03 (waits).
const AWAY = /^(08|53|57)|^(25P03|55P03|25006)$|^E(CONNREFUSED|CONNRESET|PIPE|NOENT|TIMEDOUT)$/
// What pg and its pool say without a code.
const AWAY_WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed)/

/** Whether nothing more is known than that a connection did not come in time. */
export function isConnectionLate(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(timeout exceeded when trying to connect|Connection terminated due to connection timeout)$/.test(
      error.message,
    )
  )
}

/** Whether an error says that the database cannot answer now, and may answer soon: no bug of the program. */
export function isAway(error: unknown): boolean {
  const code = errorCode(error)
  const ofDatabase =
    error instanceof Error &&
    ('severity' in error ||
      ('syscall' in error && ['connect', 'read', 'write'].includes(String(error.syscall))))
  if (code !== undefined && ofDatabase && AWAY.test(code)) return true
  return error instanceof Error && AWAY_WORDS.test(error.message)
}

/** Whether PostgreSQL refused a text that it cannot hold: a NUL, or half a character (22021, 22P05; 22P02 inside JSON). */
export function isUnstorable(error: unknown): boolean {
  const code = errorCode(error)
  return code === '22021' || code === '22P05' || (code === '22P02' && /json/.test(errorText(error)))
}

const PATIENCE_MILLIS = 2_000

/** Why the database cannot serve now, in a few words for an operator; `undefined` when it can. */
export async function unready(db: Db): Promise<string | undefined> {
  const answer = sql`select from reference_data limit 1`
    .execute(db)
    .then(({ rows }) => (rows.length > 0 ? undefined : 'database without its places'))
    .catch((error: unknown) => `database: ${errorText(error)}`)
  const late = delay(PATIENCE_MILLIS, 'database: no answer in 2 s', { ref: false })
  return Promise.race([answer, late])
}
