import { afterAll, beforeAll, expect, test } from 'vitest'
import { toldHall, toldHalls, townHall } from '../../src/places/town-hall-queries.ts'
import { appOver, ask, jsonOf, pageOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
})
afterAll(() => database.close())

test('where no list is imported the halls are assumed, where one is they are those known', async () => {
  const { db } = database
  const corsica = await toldHalls(db, '2A')
  expect(corsica.length).toBeGreaterThan(4)
  expect(corsica.every(({ status }) => status === 'assumed')).toBe(true)
  expect((await toldHall(db, '2A004'))?.name).toBe('Ajaccio')
  expect(await townHall(db, '2A004')).toBeUndefined()
  // Paris 1er before Paris 2e before Paris 10e.
  expect((await toldHalls(db, '75')).map(({ insee }) => insee)).toEqual(
    Array.from({ length: 20 }, (_, n) => String(75101 + n)),
  )
  expect((await toldHalls(db, '16')).some(({ status }) => status === 'assumed')).toBe(false)
  // A commune of a listed department is no hall because its people are many.
  expect(await toldHall(db, '16001')).toBeUndefined()
})

test.each([
  ['2A', '2A004', 'Ajaccio'],
  ['974', '97411', 'Saint-Denis'],
  ['63', '63113', 'Clermont-Ferrand'],
])('a mayor of %s reads the halls assumed, then three facts of %s', async (department, insee, name) => {
  const list = await pageOf(await ask(app, `/mairies?place=${department}`))
  expect(list).toMatch(/mairies supposées, aucune connue/)
  expect(list).toMatch(/novembre 2024\s: 3\s460\scommunes/)
  expect(list).toMatch(new RegExp(`${name} \\(supposée\\)</a>`))
  expect(list).toMatch(/environ \d+\sjours \(\d+\sà\s\d+\)/)
  expect(list).toMatch(/«\sEnviron\s»\s: attente estimée aujourd’hui, médiane puis 9\schances\ssur\s10/)
  expect(list).not.toContain('n. d.')
  const page = await ask(app, `/mairies/${insee}?place=${department}`)
  expect(page.status).toBe(200)
  const text = await pageOf(page)
  expect(text).toMatch(new RegExp(`${name}\\s: mairie supposée équipée`))
  expect(text).toMatch(/Demandes attendues en\s2027/)
  expect(text).toMatch(/Ce qui aiderait le plus\s: /)
  expect(text).not.toContain('/api/kits/')
  expect(text).not.toContain(`/mairies/${insee}/kit`)
})

test('the wait of a hall is the same on the list and on its page', async () => {
  const list = await pageOf(await ask(app, '/mairies?place=2A'))
  const row = /Ajaccio \(supposée\)<\/a>.*?environ (\d+)/s.exec(list)
  const { wait } = await jsonOf<{ wait: { quantiles: { p50: number } } }>(
    await ask(app, '/api/waits/2A004/today'),
  )
  expect(Number(row?.[1])).toBe(Math.round(wait.quantiles.p50))
})

test('programs tell those assumed from those known', async () => {
  const { townHalls, assumed } = await jsonOf<{ townHalls: object[]; assumed: { status: string }[] }>(
    await ask(app, '/api/town-halls?department=2A'),
  )
  expect(townHalls).toEqual([])
  expect(assumed[0]).toMatchObject({ status: 'assumed', stations: null })
  expect(await jsonOf(await ask(app, '/api/town-halls'))).toMatchObject({ assumed: [] })
})

test('a code of Corsica in small letters leads to its address', async () => {
  for (const path of [
    '/mairies/2A004',
    '/api/demand/2A004?from=2027-Q1',
    '/reunion/2A',
    '/api/briefs/2A004.pdf',
  ]) {
    const answer = await ask(app, path.replace('2A', '2a'))
    expect([answer.status, answer.headers.get('location')], path).toEqual([308, path])
  }
  expect((await ask(app, '/api/town-halls?department=2a')).status).toBe(200)
  expect((await ask(app, '//example.org/2a')).headers.get('location')).toBeNull()
})

test('no sheet, kit or pack for a mayor who may have no station: the refusal says what to do instead', async () => {
  for (const path of ['/api/briefs/2A004.pdf', '/mairies/2A004/kit', '/api/briefs.zip?department=2A']) {
    const answer = await ask(app, path)
    expect(answer.status, path).toBe(404)
    expect(await answer.text(), path).toMatch(/mairie supposée\. Importez la liste/)
  }
  expect(await (await ask(app, '/usagers?place=2A&ville=Ajaccio')).text()).not.toContain('/mairies/2A004')
})
