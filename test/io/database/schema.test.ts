import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectRoot } from '../../../src/io/project-root.ts'
import { freshDatabase } from '../../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

test('every table, view and column says what it holds', async () => {
  const { rows } = await sql<{ what: string }>`
    select c.relname || coalesce('.' || a.attname, '') as what
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and c.relkind = 'r'
     where n.nspname = 'public' and c.relkind in ('r', 'v')
       and c.relname not like 'migration%'
       and (obj_description(c.oid) is null or (c.relkind = 'r' and col_description(c.oid, a.attnum) is null))
     order by 1`.execute(database.db)
  expect(rows.map(row => row.what)).toEqual([])
})

test('the types of the program name the columns of the database', async () => {
  const text = readFileSync(join(projectRoot(), 'src/io/database/schema.ts'), 'utf8')
  const database_ = /export interface Database \{([\s\S]*?)\n\}/.exec(text)?.[1] ?? ''
  // A table has its type in place, or the name of one that others share.
  const tables = [...database_.matchAll(/^ {2}(\w+): (?:\{([\s\S]*?)\n {2}\}|(\w+)$)/gm)].map(
    ([, table = '', inPlace, type = '']) => ({
      table,
      named:
        inPlace === undefined
          ? fieldsOf(type)
          : [...inPlace.matchAll(/^ {4}(\w+)\??:/gm)].map(one => one[1]!).sort(),
    }),
  )
  function fieldsOf(type: string): string[] {
    const [, extended = '', body = ''] =
      new RegExp(`interface ${type}\\s+(?:extends ([^{]*))?\\{([\\s\\S]*?)\\n\\}`).exec(text) ?? []
    const own = [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(match => match[1] ?? '')
    const inherited = [
      ...[...extended.matchAll(/Omit<(\w+), ([^>]*)>/g)].flatMap(([, base = '', omitted = '']) =>
        fieldsOf(base).filter(field => !omitted.includes(`'${field}'`)),
      ),
      ...[...extended.matchAll(/Record<([^>]*), /g)].flatMap(([, names = '']) => names.match(/\w+/g) ?? []),
      ...(extended.replace(/\w+<[^>]*>/g, '').match(/\w+/g) ?? []).flatMap(fieldsOf),
    ]
    return [...new Set([...own, ...inherited])].sort()
  }
  const { rows } = await sql<{ table_name: string; column_name: string }>`
    select table_name, column_name from information_schema.columns where table_schema = 'public'`.execute(
    database.db,
  )
  for (const { table, named } of tables) {
    const columns = rows.filter(row => row.table_name === table).map(row => row.column_name)
    expect([table, columns.sort()]).toEqual([table, named])
  }
  expect(tables.length).toBeGreaterThan(60)
})

test.each([
  'observation',
  'publication',
  'release',
  'stored_file',
  'projection_run',
  'projection_point',
  'wait_run',
  'wait_run_point',
])('%s refuses update, delete and truncate', async table => {
  const id = sql.id(table)
  const { rows } = await sql<{ column: string }>`
      select column_name as column from information_schema.columns
       where table_schema = 'public' and table_name = ${table} and data_type = 'text' limit 1`.execute(
    database.db,
  )
  const column = sql.id(rows[0]?.column ?? '')
  await expect(sql`update ${id} set ${column} = ${column} || 'x'`.execute(database.db)).rejects.toMatchObject(
    { code: '23001' },
  )
  await expect(sql`delete from ${id}`.execute(database.db)).rejects.toMatchObject({ code: '23001' })
  await expect(sql`truncate ${id} cascade`.execute(database.db)).rejects.toMatchObject({ code: '23001' })
})

test.each([
  { without: 'series', series: 1, release: 0 },
  { without: 'release', series: 0, release: 1 },
])(
  'an observation without its $without is refused, among many that are sound',
  async ({ series, release }) => {
    const count = async () => (await sql`select count(*) from observation`.execute(database.db)).rows
    const before = await count()
    await expect(
      sql`
      with last as (select (select max(id) from series) as series, (select max(id) from release) as release)
      insert into observation (series_id, period, release_id, value, status)
      select series, i || '-01', release, 1, 'observed' from last, generate_series(2500, 2600) i
      union all
      select series + ${series}::integer, '2601-01', release + ${release}::integer, 1, 'observed' from last`.execute(
        database.db,
      ),
    ).rejects.toMatchObject({ code: '23503' })
    expect(await count()).toEqual(before)
  },
)
