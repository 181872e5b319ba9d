import { type Kysely, sql, type Transaction } from 'kysely'
import { IMPORT_LOCK } from '../io/database/publication.ts'
import type { Database } from '../io/database/schema.ts'
import {
  GEOGRAPHY_PACKAGE,
  geographyVersion,
  type OfficialPlace,
  officialPlaces,
} from '../io/official-geography.ts'

const CHUNK = 5_000

/** Brings the geographic code up to the version of its package, once. */
export async function loadPlaces(db: Kysely<Database>): Promise<void> {
  const version = await geographyVersion()
  const known = await db
    .selectFrom('reference_data')
    .select('version')
    .where('name', '=', GEOGRAPHY_PACKAGE)
    .executeTakeFirst()
  if (known?.version === version) return
  const places = await officialPlaces()
  await db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(trx)
    for (let i = 0; i < places.length; i += CHUNK) await upsertPlaces(trx, places.slice(i, i + CHUNK))
    await trx
      .insertInto('reference_data')
      .values({ name: GEOGRAPHY_PACKAGE, version })
      .onConflict(conflict => conflict.column('name').doUpdateSet({ version }))
      .execute()
  })
}

async function upsertPlaces(trx: Transaction<Database>, places: readonly OfficialPlace[]): Promise<void> {
  const column = <T>(of: (place: OfficialPlace) => T) => places.map(of)
  await sql`
    insert into place (code, kind, name, parent, population, merged_into, lat, lon, position_origin, part_of)
    select * from unnest(
      ${column(place => place.code)}::text[], ${column(place => place.kind)}::text[],
      ${column(place => place.name)}::text[], ${column(place => place.parent ?? null)}::text[],
      ${column(place => place.population ?? null)}::integer[], ${column(place => place.mergedInto ?? null)}::text[],
      ${column(place => place.position?.lat ?? null)}::double precision[],
      ${column(place => place.position?.lon ?? null)}::double precision[],
      ${column(place => place.position?.origin ?? null)}::text[], ${column(place => place.partOf ?? null)}::text[])
    on conflict (code) do update set name = excluded.name, parent = excluded.parent,
      population = excluded.population, merged_into = excluded.merged_into, lat = excluded.lat, lon = excluded.lon,
      position_origin = excluded.position_origin, part_of = excluded.part_of`.execute(trx)
}
