import { type Kysely, sql } from 'kysely'
import { sampleOf } from '../demand/demand-sample.ts'
import { currentRun, type Run } from '../demand/run-queries.ts'
import { monthMeans } from '../figures/month-mean-queries.ts'
import { type PublishedFilter, publishedValues } from '../figures/published-queries.ts'
import type { Database } from '../io/database/schema.ts'
import { network } from '../places/town-hall-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import type { PublishedRow } from '../pure/figures/observation.ts'
import { type QuarterlySeries, quarterlySeries, type SeriesRow } from '../pure/figures/quarterly-series.ts'
import {
  type QuarterlyVintages,
  quarterlyVintages,
  type VintageRange,
} from '../pure/figures/quarterly-vintages.ts'
import { remembered } from '../pure/figures/remembered.ts'
import type { Closure as HallClosure } from './hall-capacity.ts'
import { departmentWaits, hoursPerStation, type OpeningSlot } from './known-waits.ts'
import { type KnownHall, type WaitOutlook, waitOutlook } from './wait-outlook.ts'

/** Which appointment waits are wanted: a department, a town hall or the nation. */
export interface WaitRequest extends VintageRange {
  place: string
  asOf?: Day | undefined
}

/** Appointment waits of a place by quarter, one series per measuring clock. */
export async function appointmentWaits(
  db: Kysely<Database>,
  request: WaitRequest,
): Promise<QuarterlySeries[]> {
  const { place, asOf, updatedAfter } = request
  if (updatedAfter !== undefined) return (await waitVintages(db, request)).series
  return quarterlySeries(await waitRows(db, [place], asOf), () => undefined, request)
}

/** The same for several places, read at once, by place; a place for which nothing was published is absent. */
export async function waitsByPlace(
  db: Kysely<Database>,
  places: readonly string[],
): Promise<Map<string, QuarterlySeries[]>> {
  const rows = await waitRows(db, places)
  return new Map(
    [...groupBy(rows, row => row.place)].map(([place, own]) => [
      place,
      quarterlySeries(own, () => undefined),
    ]),
  )
}

/** Appointment waits of a place with every change made to them, and every value ever published of them. */
export async function waitVintages(
  db: Kysely<Database>,
  request: WaitRequest,
): Promise<QuarterlyVintages & { rows: PublishedRow[] }> {
  const filter = waitFilter([request.place], request.asOf)
  const [rows, means] = await Promise.all([publishedValues(db, filter), monthMeans(db, filter)])
  return { ...quarterlyVintages(rows, () => undefined, request, means), rows }
}

/** What quarterly waits are made of, for some places: what is published, and months of what is published by day. */
async function waitRows(db: Kysely<Database>, places: readonly string[], asOf?: Day): Promise<SeriesRow[]> {
  const filter = waitFilter(places, asOf)
  const [rows, means] = await Promise.all([
    publishedValues(db, { ...filter, withoutDays: true }),
    monthMeans(db, filter),
  ])
  return [...rows, ...means]
}

function waitFilter(places: readonly string[], asOf: Day | undefined): PublishedFilter {
  return { measure: 'appointment-wait', places, ...(asOf ? { asOf } : {}) }
}

/** A department ready to be projected, with the run of demand it rests on. */
export interface ProjectedWaits {
  run: Run
  outlook: WaitOutlook
}

/** Outlooks of the last departments asked for: the same run and the same facts give the same one. */
const outlooks = remembered<WaitOutlook>(4)

/** A department in the state of its last published wait. @returns a reason in French when none can be projected. */
export async function projectedWaits(
  db: Kysely<Database>,
  department: string,
  today: Day,
): Promise<ProjectedWaits | { reason: string }> {
  const run = await currentRun(db, department, today)
  if ('reason' in run) return run
  const { townHalls } = await network(db, department)
  const halls = run.inputs.halls.flatMap(({ insee }) => townHalls.find(hall => hall.insee === insee) ?? [])
  const codes = halls.map(hall => hall.insee)
  const [rows, hours, closures] = await Promise.all([
    waitRows(db, [department, ...codes]),
    stationHours(db, codes, today),
    hallClosures(db, codes),
  ])
  const waits = departmentWaits(
    quarterlySeries(rows, () => undefined),
    department,
    codes.length,
  )
  const last = waits.quarters.at(-1)
  if (last === undefined || halls.length !== run.inputs.halls.length)
    return {
      reason: `Aucune attente trimestrielle n’est publiée pour le département ${department} : importez un fichier « rendez-vous ».`,
    }
  const facts = halls.map(
    (hall): KnownHall => ({
      insee: hall.insee,
      name: hall.name,
      stations: hall.stations,
      hours: hoursPerStation(hours.get(hall.insee) ?? [], hall.stations),
      closures: closures.get(hall.insee) ?? [],
      withoutAppointment: hall.withoutAppointment,
      observed: waits.own(hall.insee, last.quarter),
    }),
  )
  const known = { waits: waits.quarters, halls: facts }
  const outlook = outlooks(JSON.stringify([run.id, known]), () =>
    waitOutlook({ sample: sampleOf(run), ...known }),
  )
  return { run, outlook }
}

async function stationHours(
  db: Kysely<Database>,
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

async function hallClosures(
  db: Kysely<Database>,
  halls: readonly string[],
): Promise<Map<string, HallClosure[]>> {
  if (halls.length === 0) return new Map()
  const rows = await db
    .selectFrom('closure')
    .select(['insee', 'first_day as from', 'last_day as to'])
    .where('insee', 'in', halls)
    .execute()
  return new Map(
    [...groupBy(rows, row => row.insee)].map(([insee, own]) => [
      insee,
      own.map(({ from, to }) => ({ from, to, share: 1 })),
    ]),
  )
}
