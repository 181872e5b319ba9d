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
  expect(await jsonOf<Answer>(await ask(app, '/api/town-halls?department=17'))).toEqual({
    townHalls: [],
    expected: null,
  })
})

test('the page says that three are missing, and links each sheet', async () => {
  const page = await (await ask(app, '/mairies')).text()
  expect(page).toContain('16 mairies nommées sur 19')
  expect(page).toContain('href="/mairies/16102"')
})
