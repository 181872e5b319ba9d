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
  const moved = await ask(app, '/mairies/16102/fiche')
  expect([moved.status, moved.headers.get('location')]).toEqual([308, '/mairies/16102'])
  const response = await ask(app, '/api/briefs/16102.pdf')
  expect(response.headers.get('content-type')).toBe('application/pdf')
  const pdf = Buffer.from(await response.arrayBuffer())
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
})

test.each(['json', 'html', 'pdf', 'csv', 'xlsx', 'ods'])(
  'an unknown town hall has no sheet: %s',
  async format => {
    for (const insee of ['16999', '99999', 'cognac']) {
      const response = await ask(app, `/api/briefs/${insee}.${format}`)
      expect(response.status).toBe(404)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      expect(await jsonOf<object>(response)).toMatchObject({ code: 'town-hall-not-found', insee })
    }
  },
)

test('every form is documented, with its refusal', async () => {
  const { paths } = await jsonOf<{ paths: Record<string, { get: { responses: object } }> }>(
    await ask(app, '/openapi.json'),
  )
  for (const format of ['json', 'html', 'pdf', 'csv', 'xlsx', 'ods']) {
    expect(Object.keys(paths[`/api/briefs/{insee}.${format}`]?.get.responses ?? {})).toEqual(
      expect.arrayContaining(['200', '404']),
    )
  }
  for (const format of ['json', 'html', 'pdf', 'ods', 'xlsx'])
    expect(Object.keys(paths[`/api/reports/committee/{year}.${format}`]?.get.responses ?? {})).toEqual(
      expect.arrayContaining(['200', '404']),
    )
  expect(paths['/api/briefs.zip']?.get.responses).toHaveProperty('404')
})

test('a sheet is also a page and spreadsheets', async () => {
  const page = await (await ask(app, '/api/briefs/16102.html')).text()
  expect(page).toContain('Trois choses à retenir')
  const csv = await (await ask(app, '/api/briefs/16102.csv')).text()
  expect(csv).toContain('16102;Cognac;demandes attendues;2027-Q1;estimated')
  for (const format of ['xlsx', 'ods'])
    expect((await ask(app, `/api/briefs/16102.${format}`)).status).toBe(200)
  expect((await ask(app, '/api/briefs/16999.html')).status).toBe(404)
})
