import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { SECRET_MEASURES, secretFigures } from '../../pure/disclosure/secret-figures.ts'
import { PUBLIC_THRESHOLD } from '../../pure/disclosure/volume-table.ts'
import { groupBy } from '../../pure/figures/group-by.ts'
import type { Measure } from '../../pure/figures/measure.ts'
import { figureKey } from '../../pure/figures/vintage.ts'
import { withinAsOwner } from './acting.ts'
import { placesByCode } from './places.ts'
import { publishedRow } from './published.ts'
import type { Database } from './schema.ts'

/**
 * Hides from the public, for ever, the small volumes that some releases publish and those that would give them away, in
 * the transaction that publishes them. Looked at measure by measure, department by department and year by year, with
 * everything published of them before: sums that reach beyond, of departments or of years, are not audited.
 */
export async function hideSecrets(
  db: Kysely<Database>,
  trx: Transaction<Database>,
  releases: readonly number[],
): Promise<void> {
  const places = await placesByCode(db)
  await withinAsOwner(trx, async () => {
    const { rows: groups } = await sql<{ measure: Measure; department: string; year: string }>`
      with touched as (
        select s.measure, ${departmentOf('p')} as department, left(o.period, 4) as year,
               bool_or(o.value > 0 and o.value < coalesce(src.public_threshold, ${PUBLIC_THRESHOLD})) as small
          from observation o
          join series s on s.id = o.series_id
          join place p on p.code = s.place
          join release r on r.id = o.release_id
          join source src on src.id = r.source_id
         where o.release_id = any (${releases}::integer[]) and s.measure = any (${[...SECRET_MEASURES]}::text[])
         group by 1, 2, 3
      )
      select measure, department, year from touched t
       where small or exists (
         select from secret_figure f
           join series s on s.id = f.series_id
           join place p on p.code = s.place
          where s.measure = t.measure and left(f.period, 4) = t.year and ${departmentOf('p')} = t.department)`.execute(
      trx,
    )
    if (groups.length === 0) return
    const sources = await trx.selectFrom('source').select(['publisher', 'public_threshold']).execute()
    const thresholds = new Map(sources.map(row => [row.publisher, row.public_threshold]))
    for (const { measure, department, year } of groups) {
      const of = (view: 'observation_history' | 'draft_observation') =>
        sql<Selectable<Database['observation_history']>>`
          select h.* from ${sql.table(view)} h join place p on p.code = h.place
           where h.measure = ${measure} and left(h.period, 4) = ${year} and ${departmentOf('p')} = ${department}`
      const known = [
        ...(await of('observation_history').execute(trx)).rows,
        // Under embargo: secret before anybody reads it.
        ...(await of('draft_observation').execute(trx)).rows.filter(row => releases.includes(row.release_id)),
      ]
      const rows = known.map(row => ({ series: row.series_id, row: publishedRow(row) }))
      const secret = secretFigures(
        rows.map(({ row }) => row),
        {
          thresholdOf: source => thresholds.get(source) ?? PUBLIC_THRESHOLD,
          parentOf: place => places.get(place)?.parent,
        },
      )
      const hidden = [...groupBy(rows, ({ row }) => figureKey(row))].flatMap(([key, [first]]) =>
        secret.has(key) && first ? [{ series_id: first.series, period: first.row.period }] : [],
      )
      if (hidden.length === 0) continue
      await trx
        .insertInto('secret_figure')
        .values(hidden)
        .onConflict(conflict => conflict.doNothing())
        .execute()
    }
  })
}

/** SQL for the department of a place: of a commune the one that it is in, of the others themselves. */
function departmentOf(alias: string) {
  return sql`case when ${sql.ref(`${alias}.kind`)} = 'commune' then ${sql.ref(`${alias}.parent`)} else ${sql.ref(`${alias}.code`)} end`
}
