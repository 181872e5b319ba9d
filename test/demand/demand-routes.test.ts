import { afterAll, beforeAll, expect, test } from 'vitest'
import { appOver, ask, jsonOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
}, 120_000)
afterAll(() => database.close())

interface Answer {
  run: { id: string; asOf: string; version: string; seed: number }
  points: {
    quarter: string
    title: string
    mean: number
    quantiles: Record<string, number>
    parts: { renewals: number; other: number }
    status: string
  }[]
  explanation: { title: string; text: string }[]
}
const demand = async (path: string) => jsonOf<Answer>(await ask(app, path))

test('the department is the sum of its listed town halls, from the quarter after the last observation to 2033', async () => {
  const { townHalls } = await jsonOf<{ townHalls: { insee: string }[] }>(await ask(app, '/api/town-halls'))
  const whole = await demand('/api/demand?place=16')
  expect(whole.points[0]?.quarter).toBe('2022-Q2')
  expect(whole.points.at(-1)?.quarter).toBe('2033-Q4')
  const sums = new Map<string, number>()
  const shares = new Map(
    whole.points.map(({ quarter, title, parts, mean }) => [`${quarter}|${title}`, parts.renewals / mean]),
  )
  for (const { insee } of townHalls) {
    for (const { quarter, title, mean, parts } of (await demand(`/api/demand/${insee}`)).points) {
      const key = `${quarter}|${title}`
      sums.set(key, (sums.get(key) ?? 0) + mean)
      expect(parts.renewals / mean).toBeCloseTo(shares.get(key)!, 9)
      expect(parts.renewals + parts.other).toBeCloseTo(mean, 6)
    }
  }
  for (const point of whole.points) {
    expect(point.status).toBe('estimated')
    expect(Math.abs((sums.get(`${point.quarter}|${point.title}`) ?? 0) - point.mean)).toBeLessThan(1e-6)
    expect(Math.abs(point.parts.renewals + point.parts.other - point.mean)).toBeLessThan(1e-6)
  }
  const wave = whole.explanation.find(line => line.title === 'La vague de 2031')
  expect(wave?.text.replace(/\s/g, ' ')).toContain('3 août 2031')
})

test('range and title are honoured; the sum of both titles can be asked for', async () => {
  const some = await demand('/api/demand/16102?from=2022-Q2&to=2024-Q4&title=cni')
  expect(some.points).toHaveLength(11)
  expect(new Set(some.points.map(point => point.title))).toEqual(new Set(['cni']))
  const both = await demand('/api/demand/16102?from=2022-Q2&to=2022-Q2&title=cni-passport')
  const apart = await demand('/api/demand/16102?from=2022-Q2&to=2022-Q2')
  expect(both.points[0]?.mean).toBeCloseTo(
    apart.points.reduce((sum, point) => sum + point.mean, 0),
    6,
  )
})

test('the same knowledge gives the same run; an import gives a new one, and the old one is kept', async () => {
  const first = await demand('/api/demand/16102')
  expect((await demand('/api/demand/16102')).run).toEqual(first.run)
  const months = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12']
  const file = ['mois;commune;titre;demandes', ...months.map(month => `2021-${month};16102;cni;900`)].join(
    '\n',
  )
  const imported = await ask(app, '/api/imports?kind=applications', { method: 'POST', body: file })
  expect(imported.status).toBe(201)
  const second = await demand('/api/demand/16102')
  expect(second.run.id).not.toBe(first.run.id)
  expect(second.points[0]?.mean).toBeGreaterThan(first.points[0]?.mean ?? 0)
  const kept = await database.db.selectFrom('projection_run').select('id').execute()
  expect(kept.map(run => run.id)).toEqual(expect.arrayContaining([first.run.id, second.run.id]))
  await expect(
    database.db.deleteFrom('projection_run').where('id', '=', first.run.id).execute(),
  ).rejects.toThrow(/append-only/)
})

test('an unknown town hall is a 404 with its code', async () => {
  for (const path of ['/api/demand/16999', '/api/demand/75056', '/api/demand?place=16001']) {
    const response = await ask(app, path)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'town-hall-not-found' })
  }
})

test('a department without town halls says why there is no projection', async () => {
  const response = await ask(app, '/api/demand?place=17')
  expect(response.status).toBe(409)
  expect(await response.json()).toMatchObject({
    code: 'no-projection',
    detail: expect.stringContaining('importez-les'),
  })
})

test('the page says that all is estimated, and names the town', async () => {
  const page = await (await ask(app, '/demande?place=16102')).text()
  expect(page).toContain('Cognac')
  expect(page).toContain('estimé')
})
