import type { Knowledge } from '../figures/published-queries.ts'
import { readAsOwner } from '../io/database/acting.ts'
import type { Db } from '../io/database/schema.ts'
import { placeOf } from '../places/place-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { remembered } from '../pure/figures/remembered.ts'
import { gateApart, projectApart } from './apart-work.ts'
import type { ObservedMonth } from './counted-month.ts'
import type { GateYear } from './engine/gate.ts'
import { COUNTER_TITLES } from './engine/national-issues.ts'
import type { ProjectedPoint, ProjectedTitle } from './engine/projection.ts'
import { explainDemand } from './explanation.ts'
import { countedMonths, demandInputs, type Question } from './input-queries.ts'
import { completed, type DemandPoint, type ObservedPoint, observedBefore } from './observed.ts'
import { currentRun, pointsByPlace, projectedPoints, type Run, runOn } from './run-queries.ts'

/** A quarter as it is told: what was observed has neither band nor parts. */
export type ToldPoint = Omit<DemandPoint, 'quantiles' | 'parts'> &
  Partial<Pick<DemandPoint, 'quantiles' | 'parts'>>

/** Requests of one place, observed then projected, with the run they come from. */
export interface PlaceDemand {
  run: Run
  points: ToldPoint[]
  /** Both titles together, from the first quarter of the run to its last. */
  both: DemandPoint[]
  /** Both titles together, in every quarter that was counted whole. */
  observed: ObservedPoint[]
  /** Renewals of residence permits, for a department that counts them. */
  permits: ProjectedPoint[]
  /** How far each projected year differs from the last one in titles coming due. */
  gate: GateYear[]
  explanation: ExplanationLine[]
}

/** Which points are wanted, and on what knowledge. */
export interface DemandRequest extends Knowledge {
  place: string
  from?: Quarter | undefined
  to?: Quarter | undefined
  /** Both counter titles, apart, when absent. */
  title?: ProjectedTitle | undefined
}

/** Points of a replay, by place: what nobody could read at the time is not kept. */
const replays = remembered<Map<string, ProjectedPoint[]>>(3)

/** What would have been projected with what was known on another day. */
async function replay(db: Db, place: string, question: Question): Promise<Projected | { reason: string }> {
  const inputs = await readAsOwner(() => demandInputs(db, place, question))
  if ('reason' in inputs) return inputs
  const run = runOn(place, inputs, question.asOf ?? question.today)
  const kept = await replayed(run)
  return { run, pointsOf: async places => new Map(places.map(code => [code, kept.get(code) ?? []])) }
}

async function replayed({ id, inputs }: Run): Promise<ReadonlyMap<string, ProjectedPoint[]>> {
  const kept = replays(id, () => new Map())
  if (kept.size > 0) return kept
  const { points } = await projectApart(inputs)
  for (const [code, some] of pointsByPlace(points)) kept.set(code, some)
  return kept
}

interface Projected {
  run: Run
  pointsOf: (places: readonly string[]) => Promise<Map<string, ProjectedPoint[]>>
}

/** The projection of one place: the nation, a department, or one of its equipped town halls. */
export async function placeDemand(
  db: Db,
  department: string,
  request: DemandRequest,
  today: Day,
): Promise<PlaceDemand | { reason: string }> {
  const { asOf, recordedBy } = request
  const past = (asOf !== undefined && asOf < today) || recordedBy !== undefined
  const known = past ? { asOf, recordedBy } : {}
  const projected = past
    ? await replay(db, department, { today, ...known })
    : await currentProjected(db, department, today)
  if ('reason' in projected) return projected
  const { run } = projected
  const all = run.inputs.halls.map(hall => hall.insee)
  const halls = request.place === department ? all : [request.place]
  const [place, counted] = await Promise.all([
    placeOf(db, request.place),
    run.inputs.counted.length === 0 ? [] : countedMonths(db, halls, known),
  ])
  const points = await projected.pointsOf(
    request.place === department && counted.length > 0 ? [department, ...halls] : [request.place],
  )
  return demandOf({ ...run, gate: await gateApart(run) }, points, counted, {
    name: place?.name ?? request.place,
    known,
    ...request,
  })
}

async function currentProjected(
  db: Db,
  department: string,
  today: Day,
): Promise<Projected | { reason: string }> {
  const run = await currentRun(db, department, today)
  return 'reason' in run ? run : { run, pointsOf: places => projectedPoints(db, run.id, places) }
}

/** What one run says of several of its places, read at once. */
export async function demandByPlace(
  db: Db,
  run: Run,
  places: readonly { insee: string; name: string }[],
): Promise<Map<string, PlaceDemand>> {
  const codes = places.map(place => place.insee)
  const [points, counted, gate] = await Promise.all([
    projectedPoints(db, run.id, codes),
    run.inputs.counted.length === 0 ? [] : countedMonths(db, codes),
    gateApart(run),
  ])
  const byHall = groupBy(counted, row => row.insee)
  return new Map(
    places.map(({ insee, name }) => [
      insee,
      demandOf({ ...run, gate }, points, byHall.get(insee) ?? [], { name, place: insee, known: {} }),
    ]),
  )
}

function demandOf(
  { gate, ...run }: Run & { gate: GateYear[] },
  byPlace: ReadonlyMap<string, ProjectedPoint[]>,
  counted: readonly ObservedMonth[],
  request: DemandRequest & { name: string; known: Knowledge },
): PlaceDemand {
  const { place: code, name, from, to, title } = request
  const place = {
    code,
    halls: run.inputs.halls.filter(hall => code === run.place || hall.insee === code),
    counted,
  }
  const points = completed(byPlace.get(code) ?? [], place, [...byPlace.values()].flat())
  const before = observedBefore(place, run.inputs.firstQuarter)
  const observed = [
    ...before,
    ...points.flatMap(({ status, title, quarter, mean }) =>
      status === 'observed' ? [{ place: code, title, quarter, requests: mean }] : [],
    ),
  ]
  const wanted = (point: { quarter: Quarter; title: ProjectedTitle }) =>
    (from === undefined || point.quarter >= from) &&
    (to === undefined || point.quarter <= to) &&
    (title === undefined
      ? (COUNTER_TITLES as readonly string[]).includes(point.title)
      : point.title === title)
  const both = points.filter(point => point.title === 'cni-passport')
  return {
    run,
    points: [...observed.map(toldObserved), ...points.filter(point => point.status === 'estimated')]
      .filter(wanted)
      .sort((a, b) => a.quarter.localeCompare(b.quarter) || a.title.localeCompare(b.title)),
    both,
    observed: observed.filter(point => point.title === 'cni-passport'),
    permits: points.filter(point => point.title === 'residence-renewal'),
    gate,
    explanation: explainDemand(run.inputs, both, { code, name, counted, observed }, request.known),
  }
}

function toldObserved({ requests, ...point }: ObservedPoint): ToldPoint {
  return { ...point, mean: requests, status: 'observed', counted: requests }
}
