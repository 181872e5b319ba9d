import type { Kysely } from 'kysely'
import type { Database } from '../io/database/schema.ts'
import { communesByPostcode } from '../io/official-geography.ts'
import { type HallProposal, proposeHall } from './hall-match.ts'
import { type CollectorPoint, knownPoints } from './reading-queries.ts'

/** The points of a collector, each with the hall that it seems to be at while nobody has confirmed one. */
export async function proposedPoints(
  db: Kysely<Database>,
  { id, department }: { id: number; department: string },
): Promise<{ point: CollectorPoint; proposed: HallProposal | undefined }[]> {
  const [points, halls, postcodes] = await Promise.all([
    knownPoints(db, id),
    db
      .selectFrom('town_hall')
      .select(['insee', 'name', 'lat', 'lon'])
      .where('department', '=', department)
      .execute(),
    communesByPostcode(),
  ])
  const candidates = halls.map(({ insee, name, lat, lon }) => ({
    insee,
    name,
    lat: lat ?? undefined,
    lon: lon ?? undefined,
  }))
  return points.map(point => ({
    point,
    proposed:
      point.hall === undefined
        ? proposeHall(point, candidates, postcodes.get(point.zipCode) ?? [])
        : undefined,
  }))
}
