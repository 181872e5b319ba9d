import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Pool, PoolClient } from 'pg'
import { synchronise } from '../../src/io/postgres/leftovers.ts'
import { addTitle, contentTables, END_OF_ROWS, rowsOf, SAME_TEXT, titleOf } from './content.ts'

/** What a backup begins with. */
export interface BackupHeader {
  format: 1
  program: string
  /** Migrations that the database had received, in order. */
  migrations: { name: string; sha256: string }[]
}

/** What a backup ends with. */
export interface BackupSummary {
  /** SHA-256 of the content, to find again in the restored database. */
  sha256: string
  rows: number
}

/**
 * Writes the whole content of a database, as of one instant, into a gzip of JSON lines and COPY rows. The file takes its
 * name once it is whole and on disk: one that was cut short never looks like a backup.
 */
export async function writeBackup(pool: Pool, file: string, program: string): Promise<BackupSummary> {
  const partial = `${file}.partial`
  const client = await pool.connect()
  const summary: BackupSummary = { sha256: '', rows: 0 }
  try {
    await client.query(`begin isolation level repeatable read read only; ${SAME_TEXT}`)
    await pipeline(
      Readable.from(linesOf(client, program, summary), { objectMode: false }),
      createGzip({ level: 6 }),
      createWriteStream(partial, { mode: 0o600 }),
    )
    await client.query('commit')
    await synchronise(partial)
    await rename(partial, file)
    await synchronise(dirname(file))
    return summary
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  } finally {
    client.release(true)
  }
}

async function* linesOf(
  client: PoolClient,
  program: string,
  summary: BackupSummary,
): AsyncGenerator<Buffer | string> {
  const { rows: migrations } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from migration order by number',
  )
  yield `${JSON.stringify({ format: 1, program, migrations } satisfies BackupHeader)}\n`
  const digest = createHash('sha256')
  for (const table of await contentTables(client)) {
    addTitle(digest, table)
    yield `${titleOf(table)}\n`
    for await (const chunk of rowsOf(client, table)) {
      digest.update(chunk)
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) summary.rows += 1
      yield chunk
    }
    yield `${END_OF_ROWS}\n`
  }
  summary.sha256 = digest.digest('hex')
  yield `${JSON.stringify(summary)}\n`
}
