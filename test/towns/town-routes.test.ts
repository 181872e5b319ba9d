import { afterAll, beforeAll, expect, test } from 'vitest'
import { appOver, ask } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
})
afterAll(() => database.close())

test('the page of a town says where its requests come from, and its place in the department', async () => {
  const response = await ask(app, '/mairies/16102')
  expect(response.status).toBe(200)
  const text = (await response.text()).replace(/\s/g, ' ')
  expect(text).toMatch(/2e mairie sur 16/)
  expect(text).toContain('viendraient d’autres communes')
  expect(text).toContain('GeoNames')
})
