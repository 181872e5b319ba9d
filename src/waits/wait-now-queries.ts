import type { Kysely } from 'kysely'
import type { NationalVolumes } from '../demand/engine/national-volumes.ts'
import { nationalVolumesAsOf } from '../demand/input-queries.ts'
import { monthMeans } from '../figures/month-mean-queries.ts'
import { type Knowledge, publishedValues } from '../figures/published-queries.ts'
import type { Database } from '../io/database/schema.ts'
import { othersFirst } from '../io/others-first.ts'
import { network, townHall } from '../places/town-hall-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import { addQuarters, type Quarter, quarterOf } from '../pure/calendar/period.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { isUsual } from '../pure/figures/measure.ts'
import { settle } from '../pure/figures/observation.ts'
import type { SeriesRow } from '../pure/figures/quarterly-series.ts'
import { remembered } from '../pure/figures/remembered.ts'
import { newCardRule } from '../pure/law/identity-card.ts'
import { largest } from '../pure/numerics/extremes.ts'
import { demandGrowth } from './demand-growth.ts'
import { FEW_PATHS, medianNow, type WaitKnowledge } from './median-wait.ts'
import type { WaitFact } from './wait-fact.ts'
import type { DemandGrowth } from './wait-futures.ts'
import { hindcastAt, hindcastDays, type WaitPair } from './wait-hindcast.ts'
import { type Narrowing, narrowings, TOLD_QUARTERS, type WaitNow, waitNow } from './wait-now.ts'
import type { WaitPlace } from './wait-state.ts'

/** The wait of a place with what its bands would become with one more value. */
export interface ToldWait {
  now: WaitNow
  growth: DemandGrowth | undefined
  volumes: NationalVolumes
}

/** A day as of which a wait is told, how far, and the day by which what it rests on was recorded here. */
export interface WaitQuestion {
  asOf: Day
  to?: Quarter | undefined
  recordedBy?: Day | undefined
}

const told = remembered<WaitNow | undefined>(24)
const growths = remembered<DemandGrowth | undefined>(8)
const narrowed = new WeakMap<WaitNow, Narrowing[]>()

/**
 * The wait of a place as of a day, told from all that was published by then: the same facts and the same month give the
 * same futures, so that they are drawn once. @returns `undefined` when nothing speaks of it.
 */
export async function placeWaitNow(
  db: Kysely<Database>,
  code: string,
  { asOf, recordedBy, to = addQuarters(quarterOf(asOf), TOLD_QUARTERS) }: WaitQuestion,
): Promise<ToldWait | undefined> {
  const place = await waitPlace(db, code)
  const [facts, volumes] = await Promise.all([
    waitFacts(db, factPlaces(place), { asOf, recordedBy }),
    nationalVolumesAsOf(db, asOf, recordedBy),
  ])
  // Each step is short: others are answered between them.
  await othersFirst()
  const growth = growthOf(volumes, place.department)
  await othersFirst()
  const now = told(JSON.stringify([place, asOf, to, facts, volumes]), () =>
    waitNow(place, facts, growth, asOf, to),
  )
  return now && { now, growth, volumes }
}

/**
 * Median wait of the day at the halls of a department, by code: a hall of which nothing was published waits like the
 * department. @returns `undefined` when nothing published speaks of it nor of the nation.
 */
export async function hallWaitsNow(
  db: Kysely<Database>,
  department: string,
  asOf: Day,
): Promise<{ department: ToldWait; days: ReadonlyMap<string, number> } | undefined> {
  const whole = await placeWaitNow(db, department, { asOf })
  if (whole === undefined) return undefined
  const { place, state } = whole.now
  const usual = medianNow(whole.now)
  const days = new Map<string, number>()
  for (const code of place.halls) {
    if (state.facts.some(fact => fact.place === code)) {
      await othersFirst()
      const own = waitNow(
        { ...place, code, kind: 'hall' },
        state.facts,
        whole.growth,
        asOf,
        quarterOf(asOf),
        FEW_PATHS,
      )
      days.set(code, own === undefined ? usual : medianNow(own))
    } else days.set(code, usual)
  }
  return { department: whole, days }
}

/** What the waits of a department and its halls stand on, as published by a day. */
export async function waitKnowledge(
  db: Kysely<Database>,
  department: string,
  asOf: Day,
): Promise<WaitKnowledge> {
  const place = await waitPlace(db, department)
  const [facts, volumes] = await Promise.all([
    waitFacts(db, factPlaces(place), { asOf }),
    nationalVolumesAsOf(db, asOf),
  ])
  return { place, facts, volumes }
}

const replayed = remembered<Promise<WaitPair[]>>(2)

/** The wait of the nation as the model would have told it on each day on which a newer month became known. */
export async function nationHindcast(db: Kysely<Database>, today: Day): Promise<WaitPair[]> {
  const place: WaitPlace = { code: 'FR', kind: 'nation', halls: [] }
  const [facts, volumes] = await Promise.all([
    waitFacts(db, ['FR'], { asOf: today }),
    nationalVolumesAsOf(db, today),
  ])
  return replayed(JSON.stringify([facts, volumes]), async () => {
    const pairs: WaitPair[][] = []
    for (const day of hindcastDays(place, facts)) {
      const growth = growthOf(await nationalVolumesAsOf(db, day.asOf), undefined)
      // Each day takes a tenth of a second: others are answered between them.
      await othersFirst()
      pairs.push(hindcastAt(place, facts, day, growth))
    }
    return pairs.flat()
  })
}

/** What one more value would make of the band of the day; computed once. */
export async function narrowingsOf({ now, growth }: ToldWait): Promise<Narrowing[]> {
  if (!narrowed.has(now)) await othersFirst()
  const known = narrowed.get(now) ?? narrowings(now, growth)
  narrowed.set(now, known)
  return known
}

function growthOf(volumes: NationalVolumes, department: string | undefined): DemandGrowth | undefined {
  // Departments differ by the wave in which they received the new card, and by nothing else.
  const { from: wave } = newCardRule(department)
  return growths(JSON.stringify([volumes, wave]), () => demandGrowth(volumes, department))
}

/** The place of a code as waits see it: the nation, a department with its halls, a hall in its department. */
export async function waitPlace(db: Kysely<Database>, code: string): Promise<WaitPlace> {
  if (code === 'FR') return { code, kind: 'nation', halls: [] }
  const hall = code.length === 5 ? await townHall(db, code) : undefined
  const department = hall?.department ?? code
  const { townHalls } = await network(db, department)
  const most = largest(
    townHalls.map(one => one.population ?? 0),
    0,
  )
  return {
    code,
    kind: hall === undefined ? 'department' : 'hall',
    department,
    halls: townHalls.map(one => one.insee),
    largest: most > 0 ? townHalls.find(one => one.population === most)?.insee : undefined,
  }
}

/** Places whose published waits speak of one. */
export function factPlaces({ code, department, halls }: WaitPlace): string[] {
  return [...new Set(['FR', code, ...(department ? [department] : []), ...halls])]
}

/** Every usual wait published by a day for some places, of any grain and clock; days as the mean of their month. */
export async function waitFacts(
  db: Kysely<Database>,
  places: readonly string[],
  known: Knowledge,
): Promise<WaitFact[]> {
  const filter = { measure: 'appointment-wait' as const, places, ...known }
  const [rows, means] = await Promise.all([
    publishedValues(db, { ...filter, withoutDays: true }),
    monthMeans(db, filter, 'any-day'),
  ])
  const usual = <Row extends Pick<SeriesRow, 'statistic'>>(of: readonly Row[]) =>
    of.filter(row => isUsual(row.statistic))
  const printed = groupBy(usual(rows), row =>
    [row.place, row.clock, row.unit, row.statistic, row.granularity, row.period].join('|'),
  )
  const standing = [...printed.values()].flatMap(cell => {
    const figure = settle(cell)
    if (figure === undefined) return []
    const said = [figure.current, ...figure.conflicts].map(one => one.release)
    return cell.filter(row => row.value !== undefined && said.includes(row.release))
  })
  const months = new Set(standing.map(row => `${row.place}|${row.clock}|${row.period}`))
  return [
    ...standing,
    ...usual(means).filter(row => !months.has(`${row.place}|${row.clock}|${row.period}`)),
  ].map(factOf)
}

function factOf(row: Omit<SeriesRow, 'meanOf'>): WaitFact {
  return {
    place: row.place,
    period: row.period,
    granularity: row.granularity,
    days: row.value ?? Number.NaN,
    clock: row.clock,
    unit: row.unit,
    status: row.status,
    source: row.source,
    document: row.document,
    publishedOn: row.publishedOn,
  }
}
