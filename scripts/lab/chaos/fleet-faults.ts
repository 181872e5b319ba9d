import { setTimeout as delay } from 'node:timers/promises'
import { type ModelledPoint, projectDepartment } from '../../../src/demand/engine/projection.ts'
import type { Job } from '../../../src/demand/job-answer.ts'
import { projectionJobs, requestProjections } from '../../../src/demand/job-work.ts'
import { currentRun, projectedPoints } from '../../../src/demand/run-queries.ts'
import { today } from '../../../src/io/clock.ts'
import { type OpenDatabase, openDatabase } from '../../../src/io/database/open.ts'
import { openQueue } from '../../../src/io/queue/queue.ts'
import { evidence } from './evidence.ts'
import { readinessProxy } from './readiness-proxy.ts'
import { answerOf, scriptOf, startProgram, startService } from './service.ts'
import { type Fault, freePort, outcomeOf, type Stand, underLoad } from './stand.ts'
import { standbyOfFreshServer } from './standby.ts'
import { writer } from './writer.ts'

const LONGEST_MILLIS = 5_000

/** Reads without a pause, and keeps for how long at most nobody was answered. */
function reader(url: string) {
  const stop = new AbortController()
  let [longest, reads, failures] = [0, 0, 0]
  const run = (async () => {
    let last = performance.now()
    while (!stop.signal.aborted) {
      const answered = await answerOf(`${url}/api/waits?place=${DEPARTMENT}`).then(
        ({ status }) => status === 200,
        () => false,
      )
      reads += 1
      if (!answered) failures += 1
      else {
        longest = Math.max(longest, performance.now() - last)
        last = performance.now()
      }
      await delay(20)
    }
  })()
  return {
    end: async () => {
      stop.abort()
      await run
      return { longest, reads, failures }
    },
  }
}

/** Saves scenarios and asks for each at once: an author always reads what he wrote, whoever answers. */
function author(url: string) {
  const stop = new AbortController()
  const findings: string[] = []
  let read = 0
  const run = (async () => {
    for (let n = 0; !stop.signal.aborted; n++) {
      const saved = await answerOf(`${url}/api/scenarios`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': `author-${n}` },
        body: JSON.stringify({
          name: `auteur ${n}`,
          place: DEPARTMENT,
          levers: [{ code: 'more-stations', hall: '16102', amount: 1, startsOn: '2027-01-04', leadWeeks: 8 }],
        }),
      }).catch(() => undefined)
      if (saved?.status === 200 || saved?.status === 201) {
        const { id } = JSON.parse(saved.text) as { id: string }
        const seen = await answerOf(`${url}/api/scenarios/${id}`).catch(() => undefined)
        read += 1
        if (seen?.status === 404) findings.push(`the author of scenario ${id} does not find it`)
      }
      await delay(50)
    }
  })()
  return {
    findings,
    end: async () => {
      stop.abort()
      await run
      return read
    },
  }
}

/** A primary, a streaming replica, three services behind a proxy and two workers, of which one of each goes. */
async function loseOneOfEach(stand: Stand) {
  const servers = await standbyOfFreshServer(stand.folder)
  const settings = { DATABASE_URL: servers.primaryUrl, DATABASE_REPLICA_URL: servers.url }
  const start = async () => {
    const service = startService(stand.program, await freePort(), settings)
    await service.ready()
    return service
  }
  const services = [await start()]
  services.push(...(await Promise.all([start(), start()])))
  const workers = [1, 2].map(() => startProgram(scriptOf(stand.program, 'worker'), settings))
  const front = await readinessProxy(() => services.map(service => service.url))
  const opened = await openDatabase({ databaseUrl: servers.primaryUrl, dataDir: '', log: stand.log })
  const queue = await openQueue(opened.db)
  try {
    for (const worker of workers)
      await until(async () => worker.said().includes('Au travail') || undefined, 'at work')
    const [one, reading, writing] = [writer(() => front.url, 'fleet'), reader(front.url), author(front.url)]
    const findings: string[] = []
    const seconds = await underLoad([one], async () => {
      await delay(500)
      await servers.pause()
      await delay(500)
      await servers.resume()
      await requestProjections(opened.db, queue, [DEPARTMENT])
      await workers[0]?.end('SIGKILL')
      await delay(500)
      await servers.kill()
      await delay(500)
      await services[2]?.end('SIGKILL')
    })
    const { longest, reads, failures } = await reading.end()
    const read = await writing.end()
    if (longest > LONGEST_MILLIS) findings.push(`nobody read for ${Math.round(longest)} ms`)
    if (reads < 10 || read === 0) findings.push(`too little was asked: ${reads} reads, ${read} of an author`)
    // One worker is left to do what the other had begun.
    await until(
      async () => (await projectionJobs(opened.db, 100)).find(job => job.state === 'completed'),
      'projected',
    )
    findings.push(...writing.findings, ...(await differences(opened)))
    const outcome = outcomeOf([one], Math.max(seconds, longest / 1_000), findings)
    outcome.answers.set('reads', reads)
    outcome.answers.set('reads that failed', failures)
    const [left] = services
    return { ...outcome, sent: [], evidence: await evidence(opened.pool, left?.url, one.sent) }
  } finally {
    await front.close()
    await Promise.all([...services, ...workers].map(one => one.end('SIGKILL')))
    await queue.stop({ graceful: false })
    await opened.close()
    await servers.stop()
  }
}

/** Faults of many processes on one database. */
export const FLEET_FAULTS: readonly Fault[] = [{ name: 'fleet-loses-one-of-each', run: loseOneOfEach }]

/** Department that the workers project. */
const DEPARTMENT = '16'
const ATTEMPTS = 5
const WATCHED_MILLIS = 120_000

/** Looks until there is something to see. @throws Error after two minutes. */
async function until<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  const deadline = Date.now() + WATCHED_MILLIS
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
async function differences({ db }: OpenDatabase, outcome?: string | null): Promise<string[]> {
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
