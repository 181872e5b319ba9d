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

interface Change {
  name: string
  year: number
  department: { before: number; after: number }
  halls: {
    insee: string
    requestsBefore: number
    requestsAfter: number
    change: number
    wait: { before: number; after: number } | null
  }[]
}

test('if Jarnac opens a station in March 2027, its neighbours lose what it takes', async () => {
  const found = await jsonOf<Change>(
    await ask(app, '/api/hall-changes?commune=16167&change=open&from=2027-03&stations=1'),
  )
  expect(found).toMatchObject({ name: 'Jarnac', year: 2028 })
  const { before, after } = found.department
  expect(Math.abs(after - before)).toBeLessThan(1e-9 * before)
  const jarnac = found.halls.find(hall => hall.insee === '16167')
  expect(jarnac).toMatchObject({ requestsBefore: 0 })
  expect(jarnac?.requestsAfter).toBeGreaterThan(1_000)
  const lost = found.halls.filter(hall => hall.insee !== '16167').map(hall => hall.change)
  // Those out of its reach lose nothing.
  expect(lost.every(change => change < 1e-9)).toBe(true)
  expect(found.halls.find(hall => hall.insee === '16102')?.change).toBeLessThan(-100)
  // Whoever loses requests waits less; a hall that was not there has no wait before.
  expect(jarnac?.wait).toBeNull()
  const waits = found.halls.flatMap(hall => hall.wait ?? [])
  expect(waits.length).toBeGreaterThan(1)
  expect(waits.every(({ before, after }) => after < before)).toBe(true)
  const past = await jsonOf<Change>(
    await ask(app, '/api/hall-changes?commune=16102&change=close&from=2024-03'),
  )
  expect(past.halls.every(({ wait }) => wait === null)).toBe(true)
  const page = await (await ask(app, '/mairies/ouverture?commune=16167&change=open&from=2027-03')).text()
  expect(page).toContain('Jarnac ouvre une station en mars 2027')
})

test('a commune elsewhere, a hall that is not equipped, a month that is none', async () => {
  expect((await ask(app, '/api/hall-changes?commune=16167&change=close&from=2027-03')).status).toBe(404)
  expect((await ask(app, '/api/hall-changes?commune=99999&from=2027-03')).status).toBe(404)
  expect((await ask(app, '/api/hall-changes?commune=16102&from=2027')).status).toBe(400)
  const page = await (await ask(app, '/mairies/ouverture?commune=16102&change=offer&from=demain')).text()
  expect(page).toContain('Écrivez un mois')
  // What an equipped hall is asked without a word is to offer more: it cannot open a second time.
  const same = await (await ask(app, '/mairies/ouverture?commune=16102&from=2027-03')).text()
  expect(same).toContain('Cognac change ses horaires ou ses stations en mars 2027')
})
