import { type Kysely, sql } from 'kysely'
import { IMPORT_LOCK } from '../io/database/publication.ts'
import type { Database } from '../io/database/schema.ts'
import { readAhead } from '../io/made-ahead.ts'
import {
  GEOGRAPHY_PACKAGE,
  geographyVersion,
  type OfficialPlace,
  officialPlaces,
  placesOrigin,
} from '../io/official-geography.ts'

/** Brings the geographic code up to the version of its package, once. */
export async function loadPlaces(db: Kysely<Database>): Promise<void> {
  const version = await geographyVersion()
  const known = await db
    .selectFrom('reference_data')
    .select('version')
    .where('name', '=', GEOGRAPHY_PACKAGE)
    .executeTakeFirst()
  if (known?.version === version) return
  const columns =
    (await readAhead<string[]>('places', await placesOrigin())) ?? placeColumns(await officialPlaces())
  await db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(trx)
    await sql`
      insert into place (code, kind, name, parent, population, merged_into, lat, lon, position_origin, part_of)
      select * from unnest(${sql.join(Object.values(COLUMNS).map((type, i) => sql`${columns[i]}::${sql.raw(type)}[]`))})
      on conflict (code) do update set name = excluded.name, parent = excluded.parent,
        population = excluded.population, merged_into = excluded.merged_into, lat = excluded.lat, lon = excluded.lon,
        position_origin = excluded.position_origin, part_of = excluded.part_of`.execute(trx)
    await trx
      .insertInto('reference_data')
      .values({ name: GEOGRAPHY_PACKAGE, version })
      .onConflict(conflict => conflict.column('name').doUpdateSet({ version }))
      .execute()
  })
}

/** The type of each column of the table in their order, by the field that fills it. */
const COLUMNS = {
  ...{ code: 'text', kind: 'text', name: 'text', parent: 'text', population: 'integer', mergedInto: 'text' },
  ...{ lat: 'float8', lon: 'float8', origin: 'text', partOf: 'text' },
}

/** Places as the database takes them: the text of an array for each column. */
export function placeColumns(places: readonly OfficialPlace[]): string[] {
  const rows = places.map(({ position, ...place }): Record<string, unknown> => ({ ...position, ...place }))
  const cell = (value: unknown) => (value === undefined ? 'null' : JSON.stringify(String(value)))
  return Object.keys(COLUMNS).map(field => `{${rows.map(row => cell(row[field]))}}`)
}
