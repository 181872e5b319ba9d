import type { PositionOrigin } from '../io/commune-positions.ts'
import type { Database, Db } from '../io/database/schema.ts'
import type { Measure } from '../pure/figures/measure.ts'

/** What is known of a place; a merged commune names its successor. */
export interface KnownPlace {
  code: string
  kind: 'nation' | 'department' | 'commune' | 'cert'
  name: string
  parent: string | undefined
  population: number | undefined
  mergedInto: string | undefined
  /** How its position is known; a commune may only stand where others of its postal code do. */
  position: PositionOrigin | undefined
}

/** A place of the geographic code, or `undefined`. */
export async function placeOf(db: Db, code: string): Promise<KnownPlace | undefined> {
  const row = await db.selectFrom('place').selectAll().where('code', '=', code).executeTakeFirst()
  return row && knownPlace(row)
}

/** The places for which a measure was published, by name: all of them, or the communes of a department. */
export async function placesMeasured(
  db: Db,
  measure: Measure,
  department?: string,
): Promise<{ code: string; name: string }[]> {
  const query = db
    .selectFrom('told_series')
    .innerJoin('place', 'place.code', 'told_series.place')
    .select(['place.code as code', 'place.name as name'])
    .distinct()
    .where('told_series.measure', '=', measure)
    .orderBy('name')
  return (
    department === undefined
      ? query
      : query.where('place.kind', '=', 'commune').where('place.parent', '=', department)
  ).execute()
}

const loaded = new WeakMap<object, Promise<Map<string, KnownPlace>>>()

/**
 * Every place by its code. The geographic code, about 39,000 of them, only changes when a program starts and is read once;
 * the centres (CERT), which files name, are read each time.
 */
export async function placesByCode(db: Db): Promise<Map<string, KnownPlace>> {
  const [known, certs] = await Promise.all([
    geographicCode(db),
    db.selectFrom('place').selectAll().where('kind', '=', 'cert').execute(),
  ])
  // What a transaction names may be undone.
  const places = db.isTransaction ? new Map(known) : known
  for (const cert of certs) places.set(cert.code, knownPlace(cert))
  return places
}

/** The places of the geographic code, read once; of the centres, those already met. */
export function geographicCode(db: Db): Promise<Map<string, KnownPlace>> {
  // A transaction, and the database as requests reach it, have the adapter of the one that they come from.
  const { adapter } = db.getExecutor()
  const found = loaded.get(adapter) ?? readPlaces(db)
  loaded.set(adapter, found)
  found.catch(() => loaded.delete(adapter))
  return found
}

/** The name of a place, or its code when the geographic code does not hold it. */
export function nameAmong(places: ReadonlyMap<string, KnownPlace>): (code: string) => string {
  return code => places.get(code)?.name ?? code
}

async function readPlaces(db: Db): Promise<Map<string, KnownPlace>> {
  // All the columns take two thirds more: there are 39,000 rows.
  const rows = await db.selectFrom('place').select(KNOWN).execute()
  return new Map(rows.map(row => [row.code, knownPlace(row)]))
}

const KNOWN = ['code', 'kind', 'name', 'parent', 'population', 'merged_into', 'position_origin'] as const

function knownPlace(row: Pick<Database['place'], (typeof KNOWN)[number]>): KnownPlace {
  return {
    code: row.code,
    kind: row.kind,
    name: row.name,
    parent: row.parent ?? undefined,
    population: row.population ?? undefined,
    mergedInto: row.merged_into ?? undefined,
    position: row.position_origin ?? undefined,
  }
}
