import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  cancelProjections,
  projectionJobs,
  requestProjections,
  workOnProjections,
} from '../../src/demand/job-work.ts'
import { currentRun, projectedPoints } from '../../src/demand/run-queries.ts'
import { openQueue } from '../../src/io/queue/queue.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const today = () => '2026-11-24'

async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise(resolve => setTimeout(resolve, 100))
}
const states = async () =>
  (await projectionJobs(database.db, 100)).map(job => `${job.subject} ${job.state}`).sort()

test('a job whose worker died is taken over, and each result is made once, that of the nation too', async () => {
  expect(await projectionJobs(database.db, 10)).toEqual([])
  const asking = await openQueue(database.db)
  expect(await requestProjections(database.db, asking, ['16', '00'])).toBe(3)
  expect(await requestProjections(database.db, asking, ['16', '00'])).toBe(0)
  const [lost] = await asking.fetch('project-department')
  expect(lost).toBeDefined()
  await asking.stop({ graceful: false })

  const workers = await Promise.all([openQueue(database.db), openQueue(database.db)])
  for (const worker of workers) await workOnProjections(database.db, worker, today)
  await until(
    async () => (await states()).every(state => state.endsWith('completed')) && (await states()).length === 3,
  )
  expect(await states()).toEqual(['00 completed', '16 completed', 'FR completed'])
  const jobs = await projectionJobs(database.db, 10)
  expect(jobs.find(job => job.id === lost?.id)?.attempts).toBeGreaterThan(1)
  expect(jobs.find(job => job.subject === '00')?.outcome).toMatch(/Aucune population connue/)
  for (const worker of workers) await worker.stop({ graceful: false })

  const run = await currentRun(database.db, '16', today())
  if ('reason' in run) throw new Error(run.reason)
  expect(jobs.find(job => job.subject === '16')?.outcome).toBe(run.id)
  const nation = jobs.find(job => job.subject === 'FR')?.outcome ?? ''
  const whole = (await projectedPoints(database.db, nation, ['FR'])).get('FR') ?? []
  expect(whole.every(point => point.mean > 0)).toBe(true)
  expect(((await currentRun(database.db, 'FR', today())) as { id: string }).id).toBe(nation)
})

test('jobs that nobody began are called off', async () => {
  const queue = await openQueue(database.db)
  await requestProjections(database.db, queue, ['18', '19', '2A'])
  expect(await cancelProjections(database.db, queue)).toBe(3)
  expect((await states()).filter(state => state.endsWith('cancelled'))).toHaveLength(3)
  await queue.stop({ graceful: false })
})

test('many processes that begin at once make the queue one after the other', async () => {
  const fresh = await freshDatabase()
  try {
    const queues = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const queue = await openQueue(fresh.db)
        await workOnProjections(fresh.db, queue, today)
        return queue
      }),
    )
    expect(await projectionJobs(fresh.db, 10)).toEqual([])
    for (const queue of queues) await queue.stop({ graceful: false })
  } finally {
    await fresh.close()
  }
})
