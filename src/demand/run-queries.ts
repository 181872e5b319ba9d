import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Knowledge } from '../figures/published-queries.ts'
import { actAsOwner, readAsOwner } from '../io/database/acting.ts'
import { publishedState } from '../io/database/publication.ts'
import type { Database } from '../io/database/schema.ts'
import { holding } from '../io/database/session-lock.ts'
import { placeOf } from '../places/place-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { remembered } from '../pure/figures/remembered.ts'
import { gateApart, learntApart, projectApart, sampleApart } from './apart-work.ts'
import type { DemandSample } from './demand-sample.ts'
import type { DemandInputs } from './engine/demand.ts'
import type { GateYear } from './engine/gate.ts'
import type { Learnt } from './engine/learning.ts'
import type { LocalForecast } from './engine/local-series.ts'
import { COUNTER_TITLES } from './engine/national-issues.ts'
import { NATION } from './engine/national-projection.ts'
import { type Parts, shareOf } from './engine/part-tally.ts'
import {
  isWhole,
  MODEL_VERSION,
  type ModelledPoint,
  type ProjectedPoint,
  type ProjectedTitle,
  type Projection,
} from './engine/projection.ts'
import { explainDemand } from './explanation.ts'
import { countedMonths, demandInputs, type Question } from './input-queries.ts'
import {
  completed,
  type DemandPoint,
  type ObservedMonth,
  type ObservedPoint,
  observedBefore,
} from './observed.ts'

/** A projection that was kept: what was known, and the words that go with it. */
export interface Run {
  id: string
  place: string
  asOf: Day
  version: string
  seed: number
  inputs: DemandInputs
  /** What the counts of its halls say; absent where it was not kept. */
  local?: LocalForecast[] | undefined
}

/** A quarter as it is told: what was observed has neither band nor parts. */
export type ToldPoint = Omit<DemandPoint, 'quantiles' | 'parts'> &
  Partial<Pick<DemandPoint, 'quantiles' | 'parts'>>

/** The futures of a run along which queues are run. */
export function sampleOf(run: Run): Promise<DemandSample> {
  return sampleApart(run)
}

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

const PROJECTION_LOCK = 7_216_002

/**
 * The projection that rests on everything known of a department, or of the nation, now, made if it does not exist yet, whoever asks first:
 * it is the same for all, and learns from counts that the public does not read.
 * @param project computes it: apart, unless the process has nobody to answer meanwhile.
 * @returns a reason in French when it cannot be made.
 */
export async function currentRun(
  db: Kysely<Database>,
  department: string,
  today: Day,
  project: Projector = projectApart,
): Promise<Run | { reason: string }> {
  const known = await readAsOwner(() => standingRun(db, department))
  return (
    known ??
    actAsOwner(async () => (await standingRun(db, department)) ?? newRun(db, department, today, project))
  )
}

type Projector = (inputs: DemandInputs) => Projection | Promise<Projection>

/** The run in force, unless something was published since or the model changed. */
async function standingRun(db: Kysely<Database>, department: string): Promise<Run | undefined> {
  const [latest, state] = await Promise.all([runInForce(db, department), publishedState(db)])
  return latest && latest.version === MODEL_VERSION && latest.state === state ? latest : undefined
}

async function newRun(
  db: Kysely<Database>,
  department: string,
  today: Day,
  project: Projector,
): Promise<Run | { reason: string }> {
  const state = await publishedState(db)
  const known = await lastRelease(db)
  if (known === undefined) return { reason: 'Aucun chiffre n’a encore été importé.' }
  const inputs = await demandInputs(db, department, { today })
  if ('reason' in inputs) return inputs
  const run = runOn(department, inputs, today)
  const { id } = run
  const local = await storeRun(db, run, known, project)
  await db
    .insertInto('projection_in_force')
    .values({ place: department, run_id: id, state })
    .onConflict(conflict => conflict.column('place').doUpdateSet({ run_id: id, state }))
    .execute()
  return { ...run, local }
}

function runOn(place: string, inputs: DemandInputs, asOf: Day): Run {
  const id = createHash('sha256')
    .update(JSON.stringify([MODEL_VERSION, inputs]))
    .digest('hex')
    .slice(0, 16)
  return { id, place, asOf, version: MODEL_VERSION, seed: inputs.seed, inputs }
}

async function runInForce(
  db: Kysely<Database>,
  department: string,
): Promise<(Run & { state: string }) | undefined> {
  const standing = await db
    .selectFrom('projection_in_force')
    .select(['run_id', 'state'])
    .where('place', '=', department)
    .executeTakeFirst()
  return standing && { ...(await runOf(db, standing.run_id)), state: standing.state }
}

/** Runs read last: a run never changes, and what it rests on is long to read. */
const runsRead = new WeakMap<Kysely<Database>, Map<string, Run>>()
const MOST_RUNS = 3

async function runOf(db: Kysely<Database>, id: string): Promise<Run> {
  const read = runsRead.get(db) ?? new Map<string, Run>()
  runsRead.set(db, read)
  const known = read.get(id)
  if (known !== undefined) return known
  const row = await db.selectFrom('projection_run').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const run: Run = {
    id: row.id,
    place: row.place,
    asOf: row.as_of,
    version: row.version,
    seed: row.seed,
    inputs: row.inputs as DemandInputs,
    local: localOf(row),
  }
  read.set(id, run)
  for (const oldest of [...read.keys()].slice(0, -MOST_RUNS)) read.delete(oldest)
  return run
}

function localOf({ local }: { local: unknown }): Run['local'] {
  return (local as LocalForecast[] | null) ?? undefined
}

async function lastRelease(db: Kysely<Database>): Promise<number | undefined> {
  const row = await db
    .selectFrom('release')
    .select(eb => eb.fn.max('id').as('id'))
    .executeTakeFirst()
  return row?.id ?? undefined
}

/** Projections being made by this process: who asks for the same one waits for it without holding a connection. */
const underWay = new WeakMap<Kysely<Database>, Map<string, Promise<Run['local']>>>()

async function storeRun(
  db: Kysely<Database>,
  run: Run,
  knownRelease: number,
  project: Projector,
): Promise<Run['local']> {
  const making = underWay.get(db) ?? new Map<string, Promise<Run['local']>>()
  underWay.set(db, making)
  const made =
    making.get(run.id) ?? makeRun(db, run, knownRelease, project).finally(() => making.delete(run.id))
  making.set(run.id, made)
  return made
}

async function makeRun(
  db: Kysely<Database>,
  run: Run,
  knownRelease: number,
  project: Projector,
): Promise<Run['local']> {
  // Whoever else projects the same department waits here, and finds the run made.
  return holding(db, { kind: PROJECTION_LOCK, subject: run.place }, async lock => {
    const made = await lock
      .selectFrom('projection_run')
      .select('local')
      .where('id', '=', run.id)
      .executeTakeFirst()
    if (made !== undefined) return localOf(made)
    const projection = await project(run.inputs)
    await insertRun(lock, run, knownRelease, projection)
    return projection.local
  })
}

async function insertRun(
  db: Kysely<Database>,
  run: Run,
  knownRelease: number,
  { points, local }: Projection,
): Promise<void> {
  await db.transaction().execute(async trx => {
    const place = await placeOf(trx, run.place)
    await trx
      .insertInto('projection_run')
      .values({
        id: run.id,
        place: run.place,
        as_of: run.asOf,
        version: run.version,
        seed: run.seed,
        known_release: knownRelease,
        inputs: JSON.stringify(run.inputs),
        local: JSON.stringify(local),
        explanation: JSON.stringify(
          explainDemand(
            run.inputs,
            points.filter(isWhole).filter(point => point.title === 'cni-passport'),
            { code: run.place, name: place?.name ?? run.place, counted: run.inputs.counted, observed: [] },
          ),
        ),
      })
      .execute()
    const column = <T>(of: (point: ModelledPoint) => T) => points.map(of)
    await sql`
      insert into projection_point (run_id, place, title, quarter, mean, p05, p10, p25, p50, p75, p90, p95, parts)
      select ${run.id}::text, t.* from unnest(
        ${column(point => point.place)}::text[], ${column(point => point.title)}::text[],
        ${column(point => point.quarter)}::text[], ${column(point => point.mean)}::double precision[],
        ${column(point => point.quantiles.p05)}::double precision[],
        ${column(point => point.quantiles.p10)}::double precision[],
        ${column(point => point.quantiles.p25)}::double precision[],
        ${column(point => point.quantiles.p50)}::double precision[],
        ${column(point => point.quantiles.p75)}::double precision[],
        ${column(point => point.quantiles.p90)}::double precision[],
        ${column(point => point.quantiles.p95)}::double precision[],
        ${column(point => (point.parts ? JSON.stringify(point.parts) : null))}::jsonb[]) as t`.execute(trx)
  })
}

/** Which points are wanted, and on what knowledge. */
export interface DemandRequest extends Knowledge {
  place: string
  from?: Quarter | undefined
  to?: Quarter | undefined
  /** Both counter titles, apart, when absent. */
  title?: ProjectedTitle | undefined
}

/** Projected points of some places in a run, by place and in order of quarter. */
export async function projectedPoints(
  db: Kysely<Database>,
  run: string,
  places: readonly string[],
): Promise<Map<string, ProjectedPoint[]>> {
  const rows = await db
    .selectFrom('projection_point')
    .selectAll()
    .where('run_id', '=', run)
    .where(eb =>
      eb.or([
        eb('place', 'in', places),
        eb('place', '=', eb.selectFrom('projection_run').select('place').where('id', '=', run)),
      ]),
    )
    .orderBy('quarter')
    .orderBy('title')
    .execute()
  const all = pointsByPlace(
    rows.map(({ p05, p10, p25, p50, p75, p90, p95, place, title, quarter, mean, parts }) => ({
      place,
      title: title as ProjectedTitle,
      quarter,
      mean,
      quantiles: { p05, p10, p25, p50, p75, p90, p95 },
      ...(parts === null ? {} : { parts: parts as Parts }),
    })),
  )
  const asked = new Set(places)
  return new Map([...all].filter(([place]) => asked.has(place)))
}

/** Points by place, each with its parts: a hall is made of the same shares as its department. */
function pointsByPlace(points: readonly ModelledPoint[]): Map<string, ProjectedPoint[]> {
  const whole = new Map(points.filter(isWhole).map(point => [`${point.title} ${point.quarter}`, point]))
  return groupBy(
    points.map(point => {
      if (isWhole(point)) return point
      const { parts, mean } = whole.get(`${point.title} ${point.quarter}`)!
      return { ...point, parts: shareOf(parts, mean > 0 ? point.mean / mean : 0) }
    }),
    point => point.place,
  )
}

/** Points of a replay, by place: what nobody could read at the time is not kept. */
const replays = remembered<Map<string, ProjectedPoint[]>>(3)

/** What would have been projected with what was known on another day. */
async function replay(
  db: Kysely<Database>,
  place: string,
  question: Question,
): Promise<Projected | { reason: string }> {
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

/** Requests of both titles in a year that a kept run tells of its places; `undefined` where none was kept on these inputs. */
export async function keptYearOfRequests(
  db: Kysely<Database>,
  inputs: DemandInputs,
  year: number,
): Promise<Map<string, number> | undefined> {
  const rows = await db
    .selectFrom('projection_point')
    .select(({ fn }) => ['place', fn.sum<number>('mean').as('requests')])
    .where('run_id', '=', runOn(inputs.department, inputs, '').id)
    .where('title', '=', 'cni-passport')
    .where('quarter', 'like', `${year}-%`)
    .groupBy('place')
    .execute()
  return rows.length === 0 ? undefined : new Map(rows.map(({ place, requests }) => [place, requests]))
}

/** A projection, and its points of some places. */
interface Projected {
  run: Run
  pointsOf: (places: readonly string[]) => Promise<Map<string, ProjectedPoint[]>>
}

/** The projection of one place: the nation, a department, or one of its equipped town halls. */
export async function placeDemand(
  db: Kysely<Database>,
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
  db: Kysely<Database>,
  department: string,
  today: Day,
): Promise<Projected | { reason: string }> {
  const run = await currentRun(db, department, today)
  return 'reason' in run ? run : { run, pointsOf: places => projectedPoints(db, run.id, places) }
}

/** What national facts have made of the assumptions so far; none without national volumes. */
export async function learntAssumptions(db: Kysely<Database>, today: Day): Promise<Learnt[]> {
  const inputs = await demandInputs(db, NATION, { today })
  return 'reason' in inputs ? [] : learntApart(inputs)
}

/** What one run says of several of its places, read at once. */
export async function demandByPlace(
  db: Kysely<Database>,
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
