import { spawn } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Kysely } from 'kysely'
import type pg from 'pg'
import type { Pool } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { importLongFile } from '../../../src/imports/long-import-queries.ts'
import { today } from '../../../src/io/clock.ts'
import type { OpenDatabase } from '../../../src/io/database/open.ts'
import type { Database } from '../../../src/io/database/schema.ts'
import { seededRandom } from '../../../src/pure/numerics/series/random.ts'
import type { Figures } from './engine.ts'

const HEADER = 'mois;commune;titre;demandes'
const COLUMNS = 'series_id, period, release_id, value, status, target, locator'

/** A machine shared with others changes pace within seconds: both are timed by turns. */
const ROUNDS = 3

/**
 * Imports a file of `rows` figures, then has `psql \copy` put the same figures into an empty copy of the same table
 * (same columns, keys, checks and indexes), and so on by turns with other figures: rows a second of all the imports
 * over those of all the copies. Without psql, COPY through the driver.
 */
export async function importVsCopy(
  { db, pool }: OpenDatabase,
  folder: string,
  rows: number,
): Promise<Figures> {
  const path = join(folder, 'rows.csv')
  const prepared = join(folder, 'rows.copy')
  await pool.query('create table copied (like observation including all)')
  await pool.query('create table copied_text (mois text, commune text, titre text, demandes text)')
  const seconds = { imported: 0, copied: 0, plain: 0 }
  let peak = 0
  for (let round = 0; round < ROUNDS; round++) {
    await writeRows(pool, path, rows, round)
    const { release, elapsed, megabytes } = await imported(db, path)
    seconds.imported += elapsed
    // What the copies leave in the memory of this process is none of the later imports' own.
    if (round === 0) peak = megabytes
    await writeCopy(pool, prepared, release)
    seconds.copied += await copied(pool, 'copied', COLUMNS, '', prepared)
    seconds.plain += await copied(
      pool,
      'copied_text',
      'mois, commune, titre, demandes',
      "with (format csv, header, delimiter ';')",
      path,
    )
  }
  await pool.query('drop table copied, copied_text')
  return {
    importVsCopy: seconds.copied / seconds.imported,
    importRowsPerSecond: (ROUNDS * rows) / seconds.imported,
    copyRowsPerSecond: (ROUNDS * rows) / seconds.copied,
    copyWithoutKeyRowsPerSecond: (ROUNDS * rows) / seconds.plain,
    importPeakMegabytes: peak,
  }
}

async function imported(
  db: Kysely<Database>,
  path: string,
): Promise<{ release: number; elapsed: number; megabytes: number }> {
  const { size } = await stat(path)
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 50)
  const began = performance.now()
  const stored = await importLongFile(
    db,
    {
      name: 'rows.csv',
      kind: 'applications',
      bytes: size,
      defaultPlace: 'FR',
      receivedFrom: 'benchmark',
      open: () => createReadStream(path, { highWaterMark: 1 << 18 }),
    },
    today(),
  )
  const elapsed = (performance.now() - began) / 1_000
  clearInterval(watch)
  if ('faults' in stored) throw new Error(`benchmark file refused: ${stored.faults[0]?.message}`)
  return { release: stored.release, elapsed, megabytes: peak / 2 ** 20 }
}

/** Writes the rows of a release as `psql \copy` reads them. */
async function writeCopy(pool: Pool, path: string, release: number): Promise<void> {
  const client = await pool.connect()
  try {
    await pipeline(
      client.query(
        copyTo(`copy (select ${COLUMNS} from observation where release_id = ${release}) to stdout`),
      ),
      createWriteStream(path),
    )
  } finally {
    client.release()
  }
}

async function copied(
  pool: Pool,
  table: string,
  columns: string,
  how: string,
  path: string,
): Promise<number> {
  const began = performance.now()
  const { host, port, user, password, database } = pool.options as pg.PoolConfig
  const environment = { PGHOST: host, PGPORT: port, PGUSER: user, PGPASSWORD: password, PGDATABASE: database }
  const given = Object.entries(environment).filter(([, value]) => value !== undefined)
  const done = await new Promise<number | undefined>(resolve => {
    const child = spawn('psql', ['-qX', '-c', `\\copy ${table} (${columns}) from '${path}' ${how}`], {
      env: { ...process.env, ...Object.fromEntries(given.map(([name, value]) => [name, String(value)])) },
      stdio: ['ignore', 'ignore', 'ignore'],
    })
    child.on('error', () => resolve(undefined))
    child.on('close', code => resolve(code ?? undefined))
  })
  if (done === 0) return (performance.now() - began) / 1_000
  console.log(`  psql n’a pas copié (${done ?? 'absent'}) : COPY par le pilote à la place.`)
  const again = performance.now()
  const client = await pool.connect()
  try {
    await pipeline(
      createReadStream(path),
      client.query(copyFrom(`copy ${table} (${columns}) from stdin ${how}`)),
    )
  } finally {
    client.release()
  }
  return (performance.now() - again) / 1_000
}

/** Months of two titles in as many communes as it takes, sorted by commune as a ministry would send them. */
async function writeRows(pool: Pool, path: string, rows: number, round: number): Promise<void> {
  const { rows: communes } = await pool.query<{ code: string }>(
    "select code from place where kind = 'commune' and merged_into is null and parent <> 'FR' order by code",
  )
  const random = seededRandom(1 + round)
  const target = await open(path, 'w')
  try {
    let text = `${HEADER}\n`
    const months = Math.max(240, Math.ceil((ROUNDS * rows) / (2 * communes.length)))
    for (let row = round * rows; row < (round + 1) * rows; row++) {
      const commune = communes[Math.floor(row / (2 * months))]?.code
      const month = row % months
      const title = Math.floor(row / months) % 2 === 0 ? 'cni' : 'passport'
      const year = 2025 - Math.floor(month / 12)
      text += `${year}-${String((month % 12) + 1).padStart(2, '0')};${commune};${title};${Math.floor(900 * random())}\n`
      if (text.length > 1_000_000) {
        await target.write(text)
        text = ''
      }
    }
    await target.write(text)
  } finally {
    await target.close()
  }
}
