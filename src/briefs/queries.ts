import type { Kysely } from 'kysely'
import { sampleOf } from '../demand/demand-sample.ts'
import { placeDemand } from '../demand/queries.ts'
import { placeOf } from '../io/database/places.ts'
import type { Database } from '../io/database/schema.ts'
import type { Day } from '../pure/calendar/day.ts'
import { network } from '../town-halls/queries.ts'
import type { TownHall } from '../town-halls/town-hall.ts'
import { appointmentWaits, projectedWaits } from '../waits/queries.ts'
import { type Brief, townBrief } from './brief.ts'
import { yearRequests } from './year-requests.ts'

/** What every sheet of a department shares, read once. */
export async function briefGround(db: Kysely<Database>, department: string, today: Day) {
  const place = await placeOf(db, department)
  // The first to ask makes the run of demand; the waits then rest on the same one.
  const departmentDemand = await placeDemand(db, department, { place: department }, today)
  const [departmentWaits, waits] = await Promise.all([
    appointmentWaits(db, { place: department }),
    projectedWaits(db, department, today),
  ])
  return {
    today,
    departmentName: place?.name ?? department,
    departmentPopulation: place?.population ?? undefined,
    departmentDemand,
    departmentWaits,
    waits,
    requestsOf: 'reason' in departmentDemand ? undefined : yearRequests(sampleOf(departmentDemand.run)),
  }
}

/** The sheet of one hall over the ground of its department. */
export async function briefOf(
  db: Kysely<Database>,
  hall: TownHall,
  ground: Awaited<ReturnType<typeof briefGround>>,
): Promise<Brief> {
  const [ownWaits, demand] = await Promise.all([
    appointmentWaits(db, { place: hall.insee }),
    placeDemand(db, hall.department, { place: hall.insee }, ground.today),
  ])
  return townBrief({ ...ground, hall, ownWaits, demand })
}

/** The sheets of every known hall of a department, in alphabetical order. */
export async function departmentBriefs(
  db: Kysely<Database>,
  department: string,
  today: Day,
): Promise<Brief[]> {
  const [{ townHalls }, ground] = await Promise.all([
    network(db, department),
    briefGround(db, department, today),
  ])
  const briefs: Brief[] = []
  for (const hall of townHalls) briefs.push(await briefOf(db, hall, ground))
  return briefs
}
