import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../database.ts'

const WAIT = 400
let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase({ empty: true, connections: 1 })
  database.pool.options.connectionTimeoutMillis = WAIT
})
afterAll(() => database.close())

const asked = () => sql<{ one: number }>`select 1 as one`.execute(database.db)

test('a connection that this process was too busy to see is waited for again', async () => {
  const held = await database.pool.connect()
  const answer = asked()
  setTimeout(() => {
    // Given back in time; nothing is seen of it until the computation is over.
    setImmediate(() => held.release())
    const until = Date.now() + 2 * WAIT
    while (Date.now() < until);
  }, WAIT / 4)
  expect((await answer).rows).toEqual([{ one: 1 }])
})

test('a connection that does not come is refused', async () => {
  const held = await database.pool.connect()
  await expect(asked()).rejects.toThrow('timeout exceeded when trying to connect')
  held.release()
})
