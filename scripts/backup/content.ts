import { createHash, type Hash } from 'node:crypto'
import type { PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'

/** A table of the database with its columns, as a backup names them. */
export interface TableContent {
  name: string
  columns: string[]
  key: string[]
}

/** Tables that say nothing of the figures: the ledger travels apart, views are rebuilt, what expires is not kept. */
const LEFT_OUT = ['migration', 'rebuilt_views', 'idempotency_key', 'import_task', 'session', 'sign_in']
/** Tables that refer to others without foreign keys: their rows are checked together by a trigger, or derived from such. */
const WITHOUT_KEYS: Record<string, string[]> = {
  observation: ['series', 'release'],
  settled_value: ['observation'],
  sole_release: ['observation'],
}
/** Ends the rows of a table, as in COPY's own text format: no row can be this line. */
export const END_OF_ROWS = '\\.'

/** Every table that a backup holds, referenced ones first. */
export async function contentTables(client: PoolClient): Promise<TableContent[]> {
  const { rows } = await client.query<TableContent & { needs: string[] }>(
    `select c.relname as name,
       array(select a.attname::text from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
             order by a.attname) as columns,
       array(select a.attname::text from pg_index i, unnest(i.indkey) k, pg_attribute a
             where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k
             order by a.attname) as key,
       array(select distinct f.confrelid::regclass::text from pg_constraint f
             where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
     from pg_class c
     where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
       and c.relname <> all ($1)
     order by c.relname`,
    [LEFT_OUT],
  )
  const ordered: TableContent[] = []
  let left = rows
  while (left.length > 0) {
    const waits = ({ name, needs }: (typeof left)[number]) =>
      [...needs, ...(WITHOUT_KEYS[name] ?? [])].some(need => left.some(other => other.name === need))
    const ready = left.filter(table => !waits(table))
    if (ready.length === 0) throw new Error(`tables refer to each other: ${left.map(({ name }) => name)}`)
    ordered.push(...ready.map(({ name, columns, key }) => ({ name, columns, key })))
    left = left.filter(table => !ready.includes(table))
  }
  return ordered
}

/** The first line of a table in a backup. */
export function titleOf({ name, columns }: TableContent): string {
  return JSON.stringify({ table: name, columns })
}

/** The rows of a table as COPY writes them, in the order of its key, so that the same content has the same bytes. */
export function rowsOf(client: PoolClient, { name, columns, key }: TableContent): AsyncIterable<Buffer> {
  const order = (key.length > 0 ? key : columns).map(column => `"${column}"`).join(', ')
  return client.query(
    copyTo(`copy (select ${columnList(columns)} from "${name}" order by ${order}) to stdout`),
  )
}

/** Columns as SQL lists them. */
export function columnList(columns: readonly string[]): string {
  return columns.map(column => `"${column}"`).join(', ')
}

/** SHA-256 of every row of every table: two databases with one digest hold the same figures. */
export async function contentDigest(client: PoolClient, tables: readonly TableContent[]): Promise<string> {
  const digest = createHash('sha256')
  for (const table of tables) {
    addTitle(digest, table)
    for await (const chunk of rowsOf(client, table)) digest.update(chunk)
  }
  return digest.digest('hex')
}

/** Begins a table in a digest. */
export function addTitle(digest: Hash, table: TableContent): void {
  digest.update(`${titleOf(table)}\n`)
}

/** COPY writes and reads the same text whatever the settings of the site. */
export const SAME_TEXT = `set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601'; set local timezone = 'UTC';
  set local extra_float_digits = 1; set local bytea_output = 'hex'; set local statement_timeout = 0;
  set local idle_in_transaction_session_timeout = 0; set local row_security = off`
