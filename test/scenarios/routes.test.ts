import { afterAll, beforeAll, expect, test } from 'vitest'
import { appOver, ask, jsonOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
})
afterAll(() => database.close())

test('a hall’s projected wait is an estimate with rising bounds and a probability', async () => {
  const response = await ask(app, '/api/waits/16102/projection')
  expect(response.status).toBe(200)
  const text = await response.text()
  expect(text).toContain('estimated')
  expect(text).not.toMatch(/NaN|Infinity/)
})

test('the page of scenarios opens, and an unknown one is refused', async () => {
  expect((await ask(app, '/scenarios')).status).toBe(200)
  const response = await ask(app, '/api/scenarios/0000000000000000')
  expect(response.status).toBe(404)
  expect(await jsonOf<{ code: string }>(response)).toHaveProperty('code')
})
