import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type PgBoss from 'pg-boss'
import { publishedState } from '../io/database/publication.ts'
import type { Db } from '../io/database/schema.ts'
import { watchAbandoned, whileHeld } from '../io/queue/held-job.ts'
import { inTurn, QUEUE_SCHEMA } from '../io/queue/queue.ts'
import type { Day } from '../pure/calendar/day.ts'
import { NATION, projectPlace } from './engine/national-projection.ts'
import { MODEL_VERSION } from './engine/projection.ts'
import type { Job } from './job-answer.ts'
import { currentRun } from './run-queries.ts'

/** The queue, under the name that those of older versions gave it. */
const PROJECTIONS = 'project-department'

interface ProjectionJob {
  /** What anybody could read when it was asked for. */
  known: string
  /** A department, or the nation. */
  department: string
}

/** Departments with at least one equipped town hall: those that can be projected. */
export async function equippedDepartments(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('town_hall')
    .select('department')
    .distinct()
    .orderBy('department')
    .execute()
  return rows.map(row => row.department)
}

/**
 * Asks for the projection of departments and of the nation, one job each. Asking twice for the same knowledge gives the
 * same jobs. @returns how many were not asked for before.
 */
export async function requestProjections(
  db: Db,
  queue: PgBoss,
  departments: readonly string[],
): Promise<number> {
  const known = await publishedState(db)
  await inTurn(db, () => openProjections(queue))
  let asked = 0
  for (const department of [...departments, NATION]) {
    const data: ProjectionJob = { known, department }
    const id = await queue.send(PROJECTIONS, data, { id: jobId(data) })
    if (id) asked += 1
  }
  return asked
}

/**
 * Takes jobs one after the other until the queue is stopped, and gives back those of workers that died; `told` hears of
 * each one done.
 */
export async function workOnProjections(
  db: Db,
  queue: PgBoss,
  today: () => Day,
  told: (line: string) => void = () => undefined,
): Promise<void> {
  await inTurn(db, () => openProjections(queue))
  watchAbandoned(db, queue, [PROJECTIONS])
  const options = { batchSize: 1, pollingIntervalSeconds: 0.5 }
  await queue.work<ProjectionJob>(PROJECTIONS, options, async ([job]) => {
    if (job === undefined) return undefined
    const { department } = job.data
    const run = await whileHeld(db, job.id, () => currentRun(db, department, today(), projectPlace))
    told(`${department} : ${'reason' in run ? run.reason : `projection ${run.id}`}`)
    return 'reason' in run ? { reason: run.reason } : { run: run.id }
  })
}

/** The jobs of the queue, those at work first; none while nobody ever asked for one. */
export async function projectionJobs(db: Db, limit: number): Promise<Job[]> {
  const { rows: exists } = await sql<{ there: boolean }>`
    select to_regclass(${`${QUEUE_SCHEMA}.job`}) is not null as there`.execute(db)
  if (!exists[0]?.there) return []
  const { rows } = await sql<Job>`
    select id::text, name, data->>'department' as subject, state::text, retry_count + 1 as attempts,
           started_on as "startedAt", completed_on as "endedAt",
           coalesce(output->>'run', output->>'reason', output->>'message') as outcome
      from ${sql.id(QUEUE_SCHEMA, 'job')}
     where name = ${PROJECTIONS}
     order by state = 'active' desc, created_on desc, id
     limit ${limit}`.execute(db)
  return rows
}

/** Calls off the jobs that nobody has begun. @returns how many. */
export async function cancelProjections(db: Db, queue: PgBoss): Promise<number> {
  const waiting = (await projectionJobs(db, 10_000)).filter(job => ['created', 'retry'].includes(job.state))
  for (const { id, name } of waiting) await queue.cancel(name, id)
  return waiting.length
}

async function openProjections(queue: PgBoss): Promise<void> {
  await queue.createQueue(PROJECTIONS)
}

function jobId({ known, department }: ProjectionJob): string {
  const hex = createHash('sha256')
    .update(`${PROJECTIONS} ${MODEL_VERSION} ${known} ${department}`)
    .digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
