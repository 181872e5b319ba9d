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
      select * from unnest(
        ${columns[0]}::text[], ${columns[1]}::text[], ${columns[2]}::text[], ${columns[3]}::text[],
        ${columns[4]}::integer[], ${columns[5]}::text[], ${columns[6]}::double precision[],
        ${columns[7]}::double precision[], ${columns[8]}::text[], ${columns[9]}::text[])
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

const COLUMNS: readonly ((place: OfficialPlace) => string | number | undefined)[] = [
  place => place.code,
  place => place.kind,
  place => place.name,
  place => place.parent,
  place => place.population,
  place => place.mergedInto,
  place => place.position?.lat,
  place => place.position?.lon,
  place => place.position?.origin,
  place => place.partOf,
]

/** Places as the database takes them: the text of an array for each column. */
export function placeColumns(places: readonly OfficialPlace[]): string[] {
  const cell = (value: string | number | undefined) =>
    value === undefined ? 'null' : JSON.stringify(`${value}`)
  return COLUMNS.map(of => `{${places.map(place => cell(of(place)))}}`)
}
