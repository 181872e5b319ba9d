import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importFile } from '../../src/imports/import-queries.ts'
import { closuresOf } from '../../src/waits/closure-queries.ts'
import { plannedDepartment } from '../../src/waits/department-wait-queries.ts'
import { waitKnowledge } from '../../src/waits/wait-now-queries.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
const TODAY = '2026-11-24'
const CLOSED = { hall: '16374', from: '2027-04-05', share: 1 }

/** A file published on a day and recorded here on another. */
async function send(head: string, row: string, recordedOn: string) {
  const text = `# source : Mairie de Soyaux\n${head}commune;du;au\n16374;${row}\n`
  const file = {
    bytes: new TextEncoder().encode(text),
    name: 'f.csv',
    defaultPlace: '16',
    receivedFrom: 'test',
  }
  const stored = await importFile(database.db, file, TODAY)
  if ('faults' in stored) throw new Error(JSON.stringify(stored.faults))
  await database.db.transaction().execute(async trx => {
    await sql`alter table release disable trigger user`.execute(trx)
    await trx
      .updateTable('release')
      .set({ recorded_at: sql`${`${recordedOn}T12:00:00Z`}::timestamptz` } as never)
      .where('id', '=', stored.release)
      .execute()
    await sql`alter table release enable trigger user`.execute(trx)
  })
}

beforeAll(async () => {
  database = await freshDatabase()
  await send('# publié le : 2026-09-01\n', '2027-04-05;2027-12-31', '2026-09-20')
  await send(
    '# publié le : 2026-11-10\n# nature : correction\n# motif : erreur de saisie\n',
    '2027-04-05;2027-04-09',
    '2026-11-12',
  )
})
afterAll(() => database.close())

test('closures are those that the world knew on a day, before a correction too', async () => {
  const known = (asOf?: string) => closuresOf(database.db, ['16374', '16102'], { asOf })
  expect(await known('2026-08-31')).toEqual([])
  expect(await known('2026-10-01')).toEqual([{ ...CLOSED, to: '2027-12-31' }])
  expect(await known(TODAY)).toEqual([{ ...CLOSED, to: '2027-04-09' }])
  expect(await known()).toEqual([{ ...CLOSED, to: '2027-04-09' }])
  expect(await closuresOf(database.db, [], {})).toEqual([])
})

test('closures are those recorded here by a day', async () => {
  const known = (recordedBy: string) => closuresOf(database.db, ['16374'], { asOf: TODAY, recordedBy })
  expect(await known('2026-09-19')).toEqual([])
  expect(await known('2026-11-11')).toEqual([{ ...CLOSED, to: '2027-12-31' }])
  expect(await known('2026-11-12')).toEqual([{ ...CLOSED, to: '2027-04-09' }])
  const { closures } = await waitKnowledge(database.db, '16374', { asOf: TODAY, recordedBy: '2026-11-11' })
  expect(closures).toEqual([{ ...CLOSED, to: '2027-12-31' }])
})

test('waits and slots of a past day rest on the closures known on it', async () => {
  for (const [day, to] of [
    ['2026-08-31', undefined],
    ['2026-10-01', '2027-12-31'],
    [TODAY, '2027-04-09'],
  ] as const) {
    const expected = to === undefined ? [] : [{ ...CLOSED, to }]
    const { closures } = await waitKnowledge(database.db, '16374', { asOf: day })
    expect(closures).toEqual(expected)
    const planned = await plannedDepartment(database.db, '16', day)
    if ('reason' in planned) throw new Error(planned.reason)
    expect(planned.waits.offers.find(({ insee }) => insee === '16374')?.closures).toEqual(expected)
  }
})
