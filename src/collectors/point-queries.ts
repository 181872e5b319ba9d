import { type Kysely, sql } from 'kysely'
import type { Database } from '../io/database/schema.ts'
import { communesByPostcode } from '../io/official-geography.ts'
import { townsOf } from '../places/catchment-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { type HallProposal, proposeHall } from './hall-match.ts'
import { type KnownPoint, townName } from './meeting-point.ts'

/** A point of a collector, with the hall that a person recognised. */
export interface CollectorPoint extends KnownPoint {
  hall: string | undefined
  lastSeen: Day
}

/** Every point that an editor ever told of, by town and name. */
export async function knownPoints(db: Kysely<Database>, collector: number): Promise<CollectorPoint[]> {
  const rows = await db
    .selectFrom('collector_point')
    .selectAll()
    .where('collector_id', '=', collector)
    .orderBy('city')
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    point: row.id,
    editorId: row.editor_id,
    ugf: row.ugf ?? undefined,
    name: row.name,
    address: row.address,
    zipCode: row.zip_code,
    city: row.city,
    lat: row.lat,
    lon: row.lon,
    hall: row.hall ?? undefined,
    lastSeen: row.last_seen,
  }))
}

/** Remembers at which hall a point is, or that nobody knows any more. @returns whether the present request may. */
export async function confirmHall(
  db: Kysely<Database>,
  { point, hall, by }: { point: number; hall: string | null; by: string },
): Promise<boolean> {
  const row = await db
    .updateTable('collector_point')
    .set({
      hall,
      hall_confirmed_by: hall === null ? null : by,
      hall_confirmed_at: hall === null ? null : sql<string>`now()`,
    })
    .where('id', '=', point)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The points of a collector, each with the hall that it seems to be at while nobody has confirmed one. */
export async function proposedPoints(
  db: Kysely<Database>,
  { id, department }: { id: number; department: string },
): Promise<{ point: CollectorPoint; proposed: HallProposal | undefined }[]> {
  const [points, halls, towns, postcodes] = await Promise.all([
    knownPoints(db, id),
    db
      .selectFrom('town_hall')
      .select(['insee', 'name', 'lat', 'lon', 'ugf'])
      .where('department', '=', department)
      .execute(),
    townsOf(db, department),
    communesByPostcode(),
  ])
  const candidates = halls.map(({ insee, name, lat, lon, ugf }) => ({
    insee,
    name,
    lat: lat ?? undefined,
    lon: lon ?? undefined,
    ugf: ugf?.split(' ') ?? [],
  }))
  const named = groupBy(
    towns.map(({ code, ...town }) => ({ insee: code, ...town })),
    town => townName(town.name),
  )
  return points.map(point => ({
    point,
    proposed:
      point.hall === undefined
        ? proposeHall(point, candidates, postcodes.get(point.zipCode) ?? [], named.get(townName(point.city)))
        : undefined,
  }))
}
