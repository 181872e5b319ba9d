import { createHash } from 'node:crypto'
import { nationalVolumesAsOf } from '../demand/input-queries.ts'
import { monthMeans } from '../figures/month-mean-queries.ts'
import { type Knowledge, publishedValues } from '../figures/published-queries.ts'
import type { Db } from '../io/database/schema.ts'
import { placeOf, placesMeasured } from '../places/place-queries.ts'
import { toldHalls } from '../places/town-hall-queries.ts'
import { addDays, type Day } from '../pure/calendar/day.ts'
import { addQuarters, monthOf, type Quarter, quarterOf } from '../pure/calendar/period.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { isUsual } from '../pure/figures/measure.ts'
import { settle } from '../pure/figures/observation.ts'
import type { SeriesRow } from '../pure/figures/quarterly-series.ts'
import { remembered } from '../pure/figures/remembered.ts'
import { largest } from '../pure/numerics/extremes.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'
import { askWaits, type WaitQuestion } from './apart-work.ts'
import { closuresOf } from './closure-queries.ts'
import type { HallLevers } from './hall-lever.ts'
import type { HallOffer } from './hall-offer.ts'
import type { WaitKnowledge } from './median-wait.ts'
import type { Narrowing } from './narrowing.ts'
import { RECENT_DAYS, type WaitFact } from './wait-fact.ts'
import { hindcastDays, type WaitPair } from './wait-hindcast.ts'
import { TOLD_QUARTERS, type WaitNow } from './wait-now.ts'
import type { WaitPlace } from './wait-state.ts'

/** The wait of a place, with what it was told from. */
export interface ToldWait {
  now: WaitNow
  question: WaitQuestion
}

const told = remembered<Promise<WaitNow | undefined>>(24)
const narrowed = remembered<Promise<Narrowing[]>>(24)
const levered = remembered<Promise<HallLevers | undefined>>(24)
const banded = remembered<Promise<ReadonlyMap<string, PathBand>>>(8)
const replayed = remembered<Promise<WaitPair[]>>(2)

/**
 * The wait of a place as of a day, told from all that was published by then, or recorded here by then: the same facts and
 * the same day give the same futures, so that they are drawn once. @returns `undefined` when nothing speaks of it.
 */
export async function placeWaitNow(
  db: Db,
  code: string,
  {
    asOf,
    recordedBy,
    to = addQuarters(quarterOf(asOf), TOLD_QUARTERS),
  }: { asOf: Day; to?: Quarter | undefined; recordedBy?: Day | undefined },
): Promise<ToldWait | undefined> {
  const asked = { ...(await waitKnowledge(db, code, { asOf, recordedBy })), asOf, to }
  const question = { ...asked, key: createHash('sha256').update(JSON.stringify(asked)).digest('hex') }
  const now = await told(question.key, () => askWaits('now', question))
  return now && { now, question }
}

/**
 * Median wait of the day at the halls of a department, by code, as the page of each tells it.
 * @returns `undefined` when nothing published speaks of it nor of the nation.
 */
export async function hallWaitsNow(
  db: Db,
  department: string,
  asOf: Day,
): Promise<{ department: ToldWait; days: ReadonlyMap<string, number> } | undefined> {
  const whole = await placeWaitNow(db, department, { asOf })
  if (whole === undefined) return undefined
  const bands = await hallBandsNow(db, department, asOf, [...whole.now.place.halls])
  const days = [...bands].map(([code, { median }]) => [code, median ?? Number.NaN] as const)
  return { department: whole, days: new Map(days) }
}

/** The wait of the day, with its band, at some halls of a department, as the page of each tells it. */
export async function hallBandsNow(
  db: Db,
  department: string,
  asOf: Day,
  codes: string[],
): Promise<ReadonlyMap<string, PathBand>> {
  if (codes.length === 0) return new Map()
  const asked = { ...(await waitKnowledge(db, department, { asOf })), asOf, codes }
  return banded(JSON.stringify(asked), () => askWaits('hallBands', asked))
}

/** What the waits of a place stand on, as published by a day. */
export async function waitKnowledge(
  db: Db,
  code: string,
  { asOf, recordedBy }: { asOf: Day; recordedBy?: Day | undefined },
): Promise<WaitKnowledge> {
  const place = await waitPlace(db, code)
  const [facts, volumes, closures] = await Promise.all([
    waitFacts(db, factPlaces(place), { asOf, recordedBy }, addDays(asOf, 1 - RECENT_DAYS)),
    nationalVolumesAsOf(db, asOf, recordedBy),
    closuresOf(db, place.halls, { asOf, recordedBy }),
  ])
  return { place, facts, volumes, closures: closures.filter(({ to }) => to > asOf) }
}

/** The wait of the nation as the model would have told it on each day on which a newer month became known. */
export async function nationHindcast(db: Db, today: Day): Promise<WaitPair[]> {
  const place = await waitPlace(db, 'FR')
  const facts = await waitFacts(db, factPlaces(place), { asOf: today })
  const volumes = new Map(
    await Promise.all(
      hindcastDays(place, facts).map(
        async ({ asOf }) => [asOf, await nationalVolumesAsOf(db, asOf)] as const,
      ),
    ),
  )
  return replayed(JSON.stringify([facts, [...volumes]]), () =>
    askWaits('hindcast', { place, facts, volumes }),
  )
}

/** What one more value would make of the band of the day; computed once. */
export function narrowingsOf({ question }: ToldWait): Promise<Narrowing[]> {
  return narrowed(question.key, () => askWaits('narrowings', question))
}

/** What the levers of a hall would do to its wait in a quarter; computed once. */
export function hallLeversNow(
  { question }: ToldWait,
  offer: HallOffer,
  at: Quarter,
  limitDays: number,
): Promise<HallLevers | undefined> {
  return levered(JSON.stringify([question.key, offer, at, limitDays]), () =>
    askWaits('levers', { question, offer, at, limitDays }),
  )
}

/**
 * The place of a code as waits see it: the nation, a department with its halls, a hall in its department. Whoever publishes
 * a wait has a hall, even where the list of halls says nothing of it.
 */
export async function waitPlace(db: Db, code: string): Promise<WaitPlace> {
  if (code === 'FR') return { code, kind: 'nation', halls: [] }
  const known = await placeOf(db, code)
  const isHall = known?.kind === 'commune'
  const department = (isHall ? known.parent : undefined) ?? code
  const [townHalls, measured] = await Promise.all([
    toldHalls(db, department),
    placesMeasured(db, 'appointment-wait', department),
  ])
  const most = largest(
    townHalls.map(one => one.population ?? 0),
    0,
  )
  return {
    code,
    kind: isHall ? 'hall' : 'department',
    department,
    halls: [...new Set([...townHalls.map(one => one.insee), ...measured.map(one => one.code)])],
    largest: most > 0 ? townHalls.find(one => one.population === most)?.insee : undefined,
  }
}

/** Places whose published waits speak of one. */
export function factPlaces({ code, department, halls }: WaitPlace): string[] {
  return [...new Set(['FR', code, ...(department ? [department] : []), ...halls])]
}

/**
 * Every usual wait published by a day for some places, of any grain and clock; days as the mean of their month, but for the
 * newest of each clock when it is not before `daysFrom`: it is told by itself.
 */
export async function waitFacts(
  db: Db,
  places: readonly string[],
  known: Knowledge,
  daysFrom?: Day,
): Promise<WaitFact[]> {
  const filter = { measure: 'appointment-wait' as const, places, ...known, daysFrom }
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
  const seriesOf = (row: (typeof standing)[number]) =>
    [row.place, row.clock, row.unit, row.statistic].join('|')
  const newest = new Map(
    standing.filter(row => row.granularity === 'day').map(row => [seriesOf(row), row.period]),
  )
  const months = new Set(standing.map(row => `${row.place}|${row.clock}|${row.period}`))
  return [
    ...usual(means).filter(row => !months.has(`${row.place}|${row.clock}|${row.period}`)),
    ...standing.filter(row => row.granularity !== 'day' || row.period === newest.get(seriesOf(row))),
  ].map(row => ({
    ...factOf(row),
    ...(row.granularity === 'day' && known.asOf ? { today: monthOf(known.asOf) } : {}),
  }))
}

function factOf(row: SeriesRow): WaitFact {
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
    ...(row.meanOf === undefined ? {} : { meanOf: row.meanOf }),
  }
}
