import { type Knowledge, knownValues } from '../figures/published-queries.ts'
import type { Db } from '../io/database/schema.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { hallDrawing } from './catchment-queries.ts'
import { type GrantAmount, type GrantRead, readGrants } from './granted.ts'

/** The grants of the halls of a department read backwards, by INSEE code, newest year first; empty where none was published. */
export async function grantsRead(
  db: Db,
  department: string,
  known: Knowledge = {},
): Promise<Map<string, GrantRead[]>> {
  const amounts = await grantAmounts(db, department, known)
  if (amounts.length === 0) return new Map()
  const drawing = await hallDrawing(db, department)
  const reads = readGrants(amounts, insee => drawing.get(insee)?.people)
  return groupBy(reads, ({ insee }) => insee)
}

async function grantAmounts(
  db: Db,
  department: string,
  { asOf, recordedBy }: Knowledge,
): Promise<GrantAmount[]> {
  const rows = await db
    .selectFrom('series')
    .innerJoin('place', 'place.code', 'series.place')
    .select('series.place as insee')
    .distinct()
    .where('series.measure', '=', 'grant')
    .where('place.parent', '=', department)
    .execute()
  if (rows.length === 0) return []
  const told = await knownValues(db, {
    measure: 'grant',
    places: rows.map(row => row.insee),
    asOf,
    recordedBy,
  })
  return told.map(({ place, period, value }) => ({
    insee: place,
    year: Number(period.slice(0, 4)),
    euros: value,
  }))
}
