import { spawn } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import type { Pool } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { importLongFile } from '../../src/imports/long/queries.ts'
import { today } from '../../src/io/clock.ts'
import type { OpenDatabase } from '../../src/io/database/open.ts'
import { seededRandom } from '../../src/pure/numerics/random.ts'
import type { Figures } from './engine.ts'

const HEADER = 'mois;commune;titre;demandes'
const COLUMNS = 'series_id, period, release_id, value, status, target, locator'

/**
 * Imports a file of `rows` figures, then has `psql \copy` put the same figures into an empty copy of the same table
 * (same columns, keys, checks and indexes): rows a second of one over the other. Without psql, COPY through the driver.
 */
export async function importVsCopy(
  { db, pool }: OpenDatabase,
  folder: string,
  rows: number,
): Promise<Figures> {
  const path = join(folder, 'rows.csv')
  await writeRows(pool, path, rows)
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
  const importSeconds = (performance.now() - began) / 1_000
  clearInterval(watch)
  if ('faults' in stored) throw new Error(`benchmark file refused: ${stored.faults[0]?.message}`)

  const prepared = join(folder, 'rows.copy')
  const client = await pool.connect()
  try {
    await pipeline(
      client.query(
        copyTo(`copy (select ${COLUMNS} from observation where release_id = ${stored.release}) to stdout`),
      ),
      createWriteStream(prepared),
    )
  } finally {
    client.release()
  }
  await pool.query('create table copied (like observation including all)')
  const copySeconds = await copied(pool, 'copied', COLUMNS, '', prepared)
  await pool.query('create table copied_text (mois text, commune text, titre text, demandes text)')
  const plain = await copied(
    pool,
    'copied_text',
    'mois, commune, titre, demandes',
    "with (format csv, header, delimiter ';')",
    path,
  )
  await pool.query('drop table copied, copied_text')
  return {
    importVsCopy: copySeconds / importSeconds,
    importRowsPerSecond: rows / importSeconds,
    copyRowsPerSecond: rows / copySeconds,
    copyWithoutKeyRowsPerSecond: rows / plain,
    importPeakMegabytes: peak / 2 ** 20,
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
export async function writeRows(pool: Pool, path: string, rows: number): Promise<void> {
  const { rows: communes } = await pool.query<{ code: string }>(
    "select code from place where kind = 'commune' and merged_into is null and parent <> 'FR' order by code",
  )
  const random = seededRandom(1)
  const target = await open(path, 'w')
  try {
    let text = `${HEADER}\n`
    const months = Math.max(240, Math.ceil(rows / (2 * communes.length)))
    for (let row = 0; row < rows; row++) {
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
