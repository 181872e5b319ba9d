import type { Pool } from 'pg'
import { openDatabase } from '../../../src/io/database/open.ts'
import { answerOf } from './service.ts'
import type { Sent } from './writer.ts'

const PATIENT_MILLIS = 60_000

/** What became of the writes, as SQL and the API tell it. */
export interface Evidence {
  acknowledged: number
  /** Acknowledged and absent, or absent from the API. */
  lost: number
  /** Present in part, or more than once. */
  partial: number
  /** What is wrong, in words; empty when nothing is. */
  findings: string[]
}

/** Confronts what was acknowledged with what the database holds and what the service shows. */
export async function evidence(
  pool: Pool,
  url: string | undefined,
  sent: readonly Sent[],
): Promise<Evidence> {
  const findings: string[] = []
  const { rows: releases } = await pool.query<{
    id: number
    sha256: string
    row_count: number
    stored: number
  }>(
    `select r.id, r.sha256, r.row_count, count(o.release_id)::int as stored
     from release r left join observation o on o.release_id = r.id
     where r.import_kind = 'applications' group by r.id`,
  )
  const { rows: scenarios } = await pool.query<{ id: string }>('select id from scenario')
  const shown = url === undefined ? undefined : await shownBy(url)
  let lost = 0
  let partial = 0
  for (const { kind, id, rows, acknowledged } of sent) {
    if (kind === 'scenario') {
      if (!acknowledged) continue
      const present = scenarios.some(scenario => scenario.id === id)
      if (!present || (url !== undefined && !(await answers(`${url}/api/scenarios/${id}`)))) lost += 1
      continue
    }
    const found = releases.filter(release => release.sha256 === id)
    if (found.length > 1 || found.some(({ stored, row_count }) => stored !== rows || row_count !== rows))
      partial += 1
    if (!acknowledged) continue
    const release = found[0]
    if (release === undefined) lost += 1
    // The API lists the last thousand.
    else if (shown && releases.length < 900 && !shown.has(release.id)) lost += 1
  }
  const { rows: wrong } = await pool.query<{ what: string; count: number }>(`
    select 'projection runs without points' as what, count(*)::int as count from projection_run r
      where not exists (select from projection_point p where p.run_id = r.id)
    union all
    select 'plans whose months are missing', count(*)::int from staffing_plan s
      where s.months <> jsonb_array_length(s.outcome -> 'months')
    union all
    select 'files without a release', count(*)::int from stored_file f
      where not exists (select from release r where r.sha256 = f.sha256)
    union all
    select 'figures in force that the rule does not choose', count(*)::int
      from (select series_id, period, release_id, value from current_observation
            except select series_id, period, release_id, value from values_in_force()) wrong
    union all
    select 'figures that the rule chooses and that are not in force', count(*)::int
      from (select series_id, period, release_id, value from values_in_force()
            except select series_id, period, release_id, value from current_observation) wrong`)
  for (const { what, count } of wrong) {
    if (count > 0) findings.push(`${count} ${what}`)
    partial += count
  }
  return { acknowledged: sent.filter(one => one.acknowledged).length, lost, partial, findings }
}

/** The same, where the writes went to another database than that of the stand. */
export async function evidenceElsewhere(
  where: { databaseUrl?: string; dataDir: string },
  url: string,
  sent: readonly Sent[],
): Promise<Evidence> {
  const { pool, close } = await openDatabase({ ...where, log: console })
  return evidence(pool, url, sent).finally(close)
}

async function shownBy(url: string): Promise<Set<number>> {
  const { text } = await answerOf(`${url}/api/imports`, {}, PATIENT_MILLIS)
  const { imports } = JSON.parse(text) as { imports: { release: number }[] }
  return new Set(imports.map(({ release }) => release))
}

async function answers(address: string): Promise<boolean> {
  return (await answerOf(address, {}, PATIENT_MILLIS)).status === 200
}

/** Runs PostgreSQL's own checks (amcheck) over every table and index; needs its superuser. @returns what is corrupt. */
export async function corruption(superuser: Pool): Promise<string[]> {
  await superuser.query('create extension if not exists amcheck')
  const { rows: tables } = await superuser.query<{ name: string; msg: string }>(
    `select c.oid::regclass::text as name, v.msg from pg_class c, verify_heapam(c.oid) v
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`,
  )
  const { rows: indexes } = await superuser.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_am a on a.oid = c.relam
     where c.relkind = 'i' and a.amname = 'btree' and c.relnamespace = 'public'::regnamespace`,
  )
  const found = tables.map(({ name, msg }) => `${name}: ${msg}`)
  for (const { name } of indexes) {
    await superuser
      .query('select bt_index_check($1::regclass, true)', [name])
      .catch((error: Error) => found.push(`${name}: ${error.message}`))
  }
  return found
}
