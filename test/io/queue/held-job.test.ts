import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectRoot } from '../../../src/io/project-root.ts'
import { giveBackAbandoned, whileHeld } from '../../../src/io/queue/held-job.ts'
import { openQueue } from '../../../src/io/queue/queue.ts'
import { compiled } from '../../compiled.ts'
import { freshDatabase } from '../../database.ts'

const NAME = 'something'
let database: Awaited<ReturnType<typeof freshDatabase>>
let queue: Awaited<ReturnType<typeof openQueue>>
beforeAll(async () => {
  database = await freshDatabase()
  queue = await openQueue(database.db)
  await queue.createQueue(NAME)
})
afterAll(async () => {
  await queue.stop({ graceful: false })
  await database.close()
})

/** Asks for a job and takes it, as if long ago. */
async function begun(): Promise<string> {
  await queue.send(NAME, {})
  const [job] = await queue.fetch(NAME)
  await sql`update queue.job set started_on = now() - interval '1 minute' where id = ${job?.id}::uuid`.execute(
    database.db,
  )
  return job?.id ?? ''
}
const stateOf = async (id: string) => (await queue.getJobById(NAME, id))?.state

test('a job that nobody holds is given back; one that is held, by this process or another, is not', async () => {
  const left = await begun()
  const held = await begun()
  await whileHeld(database.db, held, async () => {
    expect(await giveBackAbandoned(database.db, queue, [NAME])).toBe(1)
    expect([await stateOf(left), await stateOf(held)]).toEqual(['retry', 'active'])
  })
  expect(await giveBackAbandoned(database.db, queue, [NAME])).toBe(1)
  expect(await stateOf(held)).toBe('retry')
  await queue.deleteJob(NAME, left)
  await queue.deleteJob(NAME, held)
})

test('a job that was just taken is left to whoever took it, and another queue to its own', async () => {
  await queue.send(NAME, {})
  const [fresh] = await queue.fetch(NAME)
  expect(await giveBackAbandoned(database.db, queue, [NAME])).toBe(0)
  await queue.deleteJob(NAME, fresh?.id ?? '')
  const left = await begun()
  expect(await giveBackAbandoned(database.db, queue, ['something-else'])).toBe(0)
  await queue.deleteJob(NAME, left)
})

test('a process that is killed holds nothing any more', async () => {
  const job = await begun()
  const file = async (path: string) => JSON.stringify(await compiled(path))
  const holder = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { openDatabase } from ${await file('src/io/database/open.ts')}
       import { whileHeld } from ${await file('src/io/queue/held-job.ts')}
       const { db } = await openDatabase({ databaseUrl: process.env.DATABASE_URL, dataDir: '', log: console })
       await whileHeld(db, ${JSON.stringify(job)}, () => {
         console.log('held')
         return new Promise(() => setInterval(() => undefined, 1000))
       })`,
    ],
    {
      cwd: projectRoot(),
      env: { ...process.env, DATABASE_URL: database.url },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  await once(holder.stdout, 'data')
  expect(await giveBackAbandoned(database.db, queue, [NAME])).toBe(0)
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  await expect.poll(() => giveBackAbandoned(database.db, queue, [NAME]), { timeout: 60_000 }).toBe(1)
  expect(await stateOf(job)).toBe('retry')
})
