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

interface Answer {
  records: { title: string; horizon: number; model: { claims: number; wapePct: number } }[]
  scores: { place: string; quarter: string; said: number; came: number; horizon: number }[]
}

test('nothing has been judged on the first day, and the page says what would change that', async () => {
  expect(await jsonOf<Answer>(await ask(app, '/api/track-record'))).toMatchObject({ records: [], scores: [] })
  expect(await (await ask(app, '/fiabilite')).text()).toContain(
    'Aucune projection n’a encore rencontré les faits',
  )
})

test('a projection kept before the facts is judged when they are imported', async () => {
  await ask(app, '/api/demand/16102')
  const file = [
    'mois;commune;titre;demandes',
    ...['04', '05', '06'].map(month => `2022-${month};16102;cni;300`),
  ]
  await ask(app, '/api/imports?kind=applications', { method: 'POST', body: file.join('\n') })
  const { records, scores } = await jsonOf<Answer>(await ask(app, '/api/track-record'))
  expect(scores).toHaveLength(1)
  expect(scores[0]).toMatchObject({ place: '16102', quarter: '2022-Q2', came: 900, horizon: 0 })
  expect(records[0]?.model.claims).toBe(1)
  expect(await (await ask(app, '/fiabilite')).text()).toContain('Cognac')
})

test('the engine is put back at the ends of past years on a fresh base, and the page gives a verdict', async () => {
  const { hindcast } = await jsonOf<{
    hindcast: {
      asOf: string
      year: number
      title: string
      errorPct: number
      within: boolean
      hindsight: string[]
    }[]
  }>(await ask(app, '/api/track-record'))
  const of2022 = hindcast.find(
    row => row.asOf === '2021-12-31' && row.title === 'cni-passport' && row.year === 2022,
  )
  expect(Math.abs(of2022?.errorPct ?? 100)).toBeLessThan(10)
  expect(of2022?.within).toBe(true)
  expect(of2022?.hindsight).toContain('cardGrowth')
  const page = await (await ask(app, '/fiabilite')).text()
  expect(page).toContain('Depuis la fin de 2021, le modèle se trompe de')
  expect(page).toContain('déduit, 13,3 à 16,0')
  // A chart is shown alone too, in a meeting or on another site.
  expect(page).toMatch(/<p class="plate-source">Source\s: [^<]*\(page Fiabilité\)/)
  expect(page).not.toMatch(/plate-source">[^<]*tableau qui suit/)
})

test('the wait of the nation is put back on each day too, on a fresh base, with a verdict', async () => {
  const { waits } = await jsonOf<{
    waits: { leads: { lead: string; logError: number; coverage90: number }[] }
  }>(await ask(app, '/api/track-record'))
  expect(waits.leads.map(row => row.lead)).toEqual(['1-3', '4-8', '9-15', '16-27'])
  for (const row of waits.leads) expect(row.coverage90).toBeGreaterThanOrEqual(0.85)
  const page = await (await ask(app, '/fiabilite')).text()
  expect(page).toContain('Connaissant seulement ce qui était publié')
})

test('a wait told on a page is kept, and judged when a later month is imported', async () => {
  const kept = async () => {
    const { waits } = await jsonOf<{
      waits: { kept: { pairs: { place: string; run: string; month: string; came: number; said: number }[] } }
    }>(await ask(app, '/api/track-record'))
    return waits.kept.pairs
  }
  expect((await ask(app, '/rendez-vous')).status).toBe(200)
  expect(await kept()).toEqual([])
  const body = '# type : appointment-waits\n# source : Préfecture\npériode;lieu;jours\n2026-10;16;22'
  await ask(app, '/api/imports?kind=appointment-waits', { method: 'POST', body })
  const pairs = await kept()
  expect(pairs).toHaveLength(1)
  expect(pairs[0]).toMatchObject({ place: '16', month: '2026-10', came: 22, bound: false, clock: 'wait' })
  const run = await database.db
    .selectFrom('wait_run')
    .selectAll()
    .where('id', '=', pairs[0]!.run)
    .executeTakeFirstOrThrow()
  expect(run.place).toBe('16')
  expect(run.last_month < '2026-10').toBe(true)
  // What was known when the fact came is another run; the same day gives the same one.
  for (const path of ['/rendez-vous', '/api/waits/16/projection', '/rendez-vous']) await ask(app, path)
  expect(
    await database.db.selectFrom('wait_run').select('id').where('place', '=', '16').execute(),
  ).toHaveLength(2)
  expect(await (await ask(app, '/fiabilite')).text()).toContain('C’est trop peu pour conclure')
})
