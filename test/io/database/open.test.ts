import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../database.ts'
let x: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => { x = await freshDatabase() })
afterAll(() => x.close())
test('a', async () => {
  expect((await x.pool.query('select 1::int8 as n')).rows).toEqual([{ n: 1 }])
  expect(x.description).toBe('')
})
