import type { Kysely } from 'kysely'
import { publishedValues } from '../io/database/published.ts'
import type { Database } from '../io/database/schema.ts'
import { settle } from '../pure/figures/observation.ts'
import type { Network, TownHall } from './town-hall.ts'

/** Equipped town halls of a department in French alphabetical order, beside the number that its prefecture published. */
export async function network(db: Kysely<Database>, department: string): Promise<Network> {
  const [rows, announced] = await Promise.all([
    db.selectFrom('town_hall').selectAll().where('department', '=', department).execute(),
    publishedValues(db, { measure: 'equipped-town-halls', places: [department] }),
  ])
  const collator = new Intl.Collator('fr')
  const townHalls = rows.map(row => townHallOf(row)).sort((a, b) => collator.compare(a.name, b.name))
  return { townHalls, expected: settle(announced)?.current.value }
}

/** One equipped town hall, or `undefined` if the commune is not known to be equipped. */
export async function townHall(db: Kysely<Database>, insee: string): Promise<TownHall | undefined> {
  const row = await db.selectFrom('town_hall').selectAll().where('insee', '=', insee).executeTakeFirst()
  return row && townHallOf(row)
}

function townHallOf(row: Database['town_hall']): TownHall {
  return {
    insee: row.insee,
    name: row.name,
    department: row.department,
    population: row.population ?? undefined,
    stations: row.stations ?? undefined,
    lat: row.lat ?? undefined,
    lon: row.lon ?? undefined,
    openedOn: row.opened_on ?? undefined,
    closedOn: row.closed_on ?? undefined,
    status: row.status === 'confirmed' ? 'confirmed' : 'to-confirm',
    withoutAppointment: row.without_appointment,
    source: { publisher: row.publisher, document: row.document, locator: row.locator },
  }
}
