import { performance } from 'node:perf_hooks'
import { type Kysely, sql } from 'kysely'
import { actAs } from '../../../src/io/database/acting.ts'
import type { Database } from '../../../src/io/database/schema.ts'
import { ANYBODY, type Identity } from '../../../src/pure/access/identity.ts'
import type { Figures } from './engine.ts'

/** How many synthetic values are written, and how often each question is asked. */
export interface VintageScale {
  series: number
  quarters: number
  /** Values published of each figure: a first one, then revisions. */
  vintages: number
  repetitions: number
}

/** The scale that the goals speak of: 9,000 series × 40 quarters × 14 vintages, 5.04 million values. */
export const NATION: VintageScale = { series: 9_000, quarters: 40, vintages: 14, repetitions: 100 }

/** Time of a question, in milliseconds. */
export interface Latency {
  p50: number
  p95: number
}

const ADMINISTRATOR: Identity = {
  role: 'administrator',
  place: '',
  account: 'mesure',
  name: 'mesure',
  scope: 'everything',
}

/**
 * How long as-of questions take over many vintages, in an empty database that is filled first: one series over all its
 * quarters, every series in one quarter as of a day and now, and the history of one figure. Each question is asked of
 * another place; by the public, whose every row passes the policies, and by an administrator.
 */
export async function vintageSpeed(db: Kysely<Database>, scale: VintageScale = NATION): Promise<Figures> {
  const series = await fillVintages(db, scale)
  const figures: Figures = {}
  for (const [name, identity] of [
    ['', ANYBODY],
    ['Administrator', ADMINISTRATOR],
  ] as const) {
    for (const [question, { p50, p95 }] of Object.entries(
      await vintageLatencies(db, identity, series, scale),
    )) {
      figures[`${question}${name}P50Milliseconds`] = p50
      figures[`${question}${name}P95Milliseconds`] = p95
    }
  }
  return figures
}

/** The questions of `vintageSpeed` in the name of somebody. */
export async function vintageLatencies(
  db: Kysely<Database>,
  identity: Identity,
  series: readonly number[],
  scale: Pick<VintageScale, 'quarters' | 'repetitions'>,
): Promise<Record<'asOfSeries' | 'asOfQuarter' | 'nowQuarter' | 'historyOfFigure', Latency>> {
  const quarters = Array.from(
    { length: scale.quarters },
    (_, i) => `${2_010 + Math.floor(i / 4)}-Q${(i % 4) + 1}`,
  )
  let turn = 0
  const one = () => series[(turn * 7_919) % series.length] ?? 0
  const quarter = () => quarters[(turn * 31) % quarters.length] ?? ''
  const day = () => `202${turn % 2}-${String((turn % 12) + 1).padStart(2, '0')}-15`
  const asked = async (question: () => Promise<unknown>): Promise<Latency> => {
    const times: number[] = []
    for (turn = 0; turn < scale.repetitions + 5; turn++) {
      const start = performance.now()
      await actAs({ identity, access: 'read only' }, question)
      // The first questions find cold pages and connections.
      if (turn >= 5) times.push(performance.now() - start)
    }
    times.sort((a, b) => a - b)
    const at = (share: number) =>
      times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? Number.NaN
    return { p50: at(0.5), p95: at(0.95) }
  }
  return {
    asOfSeries: await asked(() =>
      sql`select * from values_as_of(array[${one()}::integer], as_of => ${day()}::date)`.execute(db),
    ),
    asOfQuarter: await asked(() =>
      sql`select count(*), sum(value) from values_as_of(of_period => ${quarter()}, as_of => ${day()}::date)`.execute(
        db,
      ),
    ),
    nowQuarter: await asked(() =>
      sql`select count(*), sum(value) from current_observation
           where period = ${quarter()}`.execute(db),
    ),
    historyOfFigure: await asked(() =>
      sql`select * from observation_history where series_id = ${one()} and period = ${quarter()}`.execute(db),
    ),
  }
}

/** Writes the synthetic values by SQL, with statements that may last minutes. @returns the series. */
export async function fillVintages(db: Kysely<Database>, scale: VintageScale): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    insert into series (measure, place, variant, statistic, unit, clock, granularity)
    select 'applications', p.code, 'bench=' || i, 'total', 'count', 'not-a-delay', 'quarter'
      from (select code from place where kind = 'department' order by code limit 90) p,
           generate_series(1, ${Math.ceil(scale.series / 90)}::integer) i
     limit ${scale.series}
    returning id`.execute(db)
  await sql`insert into source (publisher) values ('Mesure') on conflict do nothing`.execute(db)
  for (let vintage = 0; vintage < scale.vintages; vintage++) {
    const sha256 = vintage.toString(16).padStart(64, 'b')
    await sql`insert into stored_file (sha256, content) values (${sha256}, '')`.execute(db)
    await sql`
      with r as (
        insert into release (source_id, import_kind, kind, document, file_name, sha256, default_place, reach, published_on,
                             recorded_by, row_count)
        select id, 'bench', ${vintage === 0 ? 'initial' : 'revision'}, 'mesure', 'mesure.csv', ${sha256}, 'FR', 'FR',
               ('2020-01-01'::date + make_interval(months => ${vintage}::integer))::date, 'mesure', 1
          from source where publisher = 'Mesure'
        returning id
      ), p as (
        insert into publication (release_id, published_by) select id, 'mesure' from r returning release_id
      )
      insert into observation (series_id, period, release_id, value, status)
      select s.id, (2010 + q / 4) || '-Q' || (q % 4 + 1), p.release_id, s.id % 100 + q + ${vintage}::integer, 'observed'
        from p, unnest(${rows.map(row => row.id)}::integer[]) s(id), generate_series(0, ${scale.quarters - 1}::integer) q`.execute(
      db,
    )
  }
  await sql`select refresh_current_observation(${rows.map(row => row.id)}::integer[])`.execute(db)
  await sql`vacuum analyze observation`.execute(db)
  await sql`vacuum analyze settled_value`.execute(db)
  return rows.map(row => row.id)
}
