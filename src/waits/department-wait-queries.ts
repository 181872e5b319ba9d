import { sql } from 'kysely'
import { currentRun, meanRequestsOf, type Run } from '../demand/run-queries.ts'
import type { Db } from '../io/database/schema.ts'
import { toldName } from '../places/town-hall.ts'
import { NO_HALL_KNOWN, toldHalls } from '../places/town-hall-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { closuresOf } from './closure-queries.ts'
import { type DepartmentWaits, monthsAhead } from './department-waits.ts'
import { hallOffer, hoursPerStation, OPEN_WEEKS, type OpeningSlot } from './hall-offer.ts'

/** A department with the run of demand that its waits rest on. */
export interface PlannedDepartment {
  run: Run
  waits: DepartmentWaits
}

/**
 * What the halls of a department offer and are asked from a day on, along the projection in force, or along another one.
 * @returns a reason in French without a projected demand.
 */
export async function plannedDepartment(
  db: Db,
  department: string,
  today: Day,
  replayed?: Promise<Run | { reason: string }>,
): Promise<PlannedDepartment | { reason: string }> {
  const [run, { townHalls, hours, closures }] = await Promise.all([
    replayed ?? currentRun(db, department, today),
    knownOffers(db, department, today),
  ])
  if ('reason' in run) return run
  if (townHalls.length === 0) return { reason: NO_HALL_KNOWN }
  const halls = run.inputs.halls.flatMap(({ insee }) => townHalls.find(hall => hall.insee === insee) ?? [])
  const requests = await meanRequestsOf(run, monthsAhead(today))
  const offers = halls.map(hall => {
    const { insee, stations, withoutAppointment } = hall
    const year = (requests.get(insee) ?? new Float64Array()).slice(0, 12)
    return hallOffer(
      {
        insee,
        name: toldName(hall),
        stations,
        hours: hoursPerStation(hours.get(insee) ?? [], stations),
        closures: closures.filter(({ hall }) => hall === insee),
        withoutAppointment,
      },
      year.reduce((sum, count) => sum + count, 0) / OPEN_WEEKS,
    )
  })
  return { run, waits: { department, asOf: today, offers, requests } }
}

async function knownOffers(db: Db, department: string, today: Day) {
  const townHalls = await toldHalls(db, department)
  const codes = townHalls.map(hall => hall.insee)
  const [hours, closures] = await Promise.all([
    stationHours(db, codes, today),
    closuresOf(db, codes, { asOf: today }),
  ])
  return { townHalls, hours, closures }
}

async function stationHours(
  db: Db,
  halls: readonly string[],
  today: Day,
): Promise<Map<string, OpeningSlot[]>> {
  if (halls.length === 0) return new Map()
  const { rows } = await sql<OpeningSlot & { insee: string }>`
    select insee, weekday, opens, closes, stations
      from hours_on(${today}::date)
     where insee = any (${halls}::text[])`.execute(db)
  return groupBy(rows, row => row.insee)
}
