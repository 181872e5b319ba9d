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

test('one sheet, three forms: data, page and a tagged PDF of two pages', async () => {
  const brief = await jsonOf<{ name: string; remember: unknown[] }>(await ask(app, '/api/briefs/16102.json'))
  expect(brief.name).toBe('Cognac')
  expect(brief.remember).toHaveLength(3)
  expect(await (await ask(app, '/mairies/16102/fiche')).text()).toContain('Cognac')
  const response = await ask(app, '/api/briefs/16102.pdf')
  expect(response.headers.get('content-type')).toBe('application/pdf')
  const pdf = Buffer.from(await response.arrayBuffer())
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
})

test('an unknown town hall has no sheet', async () => {
  expect((await ask(app, '/api/briefs/16999.pdf')).status).toBe(404)
})
