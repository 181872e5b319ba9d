import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { MigrationRefused, migrate } from '../../../src/io/database/migrate.ts'
import { projectRoot } from '../../../src/io/project-root.ts'
import { freshDatabase } from '../../database.ts'

const FIRST = { '0001_towns.sql': 'create table town (code text primary key, name text not null);' }
const SECOND = { '0002_more_towns.sql': 'alter table town add column population integer;' }
const NAMES = { '0001_names.sql': 'create view town_name as select name from town;' }

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean()
})

async function emptyDatabase(options: { statementMillis?: number } = {}) {
  const { pool, close } = await freshDatabase({ empty: true, ...options })
  cleanups.push(close)
  return pool
}

async function sql(
  migrations: Record<string, string>,
  views: Record<string, string> = {},
  rules: Record<string, string> = {},
) {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-sql-'))
  cleanups.push(() => rm(directory, { recursive: true }))
  for (const [folder, files] of Object.entries({ migrations, rules, views })) {
    await mkdir(join(directory, folder))
    for (const [name, text] of Object.entries(files)) await writeFile(join(directory, folder, name), text)
  }
  return { directory }
}

type Pool = Awaited<ReturnType<typeof emptyDatabase>>

async function ledger(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>('select name from migration order by number')
  return rows.map(row => row.name)
}

async function exists(pool: Pool, relation: string): Promise<boolean> {
  const { rows } = await pool.query('select to_regclass($1) is not null as found', [relation])
  return rows[0].found
}

test('applies each migration once, in order, then the views', async () => {
  const pool = await emptyDatabase()
  expect(await migrate(pool, await sql(FIRST, NAMES))).toEqual({
    applied: ['0001_towns.sql'],
    viewsRebuilt: true,
  })
  const both = await sql({ ...FIRST, ...SECOND }, NAMES)
  expect(await migrate(pool, both)).toEqual({ applied: ['0002_more_towns.sql'], viewsRebuilt: true })
  expect(await migrate(pool, both)).toEqual({ applied: [], viewsRebuilt: false })
  expect(await ledger(pool)).toEqual(['0001_towns.sql', '0002_more_towns.sql'])
  expect(await exists(pool, 'town_name')).toBe(true)
})

test('replaces rules that changed, on which views and policies may stand', async () => {
  const pool = await emptyDatabase()
  const migrations = {
    '0001_towns.sql': 'create table town (code text); alter table town enable row level security;',
  }
  const rules = (known: boolean) => ({
    '0001_known.sql': `create or replace function known() returns boolean language sql stable as $$ select ${known} $$;
      drop policy if exists town_is_read on town;
      create policy town_is_read on town for select using (known());`,
  })
  const views = { '0001_names.sql': 'create view town_known as select code, known() from town;' }
  for (const known of [false, true]) {
    expect((await migrate(pool, await sql(migrations, views, rules(known)))).viewsRebuilt).toBe(true)
    expect((await pool.query('select known()')).rows).toEqual([{ known }])
  }
  const { rows } = await pool.query(`select policyname from pg_policies where schemaname = 'public'`)
  expect(rows).toEqual([{ policyname: 'town_is_read' }])
})

test('refuses an applied migration that was edited, but not for its ends of lines', async () => {
  const pool = await emptyDatabase()
  await migrate(pool, await sql({ '0001_towns.sql': 'create table town (\n  code text\n);\n' }))
  const edited = await sql({ '0001_towns.sql': 'create table town (\n  code char(5)\n);\n' })
  await expect(migrate(pool, edited)).rejects.toThrow(/0001_towns\.sql a été modifiée/)
  const windows = await sql({ '0001_towns.sql': 'create table town (\r\n  code text\r\n);\r\n' })
  expect(await migrate(pool, windows)).toEqual({ applied: [], viewsRebuilt: false })
})

test('refuses a renamed migration and a database newer than the program', async () => {
  const pool = await emptyDatabase()
  await migrate(pool, await sql({ ...FIRST, ...SECOND }))
  const renamed = await sql({ '0001_communes.sql': FIRST['0001_towns.sql'], ...SECOND })
  await expect(migrate(pool, renamed)).rejects.toThrow(
    /0001_towns\.sql là où ce programme attend 0001_communes\.sql/,
  )
  await expect(migrate(pool, await sql(FIRST))).rejects.toThrow(
    /plus récente que ce programme.*0002_more_towns\.sql/,
  )
})

test('refuses numbers taken twice and other names, not gaps', async () => {
  const pool = await emptyDatabase()
  const text = 'select 1;'
  const gap = await sql({ '0001_a.sql': text, '0003_c.sql': text })
  await expect(migrate(pool, gap)).resolves.toMatchObject({ applied: ['0001_a.sql', '0003_c.sql'] })
  const twice = await sql({ '0001_a.sql': text, '0001_b.sql': text })
  await expect(migrate(pool, twice)).rejects.toThrow(/0001 est pris deux fois/)
  await expect(migrate(pool, await sql({ '1_a.sql': text }))).rejects.toThrow(/pas un nom de migration/)
})

test('a failing migration leaves nothing, names its line, and keeps those before it', async () => {
  const pool = await emptyDatabase()
  const broken = { '0002_broken.sql': 'create table half (a int);\n\nselect no_such_column;' }
  const refused = migrate(pool, await sql({ ...FIRST, ...broken }))
  await expect(refused).rejects.toThrow(MigrationRefused)
  await expect(refused).rejects.toThrow(/0002_broken\.sql, ligne 3,.*no_such_column/)
  expect(await exists(pool, 'half')).toBe(false)
  expect(await ledger(pool)).toEqual(['0001_towns.sql'])
  expect((await migrate(pool, await sql({ ...FIRST, ...SECOND }))).applied).toEqual(['0002_more_towns.sql'])
})

test('refuses a file that ends its own transaction, not a function that begins a block', async () => {
  const pool = await emptyDatabase()
  const committing = await sql({ '0001_a.sql': 'create table a ();\ncommit;\ncreate table b ();' })
  await expect(migrate(pool, committing)).rejects.toThrow(/termine elle-même une transaction/)
  expect(await exists(pool, 'a')).toBe(false)
  const block = 'create function f() returns int language plpgsql as $$\nbegin\n  return 1;\nend;\n$$;'
  expect((await migrate(pool, await sql({ '0001_a.sql': block }))).applied).toEqual(['0001_a.sql'])
})

test('servers that start together apply each migration once', async () => {
  const pool = await emptyDatabase()
  const files = await sql(
    { ...FIRST, ...SECOND, '0003_data.sql': `insert into town values ('16015', 'Angoulême');` },
    NAMES,
  )
  const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(pool, files)))
  expect(runs.flatMap(run => run.applied).sort()).toEqual([
    '0001_towns.sql',
    '0002_more_towns.sql',
    '0003_data.sql',
  ])
  expect((await pool.query('select * from town_name')).rows).toEqual([{ name: 'Angoulême' }])
  expect(await migrate(pool, files)).toEqual({ applied: [], viewsRebuilt: false })
})

test('a migration may outlast the longest statement of the pool', async () => {
  const pool = await emptyDatabase({ statementMillis: 200 })
  const slow = { '0001_slow.sql': 'select pg_sleep(0.5);' }
  expect((await migrate(pool, await sql(slow))).applied).toEqual(['0001_slow.sql'])
})

test('rebuilds views and functions that depend on each other, and drops those that left', async () => {
  const pool = await emptyDatabase()
  const views = {
    '0001_names.sql': 'create view town_name as select name from town; create view spare as select 1 as one;',
    '0002_count.sql':
      'create function town_count(threshold integer) returns bigint stable return (select count(*) from town_name having count(*) >= threshold);',
    '0003_summary.sql':
      'create materialized view summary as select town_count(0) as towns; create unique index on summary (towns);',
  }
  await migrate(pool, await sql(FIRST, views))
  const changed = {
    ...views,
    '0001_names.sql': 'create view town_name as select upper(name) as name from town;',
  }
  await pool.query(`insert into town values ('16102', 'Cognac')`)
  expect(await migrate(pool, await sql(FIRST, changed))).toEqual({ applied: [], viewsRebuilt: true })
  expect((await pool.query('select name, towns from town_name, summary')).rows).toEqual([
    { name: 'COGNAC', towns: 1 },
  ])
  expect(await exists(pool, 'spare')).toBe(false)
})

test('a failing view leaves the former ones', async () => {
  const pool = await emptyDatabase()
  await migrate(pool, await sql(FIRST, NAMES))
  const broken = { '0001_names.sql': 'create view town_name as select nothing from town;' }
  await expect(migrate(pool, await sql(FIRST, broken))).rejects.toThrow(/0001_names\.sql, ligne 1,/)
  expect(await exists(pool, 'town_name')).toBe(true)
  expect(await migrate(pool, await sql(FIRST, NAMES))).toEqual({ applied: [], viewsRebuilt: false })
})

test('a migration may change a column that a view shows', async () => {
  const pool = await emptyDatabase()
  await migrate(pool, await sql(FIRST, NAMES))
  const change = { '0002_short_names.sql': 'alter table town alter column name type varchar(40);' }
  expect(await migrate(pool, await sql({ ...FIRST, ...change }, NAMES))).toEqual({
    applied: ['0002_short_names.sql'],
    viewsRebuilt: true,
  })
})

test('leaves alone what a site added by hand, and says so when it stands in the way', async () => {
  const pool = await emptyDatabase()
  await migrate(pool, await sql(FIRST, NAMES))
  await pool.query('create view their_towns as select code from town')
  const none = await sql(FIRST)
  expect((await migrate(pool, none)).viewsRebuilt).toBe(true)
  expect(await exists(pool, 'their_towns')).toBe(true)

  await migrate(pool, await sql(FIRST, NAMES))
  await pool.query('create view their_names as select name from town_name')
  await expect(migrate(pool, none)).rejects.toThrow(/remplacer view town_name : .*their_names/)
  expect(await exists(pool, 'town_name')).toBe(true)
})

test('the migrations and views of the project apply, and its views can be built again', async () => {
  const { pool, close } = await freshDatabase()
  cleanups.push(close)
  const directory = join(projectRoot(), 'sql')
  const files = (await readdir(join(directory, 'migrations'))).sort()
  expect(await ledger(pool)).toEqual(files)
  expect(await migrate(pool, { directory })).toEqual({ applied: [], viewsRebuilt: false })
  await pool.query(`update rebuilt_views set sha256 = 'another'`)
  expect(await migrate(pool, { directory })).toEqual({ applied: [], viewsRebuilt: true })
})
