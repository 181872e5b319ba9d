import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from '../../../src/io/database/open.ts'
import { DatabaseUnavailable } from '../../../src/io/database/unavailable.ts'
import { freshDatabase, quietLog } from '../../database.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean()
})

async function open(options: Parameters<typeof freshDatabase>[0] = {}) {
  const opened = await freshDatabase({ empty: true, ...options })
  cleanups.push(opened.close)
  return opened
}

test('reads days and instants as text, whole and decimal numbers as numbers, alone and in arrays', async () => {
  const { db } = await open()
  const { rows } = await sql`
    select date '2026-03-29' as day, timestamptz '2026-03-29 03:30:00.123456+02' as instant,
      timestamp '2026-03-29 03:30:00' as local, 9007199254740991::bigint as whole, 12.50::numeric as decimal,
      'NaN'::numeric as none, count(*) as counted, array[date '2026-03-29', null] as days,
      array[timestamptz '2026-03-29 03:30:00+02'] as instants, array[array[1.5, 2], array[3, 4]] as table
  `.execute(db)
  expect(rows).toEqual([
    {
      day: '2026-03-29',
      instant: '2026-03-29T01:30:00.123456Z',
      local: '2026-03-29T03:30:00',
      whole: 9_007_199_254_740_991,
      decimal: 12.5,
      none: Number.NaN,
      counted: 1,
      days: ['2026-03-29', null],
      instants: ['2026-03-29T01:30:00Z'],
      table: [
        [1.5, 2],
        [3, 4],
      ],
    },
  ])
})

test('reads instants in UTC from a session that was put elsewhere', async () => {
  const { pool } = await open({ connections: 1 })
  await pool.query(`set time zone 'Asia/Kolkata'`)
  const { rows } = await pool.query(`select timestamptz '2026-03-29 01:30:00.5Z' as instant`)
  expect(rows).toEqual([{ instant: '2026-03-29T01:30:00.500Z' }])
})

test('refuses to round a whole number', async () => {
  const { pool } = await open()
  await expect(pool.query('select 9007199254740993::bigint')).rejects.toThrow(/exact range/)
})

test('a server that cuts an idle connection is one line of log and no more', async () => {
  const { pool, log, errors } = await watched()
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  const { pool: other } = await open()
  await other.query('select pg_terminate_backend($1)', [rows[0]?.pid])
  await expect.poll(() => errors.length).toBe(1)
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  expect(log.lines.filter(line => line.includes('perdue'))).toHaveLength(1)
})

test('a connection cut inside a transaction rejects the transaction, and the next one works', async () => {
  const { db, errors } = await watched()
  await sql`create table t (n integer)`.execute(db)
  const cut = db.transaction().execute(async transaction => {
    await sql`insert into t values (1)`.execute(transaction)
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(transaction)
  })
  await expect(cut).rejects.toThrow(/terminat/)
  await expect.poll(() => errors.length).toBe(1)
  await db.transaction().execute(transaction => sql`insert into t values (2)`.execute(transaction))
  expect((await sql`select n from t`.execute(db)).rows).toEqual([{ n: 2 }])
})

test('a client cut between two queries of a transaction does not end the process', async () => {
  const { db, errors } = await watched()
  const { pool: other } = await open()
  const cut = db.transaction().execute(async transaction => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction)
    await other.query('select pg_terminate_backend($1)', [rows[0]?.pid])
    await expect.poll(() => errors.length).toBe(1)
    await sql`select 1`.execute(transaction)
  })
  await expect(cut).rejects.toThrow()
  expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
})

test('a statement that lasts too long is cut by the server', async () => {
  const { pool } = await open({ statementMillis: 100 })
  await expect(pool.query('select pg_sleep(60)')).rejects.toThrow(/statement timeout/)
})

test('a server that no longer answers is given up, and its connection with it', async () => {
  const { db } = await open({ statementMillis: 300, connections: 1 })
  await sql`set statement_timeout = 0`.execute(db)
  await expect(sql`select pg_sleep(60)`.execute(db)).rejects.toThrow(/timeout/)
  expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
})

test('refuses an unreadable address, an unknown database and a wrong password, without showing the password', async () => {
  const { url } = await open()
  const missing = new URL(url)
  missing.pathname = '/nowhere'
  await expect(openUrl(missing.href)).rejects.toThrow(/nowhere ne s’ouvre pas : elle n’existe pas/)
  await expect(openUrl('postgresql://agent:secret@:x/')).rejects.toThrow(/DATABASE_URL est illisible/)
  const password = new URL(url)
  password.password = 'secret'
  const refused = openUrl(password.href)
  await expect(refused).rejects.toThrow(DatabaseUnavailable)
  await expect(refused).rejects.toThrow(/compte ou mot de passe refusé/)
  await expect(refused).rejects.not.toThrow(/secret/)
})

test('refuses a server older than PostgreSQL 15 and a database that is not UTF-8', async () => {
  const { pool, url } = await open()
  const pretend = async (setting: string, value: string) => {
    await pool.query(`create or replace function public.current_setting(text) returns text language sql as $$
      select case $1 when '${setting}' then '${value}' else pg_catalog.current_setting($1) end $$`)
  }
  await pool.query(`do $$ begin
    execute format('alter database %I set search_path = public, pg_catalog', current_database());
  end $$`)
  await pretend('server_version_num', '140012')
  await expect(openUrl(url)).rejects.toThrow(/il faut la version 15/)
  await pretend('server_encoding', 'LATIN1')
  await expect(openUrl(url)).rejects.toThrow(/codée en LATIN1/)
})

test('waits for a server that starts after the service', async () => {
  const { url } = await open()
  const host = decodeURIComponent(new URL(url).hostname)
  const proxy = createServer(incoming => {
    const outgoing = host.startsWith('/')
      ? connect(join(host, '.s.PGSQL.5432'))
      : connect(Number(new URL(url).port || 5432), host)
    incoming.on('error', () => undefined).pipe(outgoing)
    outgoing.on('error', () => undefined).pipe(incoming)
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  const { port } = proxy.address() as AddressInfo
  await new Promise(resolve => proxy.close(resolve))

  const late = new URL(url)
  late.hostname = '127.0.0.1'
  late.port = String(port)
  const log = quietLog()
  const opening = openDatabase({ databaseUrl: late.href, dataDir: '', log })
  await expect.poll(() => log.lines.length).toBe(1)
  await once(proxy.listen(port, '127.0.0.1'), 'listening')
  const { description, close } = await opening
  expect(description).toMatch(new RegExp(`^PostgreSQL \\d+(\\.\\d+)* 127\\.0\\.0\\.1:${port}/vigie_test_`))
  await close()
  await new Promise(resolve => proxy.close(resolve))
})

test('closing waits for the queries under way, and may be asked twice', async () => {
  const opened = await freshDatabase({ empty: true })
  const client = await opened.pool.connect()
  const slow = client.query('select pg_sleep(0.1), 1 as one').finally(() => client.release())
  await opened.close()
  expect((await slow).rows[0].one).toBe(1)
})

async function watched() {
  const { url } = await open()
  const log = quietLog()
  const errors: Error[] = []
  const opened = await openDatabase({
    databaseUrl: url,
    dataDir: '',
    log,
    onError: error => {
      errors.push(error)
    },
  })
  cleanups.push(opened.close)
  return { ...opened, log, errors }
}

async function openUrl(databaseUrl: string): Promise<void> {
  const { close } = await openDatabase({ databaseUrl, dataDir: '', log: quietLog() })
  await close()
}
