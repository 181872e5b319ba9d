import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { publishedValues } from '../figures/published-queries.ts'
import { actAsOwner, readAsOwner } from '../io/database/acting.ts'
import { publishedState } from '../io/database/publication.ts'
import type { Database } from '../io/database/schema.ts'
import { holding } from '../io/database/session-lock.ts'
import { hallDrawing } from '../places/catchment-queries.ts'
import { grantsRead } from '../places/grant-queries.ts'
import { requestsTold } from '../places/granted.ts'
import { placeOf } from '../places/place-queries.ts'
import { network } from '../places/town-hall-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import {
  addQuarters,
  isQuarter,
  type Month,
  monthOf,
  monthsBetween,
  type Quarter,
  quarterOf,
} from '../pure/calendar/period.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { settle } from '../pure/figures/observation.ts'
import { remembered } from '../pure/figures/remembered.ts'
import { projectApart } from './apart-work.ts'
import type { DemandInputs } from './engine/demand.ts'
import { exposureGate, type GateYear } from './engine/gate.ts'
import type { LocalForecast } from './engine/local-series.ts'
import { COUNTER_TITLES, type CounterTitle } from './engine/national-issues.ts'
import { type NationalVolumes, nationalVolumes, type VolumeFact } from './engine/national-volumes.ts'
import { type Parts, shareOf } from './engine/part-tally.ts'
import {
  HORIZON,
  isWhole,
  MODEL_VERSION,
  type ModelledPoint,
  type ProjectedPoint,
  type ProjectedTitle,
  type Projection,
} from './engine/projection.ts'
import type { ResidenceInputs } from './engine/residence.ts'
import { explainDemand } from './explanation.ts'

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

/** Projected requests of one place, with the run they come from. */
export interface PlaceDemand {
  run: Run
  points: ProjectedPoint[]
  /** Both titles together, over the whole horizon. */
  both: ProjectedPoint[]
  /** Renewals of residence permits, for a department that counts them. */
  permits: ProjectedPoint[]
  /** How far each projected year differs from the last one in titles coming due. */
  gate: GateYear[]
  explanation: ExplanationLine[]
}

const SEED = 20_220_405
const PATHS = 1_000
const PROJECTION_LOCK = 7_216_002

/**
 * The projection that rests on everything known of a department now, made if it does not exist yet, whoever asks first:
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
  const inputs = await demandInputs(db, department)
  if ('reason' in inputs) return inputs
  const id = createHash('sha256')
    .update(JSON.stringify([MODEL_VERSION, inputs]))
    .digest('hex')
    .slice(0, 16)
  const run: Run = { id, place: department, asOf: today, version: MODEL_VERSION, seed: inputs.seed, inputs }
  const local = await storeRun(db, run, known, project)
  await db
    .insertInto('projection_in_force')
    .values({ place: department, run_id: id, state })
    .onConflict(conflict => conflict.column('place').doUpdateSet({ run_id: id, state }))
    .execute()
  return { ...run, local }
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
            { code: run.place, name: place?.name ?? run.place },
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

/** Which projected points are wanted. */
export interface DemandRequest {
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
  const whole = new Map(
    rows.flatMap(({ title, quarter, mean, parts }) =>
      parts === null ? [] : [[`${title} ${quarter}`, { mean, parts: parts as Parts }]],
    ),
  )
  const asked = new Set(places)
  const points = rows
    .filter(row => asked.has(row.place))
    .map(({ p05, p10, p25, p50, p75, p90, p95, ...row }) => {
      const { place, quarter, mean } = row
      const department = whole.get(`${row.title} ${quarter}`)!
      return {
        place,
        title: row.title as ProjectedTitle,
        quarter,
        mean,
        quantiles: { p05, p10, p25, p50, p75, p90, p95 },
        parts:
          row.parts === null
            ? shareOf(department.parts, department.mean > 0 ? mean / department.mean : 0)
            : (row.parts as Parts),
      }
    })
  return groupBy(points, point => point.place)
}

/** Everything a projection of a department stands on, as known now, or the reason why there is none. */
async function demandInputs(
  db: Kysely<Database>,
  department: string,
): Promise<DemandInputs | { reason: string }> {
  const [
    place,
    nation,
    { townHalls },
    issued,
    notMade,
    counted,
    exceptional,
    last,
    residence,
    drawing,
    grants,
  ] = await Promise.all([
    placeOf(db, department),
    placeOf(db, 'FR'),
    network(db, department),
    nationalFacts(db, 'titles-issued'),
    nationalFacts(db, 'requests-not-made'),
    countedMonths(db, department),
    exceptionalMonths(db, department),
    lastObservedQuarter(db, department),
    residenceDecisions(db, department),
    hallDrawing(db, department),
    grantsRead(db, department),
  ])
  if (!place?.population || !nation?.population)
    return { reason: `Aucune population connue pour ${department}.` }
  if (townHalls.length === 0)
    return { reason: `Aucune mairie équipée connue dans le département ${department} : importez-les.` }
  const national = nationalVolumes(issued, notMade)
  if (COUNTER_TITLES.some(title => national.volumes[title].length === 0)) {
    return { reason: 'Aucun volume national de titres délivrés : importez-en un par titre et par année.' }
  }
  if (last === undefined)
    return {
      reason: `Aucune observation dans le département ${department} : importez des délais, des attentes ou des demandes.`,
    }
  return {
    department,
    departmentPopulation: place.population,
    nationalPopulation: nation.population,
    ...national,
    halls: townHalls.flatMap(({ insee, closedOn }) => {
      const drawn = drawing.get(insee)
      const told = requestsTold(grants.get(insee) ?? [])
      return drawn === undefined
        ? []
        : [{ insee, closedOn, ...drawn, ...(told.length === 0 ? {} : { told }) }]
    }),
    counted,
    residence,
    exceptional,
    firstQuarter: addQuarters(last, 1),
    lastQuarter: HORIZON,
    paths: PATHS,
    seed: SEED,
  }
}

/** The national facts on which the engine can be put back at past days. */
export async function hindcastFacts(db: Kysely<Database>) {
  const [issued, notMade] = await Promise.all([
    nationalFacts(db, 'titles-issued'),
    nationalFacts(db, 'requests-not-made'),
  ])
  return { issued, notMade }
}

/** What the national part of a projection stands on, as published by a day. */
export async function nationalVolumesAsOf(db: Kysely<Database>, asOf: Day): Promise<NationalVolumes> {
  const [issued, notMade] = await Promise.all([
    nationalFacts(db, 'titles-issued', asOf),
    nationalFacts(db, 'requests-not-made', asOf),
  ])
  return nationalVolumes(issued, notMade)
}

/** National yearly facts of one measure, with the day of their publication and who published them. */
async function nationalFacts(
  db: Kysely<Database>,
  measure: 'titles-issued' | 'requests-not-made',
  asOf?: Day,
): Promise<VolumeFact[]> {
  const rows = await publishedValues(db, { measure, places: ['FR'], ...(asOf ? { asOf } : {}) })
  const yearly = rows.filter(row => row.granularity === 'year' && row.variant === '')
  return [...groupBy(yearly, row => `${row.title} ${row.period}`).values()].flatMap(said => {
    const [{ title, period }, current] = [said[0]!, settle(said)?.current]
    if (current?.value === undefined || !isVolumeTitle(title)) return []
    const { value, status, publishedOn, source } = current
    return [{ title, year: Number(period), value, status, publishedOn, source }]
  })
}

function isVolumeTitle(title: string): title is VolumeFact['title'] {
  return title === 'cni-passport' || (COUNTER_TITLES as readonly string[]).includes(title)
}

async function residenceDecisions(db: Kysely<Database>, department: string): Promise<ResidenceInputs> {
  const rows = (await currentValues(db, 'decisions', [department])).filter(row => row.granularity === 'month')
  const of = (title: string) =>
    rows.filter(row => row.title === title).map(row => ({ month: row.period, decisions: row.value }))
  return { first: of('residence-first'), renewals: of('residence-renewal') }
}

async function currentValues(db: Kysely<Database>, measure: string, places: readonly string[]) {
  return db
    .selectFrom('current_observation')
    .innerJoin('series', 'series.id', 'current_observation.series_id')
    .select([
      'series.place as place',
      'series.title as title',
      'series.variant as variant',
      'series.granularity as granularity',
      'current_observation.period as period',
      'current_observation.value as value',
      'current_observation.status as status',
    ])
    .where('series.measure', '=', measure)
    .where('series.place', 'in', places)
    .orderBy('series.id')
    .orderBy('current_observation.period')
    .execute()
}

/** Requests counted at the town halls of a department, by title and month, as last published. */
export async function countedMonths(db: Kysely<Database>, department: string) {
  const rows = await db
    .selectFrom('current_observation')
    .innerJoin('series', 'series.id', 'current_observation.series_id')
    .innerJoin('place', 'place.code', 'series.place')
    .select(['series.place as insee', 'series.title as title', 'period', 'value'])
    .where('series.measure', '=', 'applications')
    .where('series.granularity', '=', 'month')
    .where('series.variant', '=', '')
    .where('series.title', 'in', COUNTER_TITLES)
    .where('place.parent', '=', department)
    .orderBy('series.place')
    .orderBy('series.title')
    .orderBy('period')
    .execute()
  return rows.map(row => ({
    insee: row.insee,
    title: row.title as CounterTitle,
    month: row.period as Month,
    requests: row.value,
  }))
}

async function exceptionalMonths(db: Kysely<Database>, department: string): Promise<Month[]> {
  const rows = await db
    .selectFrom('event')
    .select(['first_day', 'last_day'])
    .where('nature', '=', 'lockdown')
    .where('place', 'in', ['FR', department])
    .execute()
  return [
    ...new Set(rows.flatMap(row => monthsBetween(monthOf(row.first_day), monthOf(row.last_day)))),
  ].sort()
}

/**
 * Last quarter observed in a department: its own delays and waits, and the requests counted at its town halls. The wait
 * of one hall on one day says nothing of how far the department is known.
 */
async function lastObservedQuarter(db: Kysely<Database>, department: string): Promise<Quarter | undefined> {
  const rows = await db
    .selectFrom('current_observation')
    .innerJoin('series', 'series.id', 'current_observation.series_id')
    .innerJoin('place', 'place.code', 'series.place')
    .select(eb => eb.fn.max('period').as('period'))
    .where('series.granularity', 'in', ['month', 'quarter'])
    .where(eb =>
      eb.or([
        eb.and([
          eb('place.code', '=', department),
          eb('series.measure', 'in', ['issuance-delay', 'appointment-wait']),
        ]),
        eb.and([eb('place.parent', '=', department), eb('series.measure', '=', 'applications')]),
      ]),
    )
    .groupBy('series.granularity')
    .execute()
  return rows
    .map(row => (isQuarter(row.period) ? row.period : quarterOf(row.period)))
    .sort()
    .at(-1)
}

// A run never changes, and every place of its department is told with the same gate.
const gates = remembered<GateYear[]>(4)

function gateOf({ id, inputs }: Run): GateYear[] {
  return gates(id, () => exposureGate(inputs))
}

/** The projection of one place: a department, or one of its equipped town halls. */
export async function placeDemand(
  db: Kysely<Database>,
  department: string,
  request: DemandRequest,
  today: Day,
): Promise<PlaceDemand | { reason: string }> {
  const run = await currentRun(db, department, today)
  if ('reason' in run) return run
  const [points, place] = await Promise.all([
    projectedPoints(db, run.id, [request.place]),
    placeOf(db, request.place),
  ])
  return demandOf(run, points.get(request.place) ?? [], place?.name ?? request.place, request)
}

/** What one run says of several of its places, read at once. */
export async function demandByPlace(
  db: Kysely<Database>,
  run: Run,
  places: readonly { insee: string; name: string }[],
): Promise<Map<string, PlaceDemand>> {
  const points = await projectedPoints(
    db,
    run.id,
    places.map(place => place.insee),
  )
  return new Map(
    places.map(({ insee, name }) => [insee, demandOf(run, points.get(insee) ?? [], name, { place: insee })]),
  )
}

function demandOf(
  run: Run,
  points: readonly ProjectedPoint[],
  name: string,
  request: DemandRequest,
): PlaceDemand {
  const wanted = (point: ProjectedPoint) =>
    (request.from === undefined || point.quarter >= request.from) &&
    (request.to === undefined || point.quarter <= request.to) &&
    (request.title === undefined
      ? (COUNTER_TITLES as readonly string[]).includes(point.title)
      : point.title === request.title)
  const both = points.filter(point => point.title === 'cni-passport')
  const permits = points.filter(point => point.title === 'residence-renewal')
  const explanation = explainDemand(run.inputs, both, { code: request.place, name })
  return { run, points: points.filter(wanted), both, permits, gate: gateOf(run), explanation }
}
