import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFrenchNumber } from '../../src/pure/french/french-number.ts'
import { appOver, ask, jsonOf, pageOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

// One figure for one cause: lists, pages, sheets, exports and programs tell the same of a hall.
let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
const json = async <T>(path: string) => jsonOf<T>(await ask(app, path))
const words = async (path: string) =>
  (await pageOf(await ask(app, path, { headers: { accept: 'text/html' } })))
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
/** The lines of a French CSV file under its header, by name of column. */
const lines = async (path: string) => {
  const rows = (await (await ask(app, path)).text())
    .replace('\uFEFF', '')
    .split(/\r?\n/)
    .map(row => row.split(';'))
  const header = rows.findIndex(row => row.some(cell => cell.toLowerCase() === 'trimestre'))
  return rows
    .slice(header + 1)
    .map(row => Object.fromEntries(row.map((cell, i) => [rows[header]![i]?.toLowerCase(), cell])))
}
const toOneDecimal = (text: string | undefined, value: number) =>
  expect(Math.abs(readFrenchNumber(text ?? '')! - value)).toBeLessThanOrEqual(0.05 + 1e-9)

interface Point {
  title: string
  quarter: string
  mean: number
}
interface Quantiles {
  p05: number
  p50: number
  p95: number
}
interface Sheet {
  wait: {
    projection: {
      today: { median: number; low90: number; high90: number }
      quarters: { quarter: string; medianDays: number }[]
    }
  }
  demand: { years: { year: number; mean: number; low90: number; high90: number }[]; next: { mean: number } }
  grant: {
    outlook: { requests: Quantiles & { mean: number }; levels: { probability: number }[] }
    words: string
  }
}

beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
  const send = async (kind: string, body: string) => {
    const headers = { 'content-type': 'text/csv' }
    const sent = await ask(app, `/api/imports?kind=${kind}`, { method: 'POST', body, headers })
    expect(sent.status, await sent.clone().text()).toBe(201)
  }
  const halls = ['97411;4', '97416;3', '97415;2', '79191;4', '79049;1', '79202;1']
  await send('town-halls', `# source : Préfecture\ncommune;stations\n${halls.join('\n')}\n`)
  const counted = ['01', '02', '03', '04', '05', '06'].map(
    month => `2026-${month};97416;CNI et passeports;3100`,
  )
  await send('applications', `# source : Mairie\npériode;lieu;titre;demandes\n${counted.join('\n')}\n`)
  await send('appointment-waits', '# source : Mairie\npériode;lieu;jours\n2026-10;79049;35\n')
})
afterAll(() => database.close())

test.each([
  ['16', ['16015', '16102']],
  ['974', ['97416', '97415']],
])('of %s, halls add up to their department and say the same everywhere', async (department, some) => {
  const { townHalls } = await json<{ townHalls: { insee: string }[] }>(
    `/api/town-halls?department=${department}`,
  )
  const span = 'from=2026-Q4&to=2033-Q4'
  const whole = (await json<{ points: Point[] }>(`/api/demand?place=${department}&${span}`)).points
  const parts = await Promise.all(
    townHalls.map(
      async ({ insee }) => (await json<{ points: Point[] }>(`/api/demand?place=${insee}&${span}`)).points,
    ),
  )
  expect(whole.length).toBeGreaterThan(50)
  for (const { title, quarter, mean } of whole) {
    const halls = parts.flat().filter(one => one.title === title && one.quarter === quarter)
    expect(halls).toHaveLength(townHalls.length)
    expect(Math.abs(halls.reduce((sum, one) => sum + one.mean, 0) / mean - 1)).toBeLessThan(1e-6)
  }

  for (const insee of some) {
    const sheet = await json<Sheet>(`/api/briefs/${insee}.json`)
    const rows = await lines(`/api/briefs/${insee}.csv`)
    const page = await words(`/mairies/${insee}`)

    const { wait } = await json<{ wait: { quantiles: Quantiles } }>(`/api/waits/${insee}/today`)
    const { today, quarters } = sheet.wait.projection
    expect(today).toEqual({
      median: wait.quantiles.p50,
      low90: wait.quantiles.p05,
      high90: wait.quantiles.p95,
    })
    const days = `${Math.round(today.median)} jours`
    expect(page).toContain(days)
    expect(await words(`/rendez-vous?place=${insee}`)).toContain(`environ ${days}`)
    const meeting = await words(`/reunion/${insee}`)
    expect(
      [days, `contre ${Math.round(today.median)} aujourd’hui`].some(told => meeting.includes(told)),
    ).toBe(true)
    const { points } = await json<{ points: { quarter: string; quantiles: Quantiles }[] }>(
      `/api/waits/${insee}/projection`,
    )
    const file = await lines(`/api/waits/${insee}/projection.csv`)
    for (const { quarter, medianDays } of quarters) {
      expect(points.find(one => one.quarter === quarter)!.quantiles.p50).toBe(medianDays)
      toOneDecimal(file.find(row => row['trimestre'] === quarter)?.['médiane'], medianDays)
      const row = rows.find(one => one['mesure'] === 'attente projetée' && one['trimestre'] === quarter)
      toOneDecimal(row?.['valeur'], medianDays)
    }

    const asked = (await json<{ points: Point[] }>(`/api/demand?place=${insee}&title=cni-passport&${span}`))
      .points
    const demands = await lines(`/api/demand.csv?place=${insee}&title=cni-passport&${span}`)
    for (const { quarter, mean } of asked) {
      toOneDecimal(demands.find(row => row['trimestre'] === quarter)?.['moyenne'], mean)
      const row = rows.find(one => one['mesure'] === 'demandes attendues' && one['trimestre'] === quarter)
      toOneDecimal(row?.['valeur'], mean)
    }
    const next = asked
      .filter(({ quarter }) => quarter.startsWith('2027'))
      .reduce((sum, { mean }) => sum + mean, 0)
    expect(sheet.demand.next.mean).toBeCloseTo(next, 6)

    // The grant of 2027 rests on the requests of 2026 that the sheet tells, band and mean.
    const grant = await json<{
      requests: Quantiles & { mean: number }
      levels: { probability: number }[]
      words: string
    }>(`/api/grants/${insee}`)
    const { outlook, words: told } = sheet.grant
    expect(grant.requests).toEqual(outlook.requests)
    expect(grant.words).toBe(told)
    expect(page).toContain(told.replace(/\s+/g, ' '))
    expect(grant.levels.map(({ probability }) => probability)).toEqual(
      outlook.levels.map(({ probability }) => probability),
    )
    const base = sheet.demand.years.find(({ year }) => year === 2026)!
    expect(outlook.requests.mean).toBe(Math.round(base.mean))
    expect(outlook.requests.p05).toBe(Math.round(base.low90))
    expect(outlook.requests.p95).toBe(Math.round(base.high90))
  }
})

test('a hall that counts both titles together is told and projected by its counts', async () => {
  type Told = Point & { status: string; quantiles?: Quantiles }
  const { points } = await json<{ points: Told[] }>(
    '/api/demand?place=97416&title=cni-passport&from=2026-Q1&to=2027-Q4',
  )
  expect(points.slice(0, 2).map(({ quarter, status, mean }) => [quarter, status, mean])).toEqual([
    ['2026-Q1', 'observed', 9_300],
    ['2026-Q2', 'observed', 9_300],
  ])
  const next = points.filter(({ quarter }) => quarter.startsWith('2027'))
  const year = next.reduce((sum, { mean }) => sum + mean, 0)
  for (const { quantiles } of next) expect(quantiles!.p95 / quantiles!.p05).toBeLessThan(1.6)
  expect(Math.abs(Math.log(year / 37_200))).toBeLessThan(0.2)
})
