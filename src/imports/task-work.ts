import { createReadStream } from 'node:fs'
import { mkdtemp, open, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../io/database/schema.ts'
import { isAlive } from '../io/postgres/leftovers.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { ImportTask } from './import-answer.ts'
import { importLongFile, type LongSource, type Progress } from './long-import-queries.ts'

const BEAT_MILLIS = 500
const LOST_SECONDS = 60

/** A file received and kept aside until it is imported. */
export interface ReceivedAside {
  bytes: number
  open: () => AsyncIterable<Uint8Array>
  discard: () => Promise<void>
}

const ASIDE = 'vigie-import-'

/** Removes what processes that were killed had put aside, before this one puts anything. @returns how many folders went. */
export async function removeAside(folder = tmpdir()): Promise<number> {
  const left = (await readdir(folder)).filter(name => {
    const pid = name.startsWith(ASIDE) ? Number(/^\d+(?=-)/.exec(name.slice(ASIDE.length))?.[0]) : Number.NaN
    // In a container, each start has the number of the one before.
    return pid === process.pid || (Number.isInteger(pid) && !isAlive(pid))
  })
  for (const name of left) await rm(join(folder, name), { recursive: true, force: true })
  return left.length
}

/** Puts a body aside piece by piece, so that no file is held in memory. */
export async function putAside(body: AsyncIterable<Uint8Array>): Promise<ReceivedAside> {
  const folder = await mkdtemp(join(tmpdir(), `${ASIDE}${process.pid}-`))
  const discard = () => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, 'received')
    const target = await open(path, 'w', 0o600)
    let bytes = 0
    try {
      for await (const piece of body) {
        await target.write(piece)
        bytes += piece.length
      }
    } finally {
      await target.close()
    }
    return { bytes, open: () => createReadStream(path, { highWaterMark: 1 << 18 }), discard }
  } catch (error) {
    await discard()
    throw error
  }
}

/**
 * Begins an import whose progress may be watched from any process; `report` hears of what nobody expected.
 * @returns its identifier at once.
 */
export async function startImport(
  db: Kysely<Database>,
  about: Omit<LongSource, 'bytes' | 'open'>,
  file: ReceivedAside,
  today: Day,
  report: (error: unknown, id: string) => void,
): Promise<string> {
  const { id } = await db
    .insertInto('import_task')
    .values({ file_name: about.name, bytes: file.bytes })
    .returning('id')
    .executeTakeFirstOrThrow()
  const source = { ...about, bytes: file.bytes, open: file.open }
  void carryOut(db, id, source, today, error => report(error, id)).finally(file.discard)
  return id
}

async function carryOut(
  db: Kysely<Database>,
  id: string,
  source: LongSource,
  today: Day,
  report: (error: unknown) => void,
): Promise<void> {
  const stop = new AbortController()
  let last: Progress = { bytesRead: 0, rows: 0 }
  const tell = () =>
    db
      .updateTable('import_task')
      .set({ bytes_read: last.bytesRead, rows_read: last.rows, updated_at: sql`clock_timestamp()` })
      .where('id', '=', id)
      .returning('cancel_requested')
      .executeTakeFirst()
  const beat = setInterval(() => {
    tell()
      .then(row => {
        if (row?.cancel_requested) stop.abort(new CalledOff())
      })
      // The next beat says it again.
      .catch(() => undefined)
  }, BEAT_MILLIS)
  const end = (state: 'stored' | 'known' | 'refused' | 'cancelled' | 'failed', more: object = {}) =>
    db
      .updateTable('import_task')
      .set({ state, ...more })
      .where('id', '=', id)
      .execute()
  try {
    const result = await importLongFile(db, source, today, {
      signal: stop.signal,
      progress: progress => {
        last = progress
      },
    })
    clearInterval(beat)
    await tell()
    if ('faults' in result) await end('refused', { outcome: JSON.stringify(result) })
    else
      await end(result.alreadyKnown ? 'known' : 'stored', {
        release_id: result.release,
        rows_read: result.rows,
      })
  } catch (error) {
    clearInterval(beat)
    if (!(error instanceof CalledOff)) report(error)
    await end(error instanceof CalledOff ? 'cancelled' : 'failed').catch(() => undefined)
  }
}

class CalledOff extends Error {}

/** An import under way or done, or `undefined`. */
export async function importTask(db: Kysely<Database>, id: string): Promise<ImportTask | undefined> {
  const row = await db
    .selectFrom('import_task')
    .selectAll()
    .select(
      sql<boolean>`updated_at < clock_timestamp() - make_interval(secs => ${LOST_SECONDS})`.as('silent'),
    )
    .where('id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      fileName: row.file_name,
      state: row.state === 'running' && row.silent ? 'lost' : row.state,
      bytes: row.bytes,
      bytesRead: row.bytes_read,
      rows: row.rows_read,
      release: row.release_id,
      outcome: row.outcome,
    }
  )
}

/** Asks an import to stop, whichever process does it; nothing of it will be stored. */
export async function cancelImport(db: Kysely<Database>, id: string): Promise<void> {
  await db.updateTable('import_task').set({ cancel_requested: true }).where('id', '=', id).execute()
}
