import { createReadStream } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { Pool, PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { migrate } from '../../src/io/database/migrate.ts'
import { columnList, contentDigest, contentTables, END_OF_ROWS, SAME_TEXT } from '../backup/content.ts'
import type { BackupHeader, BackupSummary } from '../backup/write.ts'

/** A backup that cannot be restored here; nothing was changed. The French message says why and what to do. */
export class RestoreRefused extends Error {}

/**
 * Fills an empty database from a backup: the migrations that it had received, then every row in one transaction, then
 * the digest of what the database now holds, which must be that of the backup. Migrations that came since are applied
 * by the next start of the service.
 * @throws RestoreRefused
 */
export async function restoreBackup(
  pool: Pool,
  file: string,
  { directory }: { directory: string },
): Promise<BackupSummary> {
  const lines = linesOf(createReadStream(file).pipe(createGunzip()))
  const header = await nextJson<BackupHeader>(lines)
  if (header.format !== 1)
    throw new RestoreRefused(`Cette sauvegarde est d’un format inconnu (${header.format}).`)
  await migrateAsThen(pool, header, directory)
  const client = await pool.connect()
  try {
    await client.query(`begin; ${SAME_TEXT}`)
    const summary = await copyRows(client, lines)
    const found = await contentDigest(client, await contentTables(client))
    if (found !== summary.sha256) {
      throw new RestoreRefused(
        `Le contenu restauré n’est pas celui de la sauvegarde (${found} au lieu de ${summary.sha256}) : rien n’a été gardé.`,
      )
    }
    await client.query('commit')
    return summary
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release(true)
  }
}

/** Brings an empty database to the migrations of the backup, not further: its rows are of that shape. */
async function migrateAsThen(pool: Pool, { migrations }: BackupHeader, directory: string): Promise<void> {
  const files = (await readdir(join(directory, 'migrations'))).filter(name => name.endsWith('.sql')).sort()
  const unknown = migrations.find(({ name }) => !files.includes(name))
  if (unknown !== undefined) {
    throw new RestoreRefused(
      `La sauvegarde vient d’une version plus récente : elle a reçu ${unknown.name}. Restaurez avec cette version.`,
    )
  }
  const then = await mkdtemp(join(tmpdir(), 'vigie-restore-'))
  try {
    await mkdir(join(then, 'migrations'))
    for (const folder of ['rules', 'views']) await mkdir(join(then, folder))
    for (const { name } of migrations)
      await copyFile(join(directory, 'migrations', name), join(then, 'migrations', name))
    await migrate(pool, { directory: then })
  } finally {
    await rm(then, { recursive: true })
  }
  const { rows } = await pool.query<{ name: string; sha256: string }>(
    'select name, sha256 from migration order by number',
  )
  if (JSON.stringify(rows) !== JSON.stringify(migrations.map(({ name, sha256 }) => ({ name, sha256 })))) {
    throw new RestoreRefused(
      'Les migrations de cette version ne sont pas celles de la sauvegarde : restaurez avec la version qui l’a écrite.',
    )
  }
}

async function copyRows(
  client: PoolClient,
  lines: AsyncGenerator<Buffer, undefined>,
): Promise<BackupSummary> {
  const tables = await contentTables(client)
  for (;;) {
    const part = await nextJson<{ table: string; columns: string[] } | BackupSummary>(lines)
    if ('sha256' in part) {
      await continueIdentities(client)
      return part
    }
    const table = tables.find(({ name }) => name === part.table)
    if (table === undefined || part.columns.some(column => !table.columns.includes(column))) {
      throw new RestoreRefused(`La table ${part.table} de la sauvegarde n’est pas celle de cette version.`)
    }
    const { rows } = await client.query(`select from "${part.table}" limit 1`)
    if (rows.length > 0) {
      throw new RestoreRefused(
        `La base n’est pas vide (${part.table}) : restaurez dans une base neuve ou un DATA_DIR neuf.`,
      )
    }
    const into = client.query(copyFrom(`copy "${part.table}" (${columnList(part.columns)}) from stdin`))
    await pipeline(Readable.from(rowsUntilEnd(lines), { objectMode: false }), into)
  }
}

async function* rowsUntilEnd(lines: AsyncGenerator<Buffer, undefined>): AsyncGenerator<Buffer> {
  const batch: Buffer[] = []
  let bytes = 0
  // Not for…of, which would end the lines with the table.
  for (;;) {
    const { value } = await lines.next()
    if (value === undefined) throw new RestoreRefused(CUT_SHORT)
    if (value.length === END_OF_ROWS.length + 1 && value.toString('latin1').startsWith(END_OF_ROWS)) break
    batch.push(value)
    bytes += value.length
    if (bytes > 65_536) {
      yield Buffer.concat(batch.splice(0))
      bytes = 0
    }
  }
  if (batch.length > 0) yield Buffer.concat(batch)
}

/** Makes identities go on after rows that were copied with theirs. */
export async function continueIdentities(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attidentity <> '' and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`,
  )
  for (const { table, column } of rows) {
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), (select max("${column}") from "${table}"))
       where exists (select from "${table}")`,
      [`"${table}"`, column],
    )
  }
}

const CUT_SHORT = 'La sauvegarde est tronquée : elle n’a pas sa dernière ligne.'

async function nextJson<T>(lines: AsyncGenerator<Buffer, undefined>): Promise<T> {
  const { value } = await lines.next()
  if (value === undefined) throw new RestoreRefused(CUT_SHORT)
  try {
    return JSON.parse(value.toString('utf8')) as T
  } catch {
    throw new RestoreRefused('Ce fichier n’est pas une sauvegarde de Vigie Titres, ou il est abîmé.')
  }
}

/** Lines with their end, whatever the chunks they come in. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  let rest: Buffer = Buffer.alloc(0)
  try {
    for await (const chunk of chunks) {
      let from = 0
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
        const line = chunk.subarray(from, end + 1)
        yield rest.length > 0 ? Buffer.concat([rest, line]) : line
        rest = Buffer.alloc(0)
        from = end + 1
      }
      rest = Buffer.concat([rest, chunk.subarray(from)])
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      throw new RestoreRefused(`Ce fichier est abîmé ou n’est pas une sauvegarde (${error.message}).`)
    }
    throw error
  }
  if (rest.length > 0) yield rest
  return undefined
}
