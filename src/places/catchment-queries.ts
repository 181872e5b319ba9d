import type { Db } from '../io/database/schema.ts'
import { othersFirst } from '../io/others-first.ts'
import { type Quarter, quarterOf } from '../pure/calendar/period.ts'
import type { DepartmentBalance, Residents } from './catchment.ts'
import { type Drawing, drawings, type Surroundings, surroundings, type WorkingHall } from './drawing.ts'
import { assumedHalls, type EquippedHall } from './equipped.ts'
import { departmentMoves, type HallOrigins, originsOf } from './origins.ts'
import { placesByCode } from './place-queries.ts'

const residentsRead = new WeakMap<object, Promise<Residents[]>>()

/** Where people live: communes and arrondissements whose position is known, read once. */
export function residentsOf(db: Db): Promise<Residents[]> {
  const { adapter } = db.getExecutor()
  const found = residentsRead.get(adapter) ?? readResidents(db)
  residentsRead.set(adapter, found)
  found.catch(() => residentsRead.delete(adapter))
  return found
}

async function readResidents(db: Db): Promise<Residents[]> {
  const rows = await db
    .selectFrom('place')
    .select(['code', 'parent', 'population', 'lat', 'lon'])
    .where('kind', '=', 'commune')
    .where('merged_into', 'is', null)
    .where('lat', 'is not', null)
    // A city of several arrondissements is counted through them.
    .where('code', 'not in', eb =>
      eb
        .selectFrom('place')
        .select('part_of')
        .$castTo<{ part_of: string }>()
        .where('part_of', 'is not', null),
    )
    .orderBy('code')
    .execute()
  return rows.map(({ code, parent, population, lat, lon }) => ({
    code,
    department: parent ?? 'FR',
    population: population ?? 0,
    lat: lat!,
    lon: lon!,
  }))
}

/** The communes of a department by name, where they are. */
export async function townsOf(db: Db, department: string) {
  const [residents, places] = await Promise.all([residentsOf(db), placesByCode(db)])
  return residents
    .filter(one => one.department === department)
    .map(({ code, lat, lon }) => ({ code, name: places.get(code)?.name ?? code, lat, lon }))
}

const assumed = new WeakMap<readonly Residents[], { listed: string; halls: Promise<EquippedHall[]> }>()

/** Halls of the departments without a list, computed anew when a list comes: the communes of the country are gone through for each. */
function assumedAround(
  residents: readonly Residents[],
  departments: ReadonlySet<string>,
): Promise<EquippedHall[]> {
  const listed = [...departments].sort().join(' ')
  const known = assumed.get(residents)
  if (known?.listed === listed) return known.halls
  const halls = othersFirst().then(() => assumedHalls(residents, departments))
  assumed.set(residents, { listed, halls })
  return halls
}

/** Equipped halls of the whole country: those of the lists imported, the largest communes of other departments. */
export async function equippedHalls(db: Db): Promise<WorkingHall[]> {
  const [rows, residents] = await Promise.all([
    db
      .selectFrom('town_hall')
      .innerJoin('place', 'place.code', 'town_hall.insee')
      .select([
        'town_hall.insee',
        'town_hall.department',
        'town_hall.population',
        'town_hall.stations',
        'town_hall.opened_on',
        'town_hall.closed_on',
        'town_hall.lat',
        'town_hall.lon',
        'place.lat as place_lat',
        'place.lon as place_lon',
      ])
      .orderBy('town_hall.insee')
      .execute(),
    residentsOf(db),
  ])
  const listed = rows.flatMap(row => {
    const lat = row.lat ?? row.place_lat
    const lon = row.lon ?? row.place_lon
    if (lat === null || lon === null) return []
    return [
      {
        insee: row.insee,
        department: row.department,
        population: row.population ?? undefined,
        stations: row.stations ?? undefined,
        lat,
        lon,
        from: row.opened_on === null ? undefined : quarterOf(row.opened_on),
        to: row.closed_on === null ? undefined : quarterOf(row.closed_on),
      },
    ]
  })
  const departments = new Set(rows.map(row => row.department))
  const others = await assumedAround(residents, departments)
  return [...listed, ...others.map(hall => ({ ...hall, from: undefined, to: undefined }))]
}

/** A department with what surrounds it; others are answered before and after it is looked for. */
export async function surroundingsOf(db: Db, department: string): Promise<Surroundings> {
  const [residents, halls] = await Promise.all([residentsOf(db), equippedHalls(db)])
  await othersFirst()
  const around = surroundings(residents, halls, department)
  await othersFirst()
  return around
}

/** What each equipped hall of a department draws, in inhabitants, by its INSEE code. */
export async function hallDrawing(db: Db, department: string): Promise<Map<string, Drawing>> {
  return drawings(await surroundingsOf(db, department), department)
}

/** Where those who come to a hall in a quarter live; `undefined` for a hall that has no position. */
export async function hallOrigins(
  db: Db,
  hall: { insee: string; department: string },
  quarter: Quarter,
): Promise<HallOrigins | undefined> {
  return originsOf(await surroundingsOf(db, hall.department), hall, quarter)
}

/** What leaves a department in a quarter and what enters it; `undefined` where no hall of it has a position. */
export async function movesOf(
  db: Db,
  department: string,
  quarter: Quarter,
): Promise<DepartmentBalance | undefined> {
  return departmentMoves(await surroundingsOf(db, department), department, quarter)
}
