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

test('a sheet is told again as of a past day, beside what was published since', async () => {
  const brief = await jsonOf<{
    asOf: string
    lastPublishedOn: string
    remember: { text: string }[]
    since: { place: string; days: number; publishedOn: string; said: { low90: number | null } | undefined }[]
  }>(await ask(app, '/api/briefs/16015.json?asOf=2022-05-03'))
  expect(brief.asOf).toBe('2022-05-03')
  expect(brief.lastPublishedOn < '2022-05-03').toBe(true)
  expect(brief.remember[0]?.text).toContain('ce jour-là')
  const [later] = brief.since
  expect(later).toMatchObject({ place: '16015', days: 60, publishedOn: '2024-11-07' })
  expect(later?.said?.low90).toBeGreaterThan(0)
  const page = await (await ask(app, '/mairies/16015?asOf=2022-05-03')).text()
  expect(page).toMatch(/Ce qui aurait été dit le 3\s+mai\s+2022/)
  expect(page).toContain('/api/briefs/16015.pdf?asOf=2022-05-03')
  expect((await ask(app, '/mairies/16015?asOf=demain')).status).toBe(400)
  expect((await ask(app, '/api/briefs/16015.json?asOf=demain')).status).toBe(400)
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
