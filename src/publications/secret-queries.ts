import { type Selectable, sql } from 'kysely'
import { publishedRow } from '../figures/published-queries.ts'
import { withinAsOwner } from '../io/database/acting.ts'
import type { Database, Db, Trx } from '../io/database/schema.ts'
import { placesByCode } from '../places/place-queries.ts'
import { SECRET_MEASURES, secretFigures } from '../pure/disclosure/secret-figures.ts'
import { PUBLIC_THRESHOLD } from '../pure/disclosure/volume-table.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import type { Measure } from '../pure/figures/measure.ts'
import type { PublishedRow } from '../pure/figures/observation.ts'
import { figureKey } from '../pure/figures/vintage.ts'

/**
 * Hides from the public, for ever, the small volumes that some releases publish and those that would give them away, in
 * the transaction that publishes them. Looked at measure by measure, department by department and year by year, with
 * everything published of them before: sums that reach beyond, of departments or of years, are not audited. Who knows
 * the `series` that they speak of, tells them: a release of millions of rows is then not read for those that stand alone.
 */
export async function hideSecrets(
  db: Db,
  trx: Trx,
  releases: readonly number[],
  series?: readonly number[],
): Promise<void> {
  await withinAsOwner(trx, async () => {
    await hideAloneSmall(trx, releases)
    const touched = await touchedTables(trx, releases, series)
    if (touched.length === 0) return
    const places = await placesByCode(db)
    const sources = await trx.selectFrom('source_threshold').select(['publisher', 'threshold']).execute()
    const thresholds = new Map(sources.map(row => [row.publisher, row.threshold]))
    const terms = {
      thresholdOf: (source: string) => thresholds.get(source) ?? PUBLIC_THRESHOLD,
      // A centre is no part of its department: what it receives comes from several.
      parentOf: (code: string) => {
        const place = places.get(code)
        return place?.kind === 'cert' ? undefined : place?.parent
      },
    }
    for (const table of touched) {
      const rows = await knownRows(trx, table, releases)
      for (const year of groupBy(rows, ({ row }) => row.period.slice(0, 4)).values()) {
        const { hidden, givenAway } = secretFigures(
          year.map(({ row }) => row),
          terms,
        )
        const of = (keys: ReadonlySet<string>) => year.filter(({ row }) => keys.has(figureKey(row)))
        await keep(trx, 'secret_figure', of(hidden))
        await keep(trx, 'given_away_figure', of(givenAway))
      }
    }
  })
}

interface KnownRow {
  series: number
  row: PublishedRow
}

/** The volumes of a measure in a department, of the years that a release says something of. */
interface TouchedTable {
  measure: Measure
  department: string
  years: string[]
}

/**
 * SQL for every series of volumes, with its department, and whether it stands `alone`: no sum can hold between the volumes
 * of its measure in its department, whatever the years, for they are all months or all quarters, all communes, no split,
 * and the identity cards and passports never counted together beside apart. `sumsBetween` finds nothing there, so what is
 * small is all that is secret.
 */
const VOLUMES = sql`
  volume as materialized (
    select s.id, s.measure, s.granularity, s.variant, s.title, p.kind, ${departmentOf('p')} as department
      from series s
      join place p on p.code = s.place
     where s.measure = any (${[...SECRET_MEASURES]}::text[])
  ), free as materialized (
    select measure, department
      from volume
     group by measure, department
    having count(distinct granularity) = 1 and count(distinct kind) = 1 and bool_and(variant = '')
       and not (bool_or(title = 'cni-passport') and bool_or(title in ('cni', 'passport')))
  ), audited as materialized (
    select v.id, v.measure, v.department, f.measure is not null as alone
      from volume v
      left join free f on f.measure = v.measure and f.department = v.department
  )`

const SMALL = sql`o.value > 0 and o.value < coalesce(src.threshold, ${PUBLIC_THRESHOLD})`

/** Millions of counts by commune, month and title are done with here, in the database. */
async function hideAloneSmall(trx: Trx, releases: readonly number[]): Promise<void> {
  await sql`
    with ${VOLUMES}, told as materialized (
      select r.id, coalesce(src.threshold, ${PUBLIC_THRESHOLD}) as threshold
        from release r
        join source_threshold src on src.source_id = r.source_id
       where r.id = any (${releases}::integer[])
    ), small as materialized (
      select o.series_id, o.period
        from observation o
        join told on told.id = o.release_id
       where o.value > 0 and o.value < told.threshold
    )
    insert into secret_figure (series_id, period)
    select small.series_id, small.period
      from small
      join audited a on a.id = small.series_id
     where a.alone
        on conflict do nothing`.execute(trx)
}

async function touchedTables(
  trx: Trx,
  releases: readonly number[],
  series: readonly number[] | undefined,
): Promise<TouchedTable[]> {
  const known = series === undefined ? sql`` : sql`and id = any (${series}::integer[])`
  const { rows } = await sql<TouchedTable>`
    with ${VOLUMES}, summed as materialized (
      select id, measure, department from audited where not alone ${known}
    ), touched as (
      select v.measure, v.department, left(o.period, 4) as year, bool_or(${SMALL}) as small
        from summed v
        join observation o on o.series_id = v.id
        join release r on r.id = o.release_id
        join source_threshold src on src.source_id = r.source_id
       where o.release_id = any (${releases}::integer[])
       group by 1, 2, 3
    )
    select measure, department, array_agg(year order by year) as years
      from touched t
     where small or exists (
       select from secret_figure f
         join series s on s.id = f.series_id
         join place p on p.code = s.place
        where s.measure = t.measure and left(f.period, 4) = t.year and ${departmentOf('p')} = t.department)
     group by 1, 2
     order by 1, 2`.execute(trx)
  return rows
}

async function knownRows(
  trx: Trx,
  { measure, department, years }: TouchedTable,
  releases: readonly number[],
): Promise<KnownRow[]> {
  const of = (view: 'observation_vintage' | 'draft_observation') =>
    sql<Selectable<Database['observation_history']>>`
      select h.* from ${sql.table(view)} h join place p on p.code = h.place
       where h.measure = ${measure} and left(h.period, 4) = any (${years}::text[])
         and ${departmentOf('p')} = ${department}`.execute(trx)
  const [{ rows: published }, { rows: drafted }] = [
    // Those of withdrawn files too: they were read.
    await of('observation_vintage'),
    await of('draft_observation'),
  ]
  // Under embargo: secret before anybody reads it.
  return [...published, ...drafted.filter(row => releases.includes(row.release_id))].map(row => ({
    series: row.series_id,
    row: publishedRow(row),
  }))
}

async function keep(
  trx: Trx,
  table: 'secret_figure' | 'given_away_figure',
  figures: readonly KnownRow[],
): Promise<void> {
  const [series, periods] = [figures.map(({ series }) => series), figures.map(({ row }) => row.period)]
  await sql`
    insert into ${sql.table(table)} (series_id, period)
    select * from unnest(${series}::integer[], ${periods}::text[]) on conflict do nothing`.execute(trx)
}

/** SQL for the department of a place: of a commune the one that it is in, of the others themselves. */
function departmentOf(alias: string) {
  return sql`case when ${sql.ref(`${alias}.kind`)} = 'commune' then ${sql.ref(`${alias}.parent`)} else ${sql.ref(`${alias}.code`)} end`
}
