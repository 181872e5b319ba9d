import { setTimeout as delay } from 'node:timers/promises'
import { type ModelledPoint, projectDepartment } from '../../../src/demand/engine/projection.ts'
import type { Job } from '../../../src/demand/job-answer.ts'
import { projectionJobs, requestProjections } from '../../../src/demand/job-work.ts'
import { currentRun, projectedPoints } from '../../../src/demand/run-queries.ts'
import { today } from '../../../src/io/clock.ts'
import { type OpenDatabase, openDatabase } from '../../../src/io/database/open.ts'
import { openQueue } from '../../../src/io/queue/queue.ts'
import { scriptOf, startProgram } from './service.ts'
import { type Fault, outcomeOf, type Stand } from './stand.ts'
import { writer } from './writer.ts'

/** Department that the workers project. */
export const DEPARTMENT = '16'
const ATTEMPTS = 5
const LONGEST_MILLIS = 120_000

/** Looks until there is something to see. @throws Error after two minutes. */
export async function until<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  const deadline = Date.now() + LONGEST_MILLIS
  for (;;) {
    const seen = await look()
    if (seen !== undefined) return seen
    if (Date.now() > deadline) throw new Error(`never ${what}`)
    await delay(10)
  }
}

function worker(stand: Stand) {
  return startProgram(scriptOf(stand.program, 'worker'), { DATABASE_URL: stand.urlOf() })
}

/** Faults of the processes that project. */
export const WORKER_FAULTS: readonly Fault[] = [
  {
    name: 'worker-killed',
    run: async stand => {
      const one = writer(() => stand.service.url, 'worker')
      const opened = await openDatabase({ databaseUrl: stand.urlOf(), dataDir: '', log: stand.log })
      const queue = await openQueue(opened.db)
      const heir = worker(stand)
      const findings: string[] = []
      try {
        await until(async () => heir.said().includes('Au travail') || undefined, 'at work')
        for (let attempt = 1; ; attempt++) {
          // What is imported calls for another projection.
          while (!(await one.write())) await delay(20)
          const victim = worker(stand)
          await until(async () => victim.said().includes('Au travail') || undefined, 'at work')
          heir.child.kill('SIGSTOP')
          await requestProjections(opened.db, queue, [DEPARTMENT])
          const state = async () => (await projectionJobs(opened.db, 1))[0]
          await until(async () => ((await state())?.state === 'created' ? undefined : true), 'begun')
          await victim.end('SIGKILL')
          const killed = performance.now()
          const left = await state()
          heir.child.kill('SIGCONT')
          if (left?.state !== 'active' && attempt < ATTEMPTS) continue
          if (left?.state !== 'active') findings.push('the job was over before its worker was killed')
          const seen = async (what: (job: Job) => boolean) =>
            (await projectionJobs(opened.db, 100)).find(job => job.id === left?.id && what(job))
          await until(() => seen(job => job.attempts > 1 && job.state !== 'retry'), 'taken over')
          const seconds = (performance.now() - killed) / 1_000
          const done = await until(() => seen(job => job.state === 'completed'), 'done')
          findings.push(...(await differences(opened, done.outcome)))
          return outcomeOf([one], seconds, findings)
        }
      } finally {
        heir.child.kill('SIGCONT')
        await heir.end('SIGTERM')
        await queue.stop({ graceful: false })
        await opened.close()
      }
    },
  },
]

/** What the projection in force, or that of a job, has that the same inputs, projected by one process, do not give again. */
export async function differences({ db }: OpenDatabase, outcome?: string | null): Promise<string[]> {
  const run = await currentRun(db, DEPARTMENT, today())
  if ('reason' in run) return [run.reason]
  const shape = (points: readonly ModelledPoint[]) =>
    JSON.stringify(points.map(point => [point.title, point.quarter, point.mean, point.quantiles]).sort())
  const stored = (await projectedPoints(db, run.id, [DEPARTMENT])).get(DEPARTMENT) ?? []
  const again = projectDepartment(run.inputs).points.filter(point => point.place === DEPARTMENT)
  return [
    ...(outcome === undefined || run.id === outcome
      ? []
      : [`the job says ${outcome}, the projection in force is ${run.id}`]),
    ...(shape(stored) === shape(again) ? [] : ['the projection is another one']),
  ]
}
