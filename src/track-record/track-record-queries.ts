import { sql } from 'kysely'
import type { Db } from '../io/database/schema.ts'
import type { Claim, Fact } from './track-record.ts'

/** Whole quarters counted at the town halls of a department, and in the department when all its halls counted. */
export async function facts(db: Db, department: string): Promise<Fact[]> {
  const series = await db
    .selectFrom('series')
    .innerJoin('place', 'place.code', 'series.place')
    .select('series.id')
    .where('series.measure', '=', 'applications')
    .where('series.granularity', '=', 'month')
    .where('series.variant', '=', '')
    .where('place.parent', '=', department)
    .execute()
  if (series.length === 0) return []
  const counted = sql`${series.map(({ id }) => id)}::integer[]`
  const quarter = sql`left(period, 4) || '-Q' || ((right(period, 2)::integer + 2) / 3)`
  // Values and releases are added up side by side: the planner knows too little of either to join them well.
  const { rows } = await sql<Fact>`
    with told as (
      select series_id, ${quarter} as quarter, value, null::integer as release
        from current_observation
       where series_id = any (${counted})
       union all
      select series_id, ${quarter}, null, release_id
        from observation
        join published_release r on r.id = release_id
       where series_id = any (${counted})
    ), whole as (
      select series_id, quarter, sum(value) as requests, min(release) as "knownFrom"
        from told
       group by series_id, quarter
      having count(value) = 3
    ), counted as (
      select s.place, s.title, w.quarter, w.requests, w."knownFrom"
        from whole w
        join series s on s.id = w.series_id
    ), halls as (
      select count(*) as open from town_hall where department = ${department} and closed_on is null
    )
    select place, title, quarter, requests, "knownFrom" from counted
    union all
    select ${department}, title, quarter, sum(requests), min("knownFrom")
      from counted, halls group by title, quarter, open having count(*) >= open and open > 0
    order by place, title, quarter`.execute(db)
  return rows
}

/** What every kept projection of a department said of quarters that were counted since. */
export async function claims(db: Db, department: string): Promise<Claim[]> {
  return db
    .selectFrom('projection_point')
    .innerJoin('projection_run', 'projection_run.id', 'projection_point.run_id')
    .select([
      'projection_run.id as run',
      'projection_run.known_release as knownRelease',
      'projection_point.place as place',
      'projection_point.title as title',
      'projection_point.quarter as quarter',
      'mean',
      'p05',
      'p10',
      'p25',
      'p75',
      'p90',
      'p95',
    ])
    .where('projection_run.place', '=', department)
    .orderBy('projection_run.created_at')
    .orderBy('projection_point.place')
    .orderBy('projection_point.title')
    .orderBy('projection_point.quarter')
    .execute()
}
