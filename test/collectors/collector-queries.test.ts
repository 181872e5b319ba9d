import { afterAll, beforeAll, expect, test } from 'vitest'
import { dueCollectors, takeCall } from '../../src/collectors/collector-queries.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

test('calls of an origin keep to what it takes in a minute, whoever makes them', async () => {
  const { db, pool } = database
  const waits = await Promise.all(Array.from({ length: 8 }, () => takeCall(db, 'https://a.example', 5)))
  expect(waits.filter(wait => wait === 0)).toHaveLength(5)
  expect(Math.max(...waits)).toBeLessThanOrEqual(61_000)
  expect(Math.min(...waits.filter(wait => wait > 0))).toBeGreaterThan(50_000)
  expect(await takeCall(db, 'https://b.example', 5)).toBe(0)
  await pool.query(`update collector_call set at = at - interval '62 seconds'`)
  expect(await takeCall(db, 'https://a.example', 5)).toBe(0)
  expect((await pool.query('select count(*)::int as n from collector_call')).rows).toEqual([{ n: 1 }])
})

test('a collector is due once a day from its hour on; one found away an hour later again', async () => {
  const { db, pool } = database
  const {
    rows: [{ id }],
  } = await pool.query(
    `insert into collector (name, kind, address, department, hour) values ('x', 'folder', '.', '16', '06:00') returning id`,
  )
  const due = (hour: string) => dueCollectors(db, { day: '2026-11-29', hour })
  expect([await due('05:59'), await due('06:00')]).toEqual([[], [id]])
  const read = (state: string, ago: string) =>
    pool.query(
      `insert into collector_reading (collector_id, day, asked_by, state, started_at)
       values ($1, '2026-11-29', 'schedule', $2, clock_timestamp() - $3::interval)`,
      [id, state, ago],
    )
  await read('unreachable', '2 hours')
  expect(await due('09:00')).toEqual([id])
  await read('unreachable', '10 minutes')
  expect(await due('09:00')).toEqual([])
  await pool.query('delete from collector_reading')
  await read('read', '3 hours')
  expect(await due('09:00')).toEqual([])
  expect(await dueCollectors(db, { day: '2026-11-30', hour: '06:00' })).toEqual([id])
  await pool.query('update collector set paused = true')
  expect(await dueCollectors(db, { day: '2026-11-30', hour: '06:00' })).toEqual([])
})
