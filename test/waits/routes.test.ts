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
