import { type Kysely, sql } from 'kysely'
import type { Database } from '../io/database/schema.ts'
import type { Claim, Fact } from './track-record.ts'

/** Whole quarters counted at the town halls of a department, and in the department when all its halls counted. */
export async function facts(db: Kysely<Database>, department: string): Promise<Fact[]> {
  const { rows } = await sql<Fact>`
    with told as (
      select series_id, period, min(release_id) as first_release
        from observation join published_release r on r.id = release_id group by series_id, period
    ), monthly as (
      select s.place, s.title,
             left(c.period, 4) || '-Q' || ((right(c.period, 2)::integer + 2) / 3) as quarter,
             c.value, t.first_release
        from current_observation c
        join series s on s.id = c.series_id
        join place p on p.code = s.place
        join told t using (series_id, period)
       where s.measure = 'applications' and s.granularity = 'month' and s.variant = '' and p.parent = ${department}
    ), counted as (
      select place, title, quarter, sum(value) as requests, min(first_release) as "knownFrom"
        from monthly group by place, title, quarter having count(*) = 3
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
export async function claims(db: Kysely<Database>, department: string): Promise<Claim[]> {
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
