import { sql } from 'kysely'
import type { Db } from '../io/database/schema.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Clock, Measure, Statistic, Status, Unit } from '../pure/figures/measure.ts'
import type { SeriesRow } from '../pure/figures/quarterly-series.ts'
import type { Title } from '../pure/law/title.ts'
import type { PublishedFilter } from './published-queries.ts'

interface MonthOfDays {
  title: Title | ''
  place: string
  variant: string
  statistic: Statistic
  unit: Unit
  clock: Clock
  month: string
  mean: number
  seen: number
  status: Status
  release: number
  publishedOn: Day
  publisher: string
  document: string
}

/**
 * Months of figures published day by day: the plain mean of the values in force, on `asOf` when it is given,
 * or of the newest ones recorded here by `recordedBy`. A month
 * counts when a day was seen in each third of it (1 to 10, 11 to 20, 21 to its end). A mean of which one value is a
 * lower bound is one. Computed by the database, for a department reads tens of thousands of days. With `any-day` a month
 * counts as soon as one day of it was seen: enough for a model that weighs it, not for a published quarter. The newest
 * day of a figure is left out when it is not before `daysFrom`: who asks tells it by itself.
 */
export async function monthMeans(
  db: Db,
  { measure, places, asOf, recordedBy, daysFrom }: PublishedFilter,
  counts: 'whole' | 'any-day' = 'whole',
): Promise<SeriesRow[]> {
  const days = await db
    .selectFrom('series')
    .select('id')
    .where('measure', '=', measure)
    .where('granularity', '=', 'day')
    .where('place', 'in', places)
    .execute()
  if (days.length === 0) return []
  const ids = sql`${days.map(({ id }) => id)}::integer[]`
  const values =
    recordedBy !== undefined
      ? sql`
          select distinct on (series_id, period) series_id, period, release_id, value, status
            from observation_history
           where series_id = any (${ids}) and published_on <= ${asOf ?? '9999-12-31'}::date
             and (recorded_at at time zone 'Europe/Paris')::date <= ${recordedBy}::date
           order by series_id, period, published_on desc, release_id desc`
      : asOf === undefined
        ? sql`select series_id, period, release_id, value, status from current_observation where series_id = any (${ids})`
        : sql`
          select v.series_id, v.period, v.release_id, v.value, o.status
            from values_as_of(${ids}, as_of => ${asOf}::date) v
            join observation o using (series_id, period, release_id)`
  const { rows } = await sql<MonthOfDays>`
    with month as (
      select series_id, left(period, 7) as month, avg(value) as mean, count(*)::integer as seen,
             max(release_id) as release,
             case when bool_or(status = 'censored') then 'censored'
                  when bool_or(status = 'at-most') then 'at-most'
                  when bool_or(status = 'estimated') then 'estimated' else 'derived' end as status
        from (select *, max(period) over (partition by series_id) as newest
                from (${values}) said where value is not null) day
       where period < newest or period < ${daysFrom ?? '9999'}
       group by series_id, left(period, 7)
      having ${counts === 'any-day'}
          or right(min(period), 2) <= '10'
         and bool_or(right(period, 2) between '11' and '20')
         and right(max(period), 2) > '20'
    )
    select s.title, s.place, s.variant, s.statistic, s.unit, s.clock, m.month, m.mean, m.seen, m.status, m.release,
           r.published_on as "publishedOn", src.publisher, r.document
      from month m
      join series s on s.id = m.series_id
      join published_release r on r.id = m.release
      join source src on src.id = r.source_id
     order by s.place, s.clock, m.month`.execute(db)
  return rows.map(row => monthRow(measure, row))
}

function monthRow(measure: Measure, { month, mean, seen, publisher, ...row }: MonthOfDays): SeriesRow {
  return {
    ...row,
    measure,
    granularity: 'month',
    period: month,
    value: mean,
    meanOf: seen,
    target: undefined,
    kind: 'initial',
    source: publisher,
    locator: '',
  }
}
