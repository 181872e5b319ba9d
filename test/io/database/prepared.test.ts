import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actAs } from '../../../src/io/database/acting.ts'
import { ANYBODY, type Identity } from '../../../src/pure/access/identity.ts'
import { freshDatabase } from '../../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase({ connections: 1 })
})
afterAll(() => database.close())

const who = (role: Identity['role'], account: string): Identity => ({
  role,
  place: role === 'administrator' ? '' : '16',
  account,
  name: account,
  scope: 'everything',
})
/** Statements planned on the connection on which people read. */
const kept = () =>
  actAs({ identity: who('administrator', 'a'), access: 'read only' }, async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::integer as n from pg_prepared_statements`.execute(database.db)
    return rows[0]?.n ?? 0
  })

test('a statement with parameters that comes often is planned once, and each role still reads what is its own', async () => {
  const before = await kept()
  const drafts = (identity: Identity) =>
    actAs({ identity, access: 'read only' }, async () => {
      const { rows } = await sql<{ role: string; n: number }>`
        select current_user as role, count(*)::integer as n from release where id > ${0}`.execute(database.db)
      return `${rows[0]?.role} ${rows[0]?.n}`
    })
  const { rows: hidden } = await sql<{ id: number }>`
    insert into release (source_id, import_kind, kind, document, file_name, sha256, default_place, reach, published_on, recorded_by, row_count)
    select source_id, 'applications', 'initial', 'brouillon', 'b.csv', sha256, '17', '17', '2022-01-01', 'x', 0 from release limit 1
    returning id`.execute(database.db)
  expect(hidden).toHaveLength(1)
  const seen = new Set<string>()
  for (let turn = 0; turn < 20; turn++)
    for (const identity of [who('prefecture', 'p'), who('administrator', 'a')])
      seen.add(await drafts(identity))
  const [prefecture, administrator] = [...seen].sort().reverse()
  expect(seen.size).toBe(2)
  expect(Number(administrator?.split(' ')[1])).toBe(Number(prefecture?.split(' ')[1]) + 1)
  expect(await kept()).toBe(before + 1)
  expect(await drafts(ANYBODY)).toMatch(/^vigie_public /)
})

test('a view that a newer program rebuilt with other columns is read as it now is', async () => {
  await sql`create view v as select 1 as a`.execute(database.db)
  const read = async () => (await sql`select * from v where a = ${1}`.execute(database.db)).rows
  for (let turn = 0; turn < 12; turn++) expect(await read()).toEqual([{ a: 1 }])
  await sql`drop view v`.execute(database.db)
  await sql`create view v as select 1 as a, 'b' as b`.execute(database.db)
  expect(await read()).toEqual([{ a: 1, b: 'b' }])
})
