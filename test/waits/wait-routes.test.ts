import { afterAll, beforeAll, expect, test } from 'vitest'
import { latestWaits } from '../../src/places/town-hall-queries.ts'
import type { GrainedSeries } from '../../src/pure/figures/grained-series.ts'
import type { QuarterlySeries } from '../../src/pure/figures/quarterly-series.ts'
import { waitFacts } from '../../src/waits/wait-now-queries.ts'
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
    'jour;lieu;jours;horloge;statistique',
    ...rows.map(row => (row.split(';').length > 3 ? row : `${row};premier créneau;`)),
  ].join('\n')
  const response = await ask(app, '/api/imports?kind=appointment-waits', {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'text/csv' },
  })
  expect(response.status).toBe(201)
}

test('waits read day by day make the quarter of the hall, until a day is corrected', async () => {
  await imported([...daily(day => day), '2025-03-30;16102;300;premier créneau;p90'])
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

test('a percentile is no wait', async () => {
  expect((await latestWaits(database.db, ['16102'])).get('16102')?.days).not.toBe(300)
  expect((await waitFacts(database.db, ['16102'], {})).map(one => one.days)).not.toContain(300)
})

test('the page shows both published values and says which one is in force', async () => {
  const page = await (await ask(app, '/rendez-vous')).text()
  expect(page).toContain('plusieurs valeurs publiées')
  expect(page).toContain('en vigueur')
})

test('the page answers first: today, in a year, and nothing of a frozen capacity', async () => {
  const page = await (await ask(app, '/rendez-vous')).text()
  const answer = page.indexOf('Dans un an')
  expect(answer).toBeGreaterThan(0)
  expect(answer).toBeLessThan(page.indexOf('Sur quoi repose l’estimation'))
  expect(page).toContain('Aujourd’hui')
  const sentence = /fr-text--lead">([^<]+)</.exec(page)?.[1] ?? ''
  expect(sentence).toContain('d’attente aujourd’hui')
  expect(page.replace(/<head>.*<\/head>/s, '').split(sentence)).toHaveLength(2)
  expect(page).not.toMatch(/<details[^>]* open/)
  const asked = await (await ask(app, '/rendez-vous?from=2021-Q3&to=2021-Q4')).text()
  expect(asked).toMatch(/<details[^>]* open[^>]*><summary><h2>Ce qui est publié/)
  expect(page).not.toContain('À créneaux inchangés')
  const replayed = await (await ask(app, '/rendez-vous?asOf=2022-05-03')).text()
  expect(replayed).toMatch(/d’attente le 3\smai\s2022/)
  expect(replayed).not.toContain('Aujourd’hui')
})

test('the nation gives every value of the base, in months, bounds told as such', async () => {
  const { series } = await jsonOf<{ series: GrainedSeries[] }>(
    await ask(app, '/api/waits?place=FR&from=2019-Q1&to=2025-Q4'),
  )
  const points = series.flatMap(one => one.points)
  expect(points.length).toBeGreaterThanOrEqual(18)
  expect(points.every(point => point.grain === 'month' && point.quarter === null)).toBe(true)
  expect(points.find(point => point.period === '2025-01')).toMatchObject({ days: 7, status: 'at-most' })
})

test('years of the nation’s delays are told where no quarter is', async () => {
  const { series } = await jsonOf<{ series: GrainedSeries[] }>(
    await ask(app, '/api/delays?place=FR&title=driving-licence'),
  )
  expect(series[0]?.points.map(({ period, days, grain }) => [period, days, grain])).toEqual([
    ['2022', 41, 'year'],
    ['2023', 46, 'year'],
    ['2024', 23, 'year'],
  ])
})
