import { afterAll, beforeAll, expect, test } from 'vitest'
import { appOver, ask, jsonOf, pageOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
})
afterAll(() => database.close())

interface Quantiles {
  p05: number
  p50: number
  p95: number
}
interface Today {
  wait: { quantiles: Quantiles } | null
  firstFreeSlot: { quantiles: Quantiles } | null
  basis: {
    place: string
    period: string
    value: number
    bound: string | null
    ageDays: number
    weight: number
  }[]
  narrows: { what: string; to: { p05: number; p95: number } }[]
}
interface Projection {
  points: {
    quarter: string
    tense: string
    quantiles: Quantiles
    firstFreeSlot: { quantiles: Quantiles } | null
  }[]
  unchanged: { points: { quarter: string; quantiles: Quantiles }[] }
}
const todayOf = async (place: string) => jsonOf<Today>(await ask(app, `/api/waits/${place}/today`))

test('Charente today, on a fresh base: between 8 and 40 days, with what it rests on', async () => {
  const { wait, basis, narrows } = await todayOf('16')
  expect(wait!.quantiles.p50).toBeGreaterThan(8)
  expect(wait!.quantiles.p50).toBeLessThan(40)
  expect(wait!.quantiles.p05).toBeLessThan(wait!.quantiles.p50)
  expect(basis.reduce((sum, one) => sum + one.weight, 0)).toBeLessThanOrEqual(1 + 1e-9)
  expect(basis.some(one => one.place === '16' && one.period === '2022-Q1' && one.value === 78)).toBe(true)
  expect(basis.some(one => one.bound === 'at-most')).toBe(true)
  expect(basis.every(one => one.ageDays > 0)).toBe(true)
  const own = narrows.find(one => one.what === 'own-month')!
  expect(own.to.p95 / own.to.p05).toBeLessThan(2.5)
})

test('Angoulême, June 2024, as of 30 April 2022: the 60 days that came are inside both bands', async () => {
  const { points } = await jsonOf<Projection>(
    await ask(app, '/api/waits/16015/projection?asOf=2022-04-30&quarters=12'),
  )
  const second = points.find(point => point.quarter === '2024-Q2')!
  const slot = second.firstFreeSlot!.quantiles
  expect(slot.p05).toBeLessThan(60)
  expect(slot.p95).toBeGreaterThan(60)
  expect(points[0]).toMatchObject({ quarter: '2022-Q2', tense: 'present' })
})

test('a closure announced is waited through, and its correction gives back the wait of before', async () => {
  const medians = async () =>
    (await jsonOf<Projection>(await ask(app, '/api/waits/16374/projection'))).points.map(
      ({ quantiles }) => quantiles.p50,
    )
  const send = async (head: string, row: string) => {
    const body = `# source : Mairie de Soyaux\n${head}commune;du;au;motif\n16374;${row};congés\n`
    const headers = { 'content-type': 'text/csv' }
    const answer = await ask(app, '/api/imports?kind=closures', { method: 'POST', body, headers })
    expect(answer.status).toBe(201)
    return jsonOf<{
      effect: { projections: { place: string; what: string; reasons: { code: string }[] }[] }
    }>(answer)
  }
  const before = await medians()
  const { effect } = await send('', '2027-04-05;2027-12-31')
  expect(effect.projections).toMatchObject([
    { place: '16374', what: 'wait-in-a-year', reasons: [{ code: 'closures' }] },
  ])
  const closed = await medians()
  expect(closed[0]).toBe(before[0])
  expect(closed[2]! / before[2]!).toBeGreaterThan(5)
  await send('# nature : correction\n# motif : erreur de saisie sur la fin\n', '2027-04-05;2027-04-05')
  const after = await medians()
  expect(after[2]! - before[2]!).toBeLessThan(3)
})

test('a projection starts at the present quarter, tells the past as an estimate, and ends in 2033', async () => {
  const { points, unchanged } = await jsonOf<Projection>(
    await ask(app, '/api/waits/FR/projection?from=2022-Q2&quarters=40'),
  )
  expect(points[0]!.tense).toBe('past')
  // A quarter is told at its end: published for May 73 to 90 days, for July 100.
  expect(points[0]!.quantiles.p05).toBeGreaterThan(50)
  expect(points[0]!.quantiles.p95).toBeLessThan(130)
  expect(points.at(-1)!.quarter <= '2033-Q4').toBe(true)
  expect(unchanged.points).toHaveLength(2)
  expect(Math.min(...points.map(point => point.quantiles.p05))).toBeGreaterThanOrEqual(1)
  expect(Math.max(...points.map(point => point.quantiles.p95))).toBeLessThanOrEqual(730)
})

test('one value of last month narrows Charente to a factor of 2.5 in all', async () => {
  const text = [
    '# type : appointment-waits',
    '# source : Préfecture',
    'période;lieu;jours',
    '2026-10;16;22',
  ].join('\n')
  const sent = await ask(app, '/api/imports?kind=appointment-waits', {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'text/csv' },
  })
  expect(sent.status).toBe(201)
  const { wait, basis } = await todayOf('16')
  expect(wait!.quantiles.p95 / wait!.quantiles.p05).toBeLessThanOrEqual(2.5)
  expect(basis[0]).toMatchObject({ place: '16', period: '2026-10', value: 22 })
})

test('waits of communes that no list of halls names tell of their department, and of themselves', async () => {
  const before = await todayOf('24')
  const body = ['période;lieu;jours', '2026-10;24322;90', '2026-10;24037;80', '2026-10;24520;85'].join('\n')
  const sent = await ask(app, '/api/imports?kind=appointment-waits&source=Mairies', { method: 'POST', body })
  expect(sent.status).toBe(201)
  const { wait, basis } = await todayOf('24')
  expect(
    basis
      .slice(0, 3)
      .map(one => one.place)
      .sort(),
  ).toEqual(['24037', '24322', '24520'])
  expect(wait!.quantiles.p05).toBeGreaterThan(before.wait!.quantiles.p50)
  const bergerac = await todayOf('24037')
  expect(bergerac.basis[0]).toMatchObject({ place: '24037', value: 80 })
  expect(bergerac.firstFreeSlot).not.toBeNull()
  const page = await pageOf(await ask(app, '/rendez-vous?place=24037', { headers: { accept: 'text/html' } }))
  expect(page).toMatch(/dernière valeur de la mairie\s: 80\sjours d’attente, octobre\s2026/)
})

test('a commune without a station and an unknown place are refused', async () => {
  expect((await ask(app, '/api/waits/16001/today')).status).toBe(404)
  for (const asked of [
    '16/projection?quarters=0',
    '16/projection?asOf=2031-01-01',
    '16/projection?from=1990-Q1',
    '16/projection.csv?from=2034-Q1',
    '24/today?asOf=2031-01-01',
  ])
    expect((await ask(app, `/api/waits/${asked}`)).status).toBe(400)
  // What begins before the first value published is told from there on.
  const { points } = await jsonOf<{ points: { quarter: string }[] }>(
    await ask(app, '/api/waits/16/projection?from=2010-Q1&quarters=40'),
  )
  expect(points.length).toBeLessThan(40)
  expect(points.at(-1)!.quarter).toBe('2019-Q4')
})

test('the last value of a hall is a bound where no slot was found on its days', async () => {
  const file = [
    '# type : appointment-waits',
    '# source : Relevé',
    '# document : Aucun créneau',
    '# publié le : 2026-11-23',
    'jour du relevé;lieu;jours;horloge;statistique;unité;statut',
    ...[3, 13, 23].map(
      day =>
        `2026-11-${String(day).padStart(2, '0')};16102;181;first-free-slot;minimum;calendar-day;censored`,
    ),
    '',
  ].join('\n')
  const sent = await ask(app, '/api/imports', {
    method: 'POST',
    body: file,
    headers: { 'content-type': 'text/csv' },
  })
  expect(sent.status).toBe(201)
  const page = await (await ask(app, '/rendez-vous?place=16102', { headers: { accept: 'text/html' } })).text()
  const told = page.replace(/[\u00a0\u202f]/g, ' ').match(/dernière valeur de la mairie : [^<,]*/g)
  expect(told).toEqual(['dernière valeur de la mairie : au moins 181 jours'])
})

const readings = (rows: readonly string[], document: string, publishedOn = '2026-11-24') =>
  ask(app, '/api/imports', {
    method: 'POST',
    body: [
      '# type : appointment-waits',
      '# source : Relevé',
      `# document : ${document}`,
      `# publié le : ${publishedOn}`,
      'jour du relevé;lieu;jours;horloge;statistique;unité;statut',
      ...rows,
      '',
    ].join('\n'),
    headers: { 'content-type': 'text/csv' },
  })
const slot = (day: string, hall: string, days: number) =>
  `${day};${hall};${days};first-free-slot;minimum;calendar-day;observed`

test('a slot read this morning is told as read, whatever the days before it', async () => {
  const before = ['02', '05', '06', '09', '12'].map(day => slot(`2026-11-${day}`, '16102', 85))
  expect((await readings(before, 'Jours d’avant', '2026-11-12')).status).toBe(201)
  expect((await readings([slot('2026-11-24', '16102', 20)], 'Ce matin')).status).toBe(201)
  const { firstFreeSlot, wait, basis } = await todayOf('16102')
  const read = basis.find(one => one.period === '2026-11-24')!
  expect(read).toMatchObject({ place: '16102', value: 20, bound: null, ageDays: 0 })
  expect(read.weight).toBeGreaterThan(0)
  expect(firstFreeSlot!.quantiles.p50).toBeGreaterThan(20 / 1.5)
  expect(firstFreeSlot!.quantiles.p50).toBeLessThan(20 * 1.5)
  expect(wait!.quantiles.p50).toBeGreaterThan(firstFreeSlot!.quantiles.p50)
  expect(basis.some(one => one.period === '2026-11' && one.bound === 'at-least')).toBe(true)
  for (const address of ['/rendez-vous?place=16102', '/mairies/16102', '/api/briefs/16102.json']) {
    const answer = await ask(app, address, {
      headers: { accept: address.startsWith('/api') ? 'application/json' : 'text/html' },
    })
    expect(answer.status, address).toBe(200)
    const page = await answer.text()
    expect(page.replace(/[\u00a0\u202f]/g, ' ')).toMatch(/lu aujourd’hui/)
    expect(page).not.toMatch(/Personne n’a publié celle/)
  }
})

test('a value of a quarter that is not over is told of the day on which it was published', async () => {
  const sent = await ask(app, '/api/imports?kind=appointment-waits&source=Mairies', {
    method: 'POST',
    body: ['période;lieu;jours', '2026-T4;87085;44'].join('\n'),
  })
  expect(sent.status).toBe(201)
  const { wait, basis } = await todayOf('87085')
  expect(basis[0]).toMatchObject({ place: '87085', value: 44, ageDays: 0 })
  expect(wait!.quantiles.p50).toBeGreaterThan(44 / 1.5)
  expect(wait!.quantiles.p50).toBeLessThan(44 * 1.5)
})
