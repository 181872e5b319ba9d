import type { Kysely } from 'kysely'
import type { Database } from '../io/database/schema.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { hallDrawing } from './catchment-queries.ts'
import { type GrantAmount, type GrantRead, readGrants } from './granted.ts'

/** The grants of the halls of a department read backwards, by INSEE code, newest year first; empty where none was published. */
export async function grantsRead(
  db: Kysely<Database>,
  department: string,
): Promise<Map<string, GrantRead[]>> {
  const amounts = await grantAmounts(db, department)
  if (amounts.length === 0) return new Map()
  const drawing = await hallDrawing(db, department)
  const reads = readGrants(amounts, insee => drawing.get(insee)?.people)
  return groupBy(reads, ({ insee }) => insee)
}

async function grantAmounts(db: Kysely<Database>, department: string): Promise<GrantAmount[]> {
  const rows = await db
    .selectFrom('current_observation')
    .innerJoin('series', 'series.id', 'current_observation.series_id')
    .innerJoin('place', 'place.code', 'series.place')
    .select(['series.place as insee', 'period', 'value as euros'])
    .where('series.measure', '=', 'grant')
    .where('place.parent', '=', department)
    .orderBy('series.place')
    .orderBy('period')
    .execute()
  return rows.map(({ insee, period, euros }) => ({ insee, year: Number(period.slice(0, 4)), euros }))
}
