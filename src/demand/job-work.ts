import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type PgBoss from 'pg-boss'
import { publishedState } from '../io/database/publication.ts'
import type { Database } from '../io/database/schema.ts'
import { watchAbandoned, whileHeld } from '../io/queue/held-job.ts'
import { inTurn, QUEUE_SCHEMA } from '../io/queue/queue.ts'
import type { Day } from '../pure/calendar/day.ts'
import { largest } from '../pure/numerics/extremes.ts'
import { MODEL_VERSION, projectDepartment } from './engine/projection.ts'
import { currentRun } from './run-queries.ts'

const DEPARTMENT = 'project-department'
const NATION = 'project-nation'
const NATION_VERSION = 'nation-1'

interface DepartmentJob {
  /** What anybody could read when it was asked for. */
  known: string
  department: string
  /** Every department of the same request: the last one done calls for the nation. */
  departments: string[]
}

/** A job of the queue, as people watch it. */
export interface Job {
  id: string
  name: string
  subject: string
  state: string
  attempts: number
  startedAt: string | null
  endedAt: string | null
  outcome: string | null
}

/** Departments with at least one equipped town hall: those that can be projected. */
export async function equippedDepartments(db: Kysely<Database>): Promise<string[]> {
  const rows = await db
    .selectFrom('town_hall')
    .select('department')
    .distinct()
    .orderBy('department')
    .execute()
  return rows.map(row => row.department)
}

/**
 * Asks for the projection of departments, one job each, then of the nation. Asking twice for the same knowledge gives
 * the same jobs. @returns how many were not asked for before.
 */
export async function requestProjections(
  db: Kysely<Database>,
  queue: PgBoss,
  departments: readonly string[],
): Promise<number> {
  const known = await publishedState(db)
  await inTurn(db, () => openQueues(queue))
  let asked = 0
  for (const department of departments) {
    const data: DepartmentJob = { known, department, departments: [...departments] }
    const id = await queue.send(DEPARTMENT, data, { id: jobId(DEPARTMENT, data) })
    if (id) asked += 1
  }
  return asked
}

/**
 * Takes jobs one after the other until the queue is stopped, and gives back those of workers that died; `told` hears of
 * each one done.
 */
export async function workOnProjections(
  db: Kysely<Database>,
  queue: PgBoss,
  today: () => Day,
  told: (line: string) => void = () => undefined,
): Promise<void> {
  await inTurn(db, () => openQueues(queue))
  watchAbandoned(db, queue, [DEPARTMENT, NATION])
  const options = { batchSize: 1, pollingIntervalSeconds: 0.5 }
  await queue.work<DepartmentJob>(DEPARTMENT, options, async ([job]) => {
    if (job === undefined) return undefined
    const { department, departments } = job.data
    const run = await whileHeld(db, job.id, () => currentRun(db, department, today(), projectDepartment))
    const outcome = 'reason' in run ? { reason: run.reason } : { run: run.id }
    told(`${department} : ${'reason' in run ? run.reason : `projection ${run.id}`}`)
    await queue.send(
      NATION,
      { departments },
      { id: jobId(NATION, job.data), retryLimit: 10_000, retryDelay: 1 },
    )
    return outcome
  })
  await queue.work<{ departments: string[] }>(NATION, options, async ([job]) => {
    if (job === undefined) return undefined
    const outcome = await whileHeld(db, job.id, () => projectNation(db, job.data.departments, today()))
    told(`nation : ${'reason' in outcome ? outcome.reason : `projection ${outcome.run}`}`)
    // Asked for by the first department done: it waits for the last one.
    if ('missing' in outcome) throw new Error(outcome.reason)
    return outcome
  })
}

/** The jobs of the queue, those at work first; none while nobody ever asked for one. */
export async function projectionJobs(db: Kysely<Database>, limit: number): Promise<Job[]> {
  const { rows: exists } = await sql<{ there: boolean }>`
    select to_regclass(${`${QUEUE_SCHEMA}.job`}) is not null as there`.execute(db)
  if (!exists[0]?.there) return []
  const { rows } = await sql<Job>`
    select id::text, name, coalesce(data->>'department', 'FR') as subject, state::text, retry_count + 1 as attempts,
           started_on as "startedAt", completed_on as "endedAt",
           coalesce(output->>'run', output->>'reason', output->>'message') as outcome
      from ${sql.id(QUEUE_SCHEMA, 'job')}
     where name in (${DEPARTMENT}, ${NATION})
     order by state = 'active' desc, created_on desc, id
     limit ${limit}`.execute(db)
  return rows
}

/** Calls off the jobs that nobody has begun. @returns how many. */
export async function cancelProjections(db: Kysely<Database>, queue: PgBoss): Promise<number> {
  const waiting = (await projectionJobs(db, 10_000)).filter(job => ['created', 'retry'].includes(job.state))
  for (const { id, name } of waiting) await queue.cancel(name, id)
  return waiting.length
}

async function openQueues(queue: PgBoss): Promise<void> {
  await queue.createQueue(DEPARTMENT)
  await queue.createQueue(NATION, { name: NATION, retryLimit: 10_000, retryDelay: 1 })
}

function jobId(name: string, { known, department, departments }: DepartmentJob): string {
  const subject = name === NATION ? departments.join() : department
  const hex = createHash('sha256').update(`${name} ${MODEL_VERSION} ${known} ${subject}`).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

/**
 * The nation as the sum of its departments, once all are projected. Means add up. So do quantiles, as if departments were
 * all too high or too low together: they share the national assumptions, whose error is most of theirs, so the band is
 * at worst too wide.
 */
async function projectNation(
  db: Kysely<Database>,
  departments: readonly string[],
  today: Day,
): Promise<{ run: string } | { reason: string; missing?: true }> {
  const { rows: runs } = await sql<{ place: string; id: string; release: number; seed: number }>`
    select r.place, r.id, r.known_release as release, r.seed
      from projection_in_force f join projection_run r on r.id = f.run_id
     where f.place = any(${[...departments]}::text[]) and r.version = ${MODEL_VERSION}
     order by r.place`.execute(db)
  const { rows: left } = await sql<{ left: number }>`
    select count(*) as left from ${sql.id(QUEUE_SCHEMA, 'job')}
     where name = ${DEPARTMENT} and state in ('created', 'retry', 'active')`.execute(db)
  const waiting = left[0]?.left ?? 0
  if (waiting > 0) return { reason: `${waiting} départements à projeter encore`, missing: true }
  const [first] = runs
  if (first === undefined) return { reason: 'Aucun département n’a pu être projeté.' }
  const inputs = { runs: Object.fromEntries(runs.map(run => [run.place, run.id])) }
  const run = createHash('sha256')
    .update(JSON.stringify([NATION_VERSION, inputs]))
    .digest('hex')
    .slice(0, 16)
  const explanation = [
    {
      title: 'Somme des départements',
      text: `${runs.length} départements projetés. Les moyennes s’ajoutent ; les quantiles aussi, comme si tous les départements se trompaient dans le même sens : la bande est au pire trop large.`,
    },
  ]
  await db.transaction().execute(async trx => {
    const made = await trx
      .insertInto('projection_run')
      .values({
        id: run,
        place: 'FR',
        as_of: today,
        version: NATION_VERSION,
        seed: first.seed,
        known_release: largest(runs.map(one => one.release)),
        inputs: JSON.stringify(inputs),
        explanation: JSON.stringify(explanation),
      })
      .onConflict(conflict => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (made === undefined) return
    const part = (name: string) => sql`${name}::text, sum((p.parts->>${name})::double precision)`
    const parts = sql.join(['renewals', 'other', 'end', 'travelEnd', 'early', 'suppressed'].map(part))
    await sql`
      insert into projection_point (run_id, place, title, quarter, mean, p05, p10, p25, p50, p75, p90, p95, parts)
      select ${run}::text, 'FR', title, quarter, sum(mean), sum(p05), sum(p10), sum(p25), sum(p50), sum(p75), sum(p90),
             sum(p95), jsonb_build_object(${parts}, 'cohorts', '[]'::jsonb)
        from projection_point p join projection_run r on r.id = p.run_id
       where r.id = any(${runs.map(one => one.id)}::text[]) and p.place = r.place
       group by title, quarter having count(*) = ${runs.length}`.execute(trx)
  })
  return { run }
}
