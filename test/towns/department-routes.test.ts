import { afterAll, beforeAll, expect, test } from 'vitest'
import { importContours } from '../../src/imports/import-queries.ts'
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
  townHalls: {
    insee: string
    name: string
    population: number
    stations: number | null
    lat: number
    lon: number
    status: string
    source: object
  }[]
  expected: number | null
}

test('sixteen town halls are named of the nineteen announced; what nobody published is null', async () => {
  const { townHalls, expected } = await jsonOf<Answer>(await ask(app, '/api/town-halls'))
  expect(expected).toBe(19)
  expect(townHalls).toHaveLength(16)
  const cognac = townHalls.find(hall => hall.insee === '16102')
  expect(cognac).toMatchObject({ name: 'Cognac', population: 18_532, stations: null, status: 'confirmed' })
  expect(cognac?.lat).toBeCloseTo(45.69, 1)
  expect(townHalls.map(hall => hall.name)).toEqual(
    [...townHalls.map(hall => hall.name)].sort(new Intl.Collator('fr').compare),
  )
})

test('a department of which nothing is known has no town hall and no announced number', async () => {
  const { assumed, ...known } = await jsonOf<Answer & { assumed: Answer['townHalls'] }>(
    await ask(app, '/api/town-halls?department=17'),
  )
  expect(known).toEqual({ townHalls: [], expected: null })
  expect(assumed.every(({ status }) => status === 'assumed')).toBe(true)
})

test('the page says that three are missing, and links each sheet', async () => {
  const page = await (await ask(app, '/mairies')).text()
  expect(page).toContain('16 mairies nommées sur 19')
  expect(page).toContain('href="/mairies/16102"')
})

test('the map shows the requests of a year, estimated, above one curve and the part of each hall', async () => {
  const page = await (await ask(app, '/mairies')).text()
  expect(page).toMatch(/attendues en 2027, Charente, estimées/)
  expect(page).toMatch(/<title>Cognac\s: [\d\s]+\(estimé\)<\/title>/)
  expect(page).toMatch(/comme dans chaque mairie/)
  expect(page).toMatch(/Charente\s: \d+\s% des demandes de ses habitants en sortent/)
  const table = await (await ask(app, '/mairies?tableau=mairies-par-an&format=csv&year=2031')).text()
  expect(table.split('\n').find(line => line.startsWith('Mairie'))).toContain('Part en 2031')
  expect(await (await ask(app, '/mairies?year=2031')).text()).toMatch(/attendues en 2031, Charente, estimées/)
  const waits = await (await ask(app, '/mairies?map=wait')).text()
  expect(waits).toMatch(/<title>Cognac\s: non publié<\/title>/)
  // A wait of 2024 says nothing of today: the estimate of the day leads, as on the page of the hall.
  const row = /Angoulême<\/a>.*?<\/tr>/s.exec(page)?.[0].replace(/<[^>]+>/g, ' ') ?? ''
  expect(row).toMatch(/environ \d+\sjours\s\(\d+\sà\s\d+\)\s;\s60\sjours\s\(estimé,\sjuin\s2024\)/)
  const assumed = await (await ask(app, '/mairies?place=23')).text()
  expect(assumed).toContain('estimées ; mairies supposées équipées.')
})

test('outlines are stored whole or not at all, once, and drawn behind the discs', async () => {
  const square = [
    [-0.45, 45.6],
    [-0.2, 45.6],
    [-0.2, 45.8],
    [-0.45, 45.6],
  ]
  const file = (code: string) => ({
    bytes: new TextEncoder().encode(
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          { type: 'Feature', properties: { code }, geometry: { type: 'Polygon', coordinates: [square] } },
        ],
      }),
    ),
    name: 'communes.geojson',
    defaultPlace: '16',
    receivedFrom: 'test',
  })
  expect(await importContours(database.db, file('16999'), '2026-11-24')).toMatchObject({
    faults: [{ code: 'unknown-commune' }],
  })
  expect(await (await ask(app, '/mairies')).text()).not.toContain('fill-land')
  expect(await importContours(database.db, file('16102'), '2026-11-24')).toMatchObject({
    kind: 'contours',
    rows: 1,
    alreadyKnown: false,
  })
  expect(await importContours(database.db, file('16102'), '2026-11-24')).toMatchObject({ alreadyKnown: true })
  expect((await (await ask(app, '/mairies')).text()).match(/fill-land/g)).toHaveLength(2)
})

test('every commune of a department drawn with hundreds of vertices leaves the page light and whole', async () => {
  const communes = await database.db
    .selectFrom('place')
    .select(['code', 'lat', 'lon'])
    .where('parent', '=', '16')
    .where('kind', '=', 'commune')
    .where('merged_into', 'is', null)
    .execute()
  const circle = ({ lat, lon }: { lat: number | null; lon: number | null }) =>
    Array.from({ length: 401 }, (_, k) => {
      const angle = ((k % 400) * 2 * Math.PI) / 400
      return [lon! + 0.03 * Math.cos(angle), lat! + 0.03 * Math.sin(angle)]
    })
  const features = communes.map(commune => ({
    type: 'Feature',
    properties: { code: commune.code },
    geometry: { type: 'Polygon', coordinates: [circle(commune)] },
  }))
  expect(features.length).toBeGreaterThan(350)
  const file = {
    bytes: new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features })),
    name: 'charente.geojson',
    defaultPlace: '16',
    receivedFrom: 'test',
  }
  expect(await importContours(database.db, file, '2026-11-24')).toMatchObject({ rows: features.length })
  const answer = await ask(app, '/mairies')
  expect(answer.status).toBe(200)
  const page = await answer.text()
  expect(page).toContain('fill-land')
  expect(page.length).toBeLessThan(2_000_000)
})
