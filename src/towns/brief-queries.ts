import { demandByPlace, placeDemand } from '../demand/place-demand-queries.ts'
import { yearRequestsOf } from '../demand/run-queries.ts'
import type { Db } from '../io/database/schema.ts'
import { othersFirst } from '../io/others-first.ts'
import { placeOf } from '../places/place-queries.ts'
import type { TownHall } from '../places/town-hall.ts'
import type { Day } from '../pure/calendar/day.ts'
import { yearOf } from '../pure/calendar/period.ts'
import { plannedDepartment } from '../waits/department-wait-queries.ts'
import { hallLeversNow, placeWaitNow, type ToldWait, waitFacts } from '../waits/wait-now-queries.ts'
import { WAIT_LIMIT_DAYS } from '../waits/wait-now-view.ts'
import { appointmentWaits, waitsByPlace } from '../waits/wait-queries.ts'
import type { Brief } from './brief.ts'
import { leversAt, townBrief } from './town-brief.ts'

/**
 * What every sheet of a department shares, read once.
 * @param asOf a past day: the sheets are told with what was published by then.
 */
export async function briefGround(db: Db, department: string, now: Day, asOf?: Day) {
  const past = asOf !== undefined && asOf < now ? asOf : undefined
  const today = past ?? now
  // The first to ask makes the run of demand; the waits then rest on the same one.
  const demand = placeDemand(db, department, { place: department, asOf: past }, now)
  const run = demand.then(told => ('reason' in told ? told : told.run))
  const [place, departmentDemand, departmentWaits, planned] = await Promise.all([
    placeOf(db, department),
    demand,
    appointmentWaits(db, { place: department, asOf: past }),
    plannedDepartment(db, department, today, run),
  ])
  return {
    department,
    now,
    past,
    today,
    departmentName: place?.name ?? department,
    departmentPopulation: place?.population ?? undefined,
    departmentDemand,
    departmentWaits,
    offers: 'reason' in planned ? [] : planned.waits.offers,
  }
}

type BriefGround = Awaited<ReturnType<typeof briefGround>>

/** Sheets of some halls: what they have of their own is read at once, and each is computed when it is asked for. */
export async function briefMakers(
  db: Db,
  halls: readonly TownHall[],
  ground: BriefGround,
  waitOf = (insee: string) => placeWaitNow(db, insee, { asOf: ground.today }),
): Promise<(() => Promise<Brief>)[]> {
  const { departmentDemand, department, past, now } = ground
  const codes = halls.map(hall => hall.insee)
  const [waits, laterWaits, demand, requestsOf] = await Promise.all([
    waitsByPlace(db, codes, { asOf: past }),
    past === undefined ? [] : waitFacts(db, [...codes, department], { asOf: now }),
    'reason' in departmentDemand || past !== undefined
      ? undefined
      : demandByPlace(db, departmentDemand.run, halls),
    'reason' in departmentDemand
      ? undefined
      : yearRequestsOf(
          departmentDemand.run,
          codes,
          yearOf(ground.today),
          yearOf(departmentDemand.run.inputs.lastQuarter),
        ),
  ])
  return halls.map(hall => async () => {
    const { insee, withoutAppointment } = hall
    const own =
      past === undefined || 'reason' in departmentDemand
        ? (demand?.get(insee) ?? departmentDemand)
        : await placeDemand(db, department, { place: insee, asOf: past }, now)
    const told = withoutAppointment ? undefined : await waitOf(insee)
    const offer = ground.offers.find(offer => offer.insee === insee)
    const levers =
      told && offer && (await hallLeversNow(told, offer, leversAt(ground.today), WAIT_LIMIT_DAYS))
    await othersFirst()
    return townBrief({
      ...ground,
      requestsOf,
      hall,
      ownWaits: waits.get(insee) ?? [],
      laterWaits: laterWaits.filter(({ place }) => place === insee || place === department),
      demand: own,
      now: told?.now,
      offer,
      levers,
    })
  })
}

/**
 * The sheet of one hall, today or as of a past day.
 * @param told its wait as of that day, where it is known already.
 */
export async function briefOf(
  db: Db,
  hall: TownHall,
  today: Day,
  asOf?: Day,
  told?: Promise<ToldWait | undefined>,
): Promise<Brief> {
  const ground = await briefGround(db, hall.department, today, asOf)
  const [make] = await briefMakers(db, [hall], ground, told && (() => told))
  return make!()
}
