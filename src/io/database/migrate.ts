import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { Expected } from '../expected.ts'
import { ensureRequestRoles } from './request-roles.ts'
import { errorText } from './unavailable.ts'

const LOCK = 7_116_003
const LOCK_WAIT = '30s'
const NO_TIME_LIMIT_MILLIS = 2_147_483_647
const ENDS_TRANSACTION = /^\s*(begin|start\s+transaction|commit|rollback|abort)(\s+(work|transaction))?\s*;/im

/** The database and the program do not fit each other; nothing was changed. The French message says what to do. */
export class MigrationRefused extends Expected {
  override readonly name = 'MigrationRefused'
}

interface SqlFile {
  name: string
  text: string
  sha256: string
}

interface Migration extends SqlFile {
  number: number
}

/**
 * Brings the database to the state that `directory` describes: the roles under which requests run,
 * `migrations/0001_words.sql` each once, in order and in its own transaction with its line in the ledger, then
 * `rules/*.sql` (rights and triggers, each replaced) and `views/*.sql` (views and functions, dropped first) in the order of
 * their names and in one transaction, when one of them or a table changed. Servers that start together wait for each other.
 * @throws MigrationRefused when the files and the ledger disagree, or a file fails.
 */
export async function migrate(pool: pg.Pool, { directory }: { directory: string }) {
  const migrations = numbered(await sqlFiles(join(directory, 'migrations')))
  const rules = await sqlFiles(join(directory, 'rules'))
  const views = await sqlFiles(join(directory, 'views'))
  const digest = sha256([...rules, ...views].map(file => `${file.name} ${file.sha256}`).join('\n'))
  await ensureRequestRoles(pool)
  const client = await pool.connect()
  const run = (text: string) => runSql(client, text)
  try {
    await transaction(run, () => createLedger(client))
    const applied: string[] = []
    for (;;) {
      const name = await transaction(run, () => applyNext(client, migrations))
      if (name === undefined) break
      applied.push(name)
    }
    const viewsRebuilt = await transaction(run, () => rebuild(client, rules, views, digest))
    return { applied, viewsRebuilt }
  } finally {
    // Never back to the pool: a file may have changed settings of the session.
    client.release(true)
  }
}

const LEDGER = `
  create table migration (
    number integer primary key,
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null default now()
  );
  comment on table migration is 'Migrations applied to this database; a line is written with what it describes, in one transaction';
  comment on column migration.number is 'Order; numbers rise, and may leave gaps';
  comment on column migration.name is 'File in sql/migrations';
  comment on column migration.sha256 is 'Digest of the file when it was applied: a later edit is refused';
  comment on column migration.applied_at is 'When it was applied';
  create table rebuilt_views (
    single boolean primary key default true check (single),
    sha256 text not null,
    objects text[] not null,
    rebuilt_at timestamptz not null default now()
  );
  comment on table rebuilt_views is 'One line: the views and functions built from sql/views, so that the next build drops those and nothing else';
  comment on column rebuilt_views.single is 'Keeps the table to one line';
  comment on column rebuilt_views.sha256 is 'Digest of the files they were built from';
  comment on column rebuilt_views.objects is 'What was built, in order, as drop takes it';
  comment on column rebuilt_views.rebuilt_at is 'When they were built';`

async function createLedger(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ absent: boolean }>(
    `select to_regclass('rebuilt_views') is null as absent`,
  )
  if (rows[0]?.absent) await runSql(client, LEDGER)
}

async function applyNext(client: pg.PoolClient, migrations: Migration[]): Promise<string | undefined> {
  const { rows: ledger } = await client.query<{ number: number; name: string; sha256: string }>(
    'select number, name, sha256 from migration order by number',
  )
  for (const [index, line] of ledger.entries()) check(line, index, migrations)
  const next = migrations[ledger.length]
  if (!next) return undefined
  // Migrations never see the views, which would keep them from changing a column.
  await dropViews(client)
  await client.query('insert into migration (number, name, sha256) values ($1, $2, $3)', [
    next.number,
    next.name,
    next.sha256,
  ])
  await runFile(client, next)
  return next.name
}

function check(line: { number: number; name: string; sha256: string }, index: number, files: Migration[]) {
  const file = files[index]
  if (!file) {
    throw new MigrationRefused(
      `La base est plus récente que ce programme : elle a reçu ${line.name}, qu’il ne connaît pas. ` +
        'Lancez la version la plus récente du programme.',
    )
  }
  if (line.number !== file.number || line.name !== file.name) {
    throw new MigrationRefused(
      `La base a reçu ${line.name} là où ce programme attend ${file.name} : une migration appliquée manque ` +
        'ou a changé de nom. Remettez le fichier d’origine dans sql/migrations.',
    )
  }
  if (line.sha256 !== file.sha256) {
    throw new MigrationRefused(
      `${file.name} a été modifiée après avoir été appliquée à cette base. ` +
        'Remettez le fichier d’origine, et écrivez le changement dans une nouvelle migration.',
    )
  }
}

async function rebuild(
  client: pg.PoolClient,
  rules: SqlFile[],
  views: SqlFile[],
  digest: string,
): Promise<boolean> {
  const { rows } = await client.query<{ sha256: string }>('select sha256 from rebuilt_views')
  if (rows[0]?.sha256 === digest) return false
  await dropViews(client)
  for (const file of rules) await runFile(client, file)
  await client.query('create temporary table rule on commit drop as select oid as routine from pg_proc')
  for (const file of views) await runFile(client, file)
  // Whatever this transaction created: in one order with their dependencies, since identifiers only grow.
  await client.query(
    `insert into rebuilt_views (sha256, objects)
     select $1, coalesce(array_agg(format('%s %s', kind, identity) order by oid), '{}')
     from (
       select oid, case relkind when 'm' then 'materialized view' else 'view' end as kind, oid::regclass::text as identity
       from pg_class
       where relkind in ('v', 'm') and xmin = pg_current_xact_id()::xid
       union all
       select oid, 'routine', oid::regprocedure::text
       from pg_proc
       where xmin = pg_current_xact_id()::xid and oid not in (select routine from rule)
     ) as built`,
    [digest],
  )
  return true
}

async function dropViews(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ objects: string[] }>('delete from rebuilt_views returning objects')
  for (const object of (rows[0]?.objects ?? []).toReversed()) {
    try {
      await client.query(`drop ${object}`)
    } catch (cause) {
      const { detail } = cause as { detail?: string }
      throw new MigrationRefused(
        `Impossible de remplacer ${object} : ${detail ?? errorText(cause)}\n` +
          'Si cet objet a été ajouté à la main dans la base, supprimez-le puis recréez-le après la mise à jour.',
        { cause },
      )
    }
  }
}

/** One transaction, after those of the other servers that migrate this database. */
async function transaction<T>(run: (text: string) => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  await run('begin')
  try {
    await run(`set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`)
    await run(`select pg_advisory_xact_lock(${LOCK}); set local lock_timeout = '${LOCK_WAIT}'`)
    const result = await work()
    await run('commit')
    return result
  } catch (error) {
    await run('rollback').catch(() => undefined)
    throw error
  }
}

async function runFile(client: pg.PoolClient, file: SqlFile): Promise<void> {
  if (ENDS_TRANSACTION.test(file.text)) {
    throw new MigrationRefused(
      `${file.name} ouvre ou termine elle-même une transaction : retirez cette ligne, chaque fichier en a déjà une.`,
    )
  }
  try {
    await runSql(client, file.text)
  } catch (cause) {
    throw new MigrationRefused(
      `${file.name}${lineOf(cause, file.text)} a échoué, et rien n’en reste : ${errorText(cause)}`,
      { cause },
    )
  }
}

/** Several statements in one message, without the time limits of the pool: a migration lasts what it lasts. */
async function runSql(client: pg.PoolClient, text: string): Promise<void> {
  const query = { text, query_timeout: NO_TIME_LIMIT_MILLIS }
  await client.query(query)
}

function lineOf(error: unknown, text: string): string {
  if (!(error instanceof pg.DatabaseError) || error.position === undefined) return ''
  return `, ligne ${text.slice(0, Number(error.position)).split('\n').length},`
}

async function sqlFiles(directory: string): Promise<SqlFile[]> {
  const names = (await readdir(directory)).filter(name => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async name => {
      // A checkout on another system may change the ends of lines, never the meaning.
      const text = (await readFile(join(directory, name), 'utf8')).replaceAll('\r\n', '\n')
      return { name, text, sha256: sha256(text) }
    }),
  )
}

function numbered(files: SqlFile[]): Migration[] {
  let last = 0
  return files.map(file => {
    const digits = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(file.name)?.[1]
    if (digits === undefined) {
      throw new MigrationRefused(`${file.name} n’est pas un nom de migration : 0001_quelques_mots.sql.`)
    }
    const number = Number(digits)
    // Numbers may leave gaps: several people each reserve some.
    if (number <= last) throw new MigrationRefused(`Le numéro de migration ${digits} est pris deux fois.`)
    last = number
    return { ...file, number }
  })
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
