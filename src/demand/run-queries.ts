import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { LRUCache } from 'lru-cache'
import { actAsOwner, readAsOwner } from '../io/database/acting.ts'
import { publishedState } from '../io/database/publication.ts'
import type { Db } from '../io/database/schema.ts'
import { holding } from '../io/database/session-lock.ts'
import { placeOf } from '../places/place-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Month } from '../pure/calendar/period.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { countApart, learntApart, projectApart, sampleApart } from './apart-work.ts'
import type { DemandSample } from './demand-sample.ts'
import type { DemandInputs } from './engine/demand.ts'
import type { Learnt } from './engine/learning.ts'
import type { LocalForecast } from './engine/local-series.ts'
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
import { demandInputs } from './input-queries.ts'

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

/** The futures of a run along which queues are run. */
export const sampleOf: (run: Run) => Promise<DemandSample> = sampleApart

/** Mean requests of each hall of a run in some months. */
export const meanRequestsOf = (run: Run, months: readonly Month[]) => countApart('means', run, months)

/** Requests of the whole department of a run in some months, along each future. */
export const wholeRequestsOf = (run: Run, months: readonly Month[]) => countApart('whole', run, months)

/** A normal number for each future of a run, for what a queue draws beside its demand. */
export const noisesOf = (run: Run) => countApart('noises', run, undefined)

/** Requests of some halls of a run in a year, or in each up to another one. */
export async function yearRequestsOf(run: Run, halls: readonly string[], from: number, to = from) {
  const years = Array.from({ length: to - from + 1 }, (_, y) => from + y)
  const counts = await countApart('years', run, { halls, years })
  return (insee: string, year: number) => counts.get(year)?.get(insee)
}

const PROJECTION_LOCK = 7_216_002

/**
 * The projection that rests on everything known of a department, or of the nation, now, made if it does not exist yet, whoever asks first:
 * it is the same for all, and learns from counts that the public does not read.
 * @param project computes it: apart, unless the process has nobody to answer meanwhile.
 * @returns a reason in French when it cannot be made.
 */
export async function currentRun(
  db: Db,
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
async function standingRun(db: Db, department: string): Promise<Run | undefined> {
  const [latest, state] = await Promise.all([runInForce(db, department), publishedState(db)])
  return latest && latest.version === MODEL_VERSION && latest.state === state ? latest : undefined
}

async function newRun(
  db: Db,
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

/** The run of a place on what is known: the same inputs make the same run. */
export function runOn(place: string, inputs: DemandInputs, asOf: Day): Run {
  const id = createHash('sha256')
    .update(JSON.stringify([MODEL_VERSION, inputs]))
    .digest('hex')
    .slice(0, 16)
  return { id, place, asOf, version: MODEL_VERSION, seed: inputs.seed, inputs }
}

async function runInForce(db: Db, department: string): Promise<(Run & { state: string }) | undefined> {
  const standing = await db
    .selectFrom('projection_in_force')
    .select(['run_id', 'state'])
    .where('place', '=', department)
    .executeTakeFirst()
  return standing && { ...(await runOf(db, standing.run_id)), state: standing.state }
}

/** Runs read last: a run never changes, and what it rests on is long to read. */
const runsRead = new WeakMap<Db, LRUCache<string, Run>>()

async function runOf(db: Db, id: string): Promise<Run> {
  const read = runsRead.get(db) ?? new LRUCache<string, Run>({ max: 3 })
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
  return run
}

function localOf({ local }: { local: unknown }): Run['local'] {
  return (local as LocalForecast[] | null) ?? undefined
}

async function lastRelease(db: Db): Promise<number | undefined> {
  const row = await db
    .selectFrom('release')
    .select(eb => eb.fn.max('id').as('id'))
    .executeTakeFirst()
  return row?.id ?? undefined
}

/** Projections being made by this process: who asks for the same one waits for it without holding a connection. */
const underWay = new WeakMap<Db, Map<string, Promise<Run['local']>>>()

async function storeRun(db: Db, run: Run, knownRelease: number, project: Projector): Promise<Run['local']> {
  const making = underWay.get(db) ?? new Map<string, Promise<Run['local']>>()
  underWay.set(db, making)
  const made =
    making.get(run.id) ?? makeRun(db, run, knownRelease, project).finally(() => making.delete(run.id))
  making.set(run.id, made)
  return made
}

async function makeRun(db: Db, run: Run, knownRelease: number, project: Projector): Promise<Run['local']> {
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

const POINTS_AT_ONCE = 1_000
const QUANTILES = ['p05', 'p10', 'p25', 'p50', 'p75', 'p90', 'p95'] as const

async function insertRun(
  db: Db,
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
    // Between two parts of a large department others are answered.
    for (let at = 0; at < points.length; at += POINTS_AT_ONCE) {
      const column = <T>(of: (point: ModelledPoint) => T) => points.slice(at, at + POINTS_AT_ONCE).map(of)
      await sql`
        insert into projection_point (run_id, place, title, quarter, mean, p05, p10, p25, p50, p75, p90, p95, parts)
        select ${run.id}::text, t.* from unnest(
          ${column(point => point.place)}::text[], ${column(point => point.title)}::text[],
          ${column(point => point.quarter)}::text[], ${column(point => point.mean)}::double precision[],
          ${sql.join(QUANTILES.map(name => sql`${column(point => point.quantiles[name])}::double precision[]`))},
          ${column(point => (point.parts ? JSON.stringify(point.parts) : null))}::jsonb[]) as t`.execute(trx)
    }
  })
}

/** Projected points of some places in a run, by place and in order of quarter. */
export async function projectedPoints(
  db: Db,
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
export function pointsByPlace(points: readonly ModelledPoint[]): Map<string, ProjectedPoint[]> {
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

/** Requests of both titles in a year that a kept run tells of its places; `undefined` where none was kept on these inputs. */
export async function keptYearOfRequests(
  db: Db,
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

/** What national facts have made of the assumptions so far; none without national volumes. */
export async function learntAssumptions(db: Db, today: Day): Promise<Learnt[]> {
  const inputs = await demandInputs(db, NATION, { today })
  return 'reason' in inputs ? [] : learntApart(inputs)
}
