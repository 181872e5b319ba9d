import { afterAll, beforeAll, expect, test } from 'vitest'
import type { QuarterlySeries } from '../../src/pure/figures/quarterly-series.ts'
import { appOver, ask, jsonOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
})
afterAll(() => database.close())

test('Charente’s waits, with both values of the third quarter of 2021', async () => {
  const response = await ask(app, '/api/waits?place=16&from=2021-Q1&to=2022-Q1')
  const { series } = await jsonOf<{ series: QuarterlySeries[] }>(response)
  const points = series[0]?.points ?? []
  expect(points.map(point => point.days)).toEqual([19, 33, 40, 41, 78])
  expect(points[2]?.conflicts.map(conflict => conflict.days)).toEqual([39])
  expect(points[2]?.conflicts[0]?.source.publishedOn).toBe('2022-04-13')
  expect(points.map(point => point.impliedOverloadPct?.toFixed(1))).toEqual([
    undefined,
    '15.5',
    '7.7',
    '1.1',
    '40.7',
  ])
})

test('a town hall’s own waits are asked for by its INSEE code', async () => {
  const response = await ask(app, '/api/waits?place=16015')
  expect(response.status).toBe(200)
})

const daily = (wait: (day: number) => number) =>
  ['2025-01', '2025-02', '2025-03'].flatMap(month =>
    Array.from({ length: 28 }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')};16015;${wait(i + 1)}`),
  )
const imported = async (rows: readonly string[], head: readonly string[] = []) => {
  const text = [
    '# type : appointment-waits',
    '# source : Angoulême',
    ...head,
    'jour;lieu;jours;horloge',
    ...rows.map(row => `${row};premier créneau`),
  ].join('\n')
  const response = await ask(app, '/api/imports?kind=appointment-waits', {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'text/csv' },
  })
  expect(response.status).toBe(201)
}

test('waits read day by day make the quarter of the hall, until a day is corrected', async () => {
  await imported(daily(day => day))
  const answer = () =>
    ask(app, '/api/waits?place=16015&includeHistory=true').then(response =>
      jsonOf<{ series: QuarterlySeries[]; notices: { period: string }[]; history: object[] }>(response),
    )
  const before = await answer()
  expect(before.series[0]?.points).toMatchObject([
    { quarter: '2025-Q1', days: 14.5, method: 'mean-of-days', status: 'derived', clock: 'first-free-slot' },
  ])
  expect(before.series[0]?.points[0]?.source.locator).toBe('84 relevés quotidiens')
  await imported(['2025-03-28;16015;112'], ['# nature : correction', '# motif : mal lu'])
  const after = await answer()
  expect(after.series[0]?.points[0]?.days).toBeCloseTo(15.5, 12)
  expect(after.notices).toMatchObject([{ period: '2025-03-28' }])
  expect(after.history).toHaveLength(before.history.length + 1)
  const page = await (await ask(app, '/rendez-vous?place=16015')).text()
  expect(page).toContain('Attente relevée jour par jour')
  expect(page).toMatch(/28\smars\s2025/)
})

test('the last day read is the last wait of the hall', async () => {
  const page = await (await ask(app, '/usagers')).text()
  expect(page).toMatch(/28\smars\s2025/)
})

test('the page shows both published values and says which one is in force', async () => {
  const page = await (await ask(app, '/rendez-vous')).text()
  expect(page).toContain('plusieurs valeurs publiées')
  expect(page).toContain('en vigueur')
})

test('a projection that starts in the past lists, before its numbers, what was decided since', async () => {
  const page = await (await ask(app, '/rendez-vous')).text()
  const notice = page.indexOf('Ce qui a changé depuis')
  expect(notice).toBeGreaterThan(0)
  expect(notice).toBeLessThan(page.indexOf('À créneaux inchangés'))
  expect(page.slice(notice, notice + 600)).toMatch(
    /4\smai\s2022\s:\sPlan d’urgence\s: 400 dispositifs de recueil de plus/,
  )
})
