import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evidence } from '../../../../scripts/lab/chaos/evidence.ts'
import type { Sent } from '../../../../scripts/lab/chaos/writer.ts'
import { appOver, ask } from '../../../app.ts'
import { freshDatabase } from '../../../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
const body = 'mois;commune;titre;demandes\n2022-03;16102;cni;310\n2022-04;16102;cni;311\n'
const file: Sent = {
  kind: 'import',
  id: createHash('sha256').update(body).digest('hex'),
  rows: 2,
  acknowledged: true,
}
beforeAll(async () => {
  database = await freshDatabase()
  const app = appOver(database.db)
  expect((await ask(app, '/api/imports?kind=applications', { method: 'POST', body })).status).toBe(201)
})
afterAll(() => database.close())

test('what is there, whole and once, is no loss', async () => {
  expect(await evidence(database.pool, undefined, [file])).toEqual({
    acknowledged: 1,
    lost: 0,
    partial: 0,
    findings: [],
  })
})

test('an acknowledged write that is absent is lost; one never acknowledged is not', async () => {
  const absent: Sent = { ...file, id: 'f'.repeat(64) }
  const scenario: Sent = { kind: 'scenario', id: '0'.repeat(16), rows: 1, acknowledged: true }
  const silent: Sent = { ...absent, acknowledged: false }
  expect(await evidence(database.pool, undefined, [file, absent, scenario, silent])).toMatchObject({
    acknowledged: 3,
    lost: 2,
    partial: 0,
  })
})

test('a file of which one row is missing is partial, and so is a figure that should be in force and is not', async () => {
  await database.pool.query(`
    alter table observation disable trigger user;
    delete from observation where value = 311;
    alter table observation enable trigger user`)
  const found = await evidence(database.pool, undefined, [file])
  expect(found).toMatchObject({ lost: 0, partial: 1, findings: [] })
  await database.pool.query(`
    delete from sole_release using observation o
     where o.series_id = sole_release.series_id and o.release_id = sole_release.release_id and o.value = 310`)
  expect((await evidence(database.pool, undefined, [file])).findings).toEqual([
    '1 figures that the rule chooses and that are not in force',
  ])
})
