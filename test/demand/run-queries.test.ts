import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { currentRun } from '../../src/demand/run-queries.ts'
import { importFile } from '../../src/imports/import-queries.ts'
import { publish } from '../../src/publications/publication-queries.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const TODAY = '2026-11-24'
const bring = async (lines: readonly string[], draft: boolean) => {
  const stored = await importFile(
    database.db,
    {
      bytes: new TextEncoder().encode([...lines, ''].join('\n')),
      name: 'demandes.csv',
      kind: 'applications',
      source: 'Essai',
      defaultPlace: '16',
      receivedFrom: 'essai',
      draft,
    },
    TODAY,
  )
  if ('faults' in stored) throw new Error(stored.faults[0]?.message)
  return stored.release
}
const run = async () => {
  const found = await currentRun(database.db, '16', TODAY)
  if ('reason' in found) throw new Error(found.reason)
  return found.id
}
const runs = async () => {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from projection_run`.execute(
    database.db,
  )
  return rows[0]?.n
}

test('a projection rests on what is public: a draft changes nothing, its publication does, its withdrawal brings the first back', async () => {
  const first = await run()
  const head = 'mois;commune;titre;demandes'
  const draft = await bring([head, '2022-05;16102;cni;900', '2022-06;16102;cni;950'], true)
  expect(await run()).toBe(first)
  await publish(database.db, { releases: [draft], by: 'essai' })
  const second = await run()
  expect(second).not.toBe(first)
  expect(await run()).toBe(second)
  const taken = ['# nature : correction', '# motif : retrait', 'mois;commune;titre;demandes;statut']
  await bring([...taken, '2022-05;16102;cni;;retiré', '2022-06;16102;cni;;retiré'], false)
  expect(await run()).toBe(first)
  expect(await runs()).toBe(2)
})
