import { afterAll, beforeAll, expect, test } from 'vitest'
import { securityLines } from '../../../src/access/journal/journal-queries.ts'
import { refusalLog } from '../../../src/access/journal/refusals-work.ts'
import { freshDatabase } from '../../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

test('a thousand refusals of one author are two lines, and another author has its own', async () => {
  const log = refusalLog(database.db, 500)
  for (let i = 0; i < 1_000; i++) await log({ account: '', address: '192.0.2.1', detail: 'GET /comptes' })
  await log({ account: '12', address: '192.0.2.1', detail: 'GET /journal' })
  const details = async () => (await securityLines(database.db, 10)).map(line => line.detail).sort()
  await expect
    .poll(async () => (await details()).filter(detail => !detail.endsWith(' autres')))
    .toEqual(expect.arrayContaining(['GET /comptes', 'GET /journal']))
  await expect.poll(async () => (await details()).some(detail => detail.endsWith(' autres'))).toBe(true)
  expect((await details()).length).toBeLessThan(10)
})
