import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importFile } from '../../src/imports/import-queries.ts'
import { appOver, ask, jsonOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

const TODAY = '2026-11-24'
let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
})
afterAll(() => database.close())

interface Catchment {
  requests: number
  people: number
  fromElsewhere: number
  communes: { insee: string; name: string; km: number; position: string; share: number; requests: number }[]
  department: { residents: number; leaving: number; entering: number; received: number }
}
const catchment = async (insee: string) =>
  jsonOf<Catchment>(await ask(app, `/api/town-halls/${insee}/catchment?year=2027`))
const band = async (insee: string) =>
  await jsonOf<{
    requests: { p05: number; p50: number; p95: number }
    stations: { count: number; known: boolean }
  }>(await ask(app, `/api/grants/${insee}?year=2028`))

describe('Charente before anything local is known', () => {
  test('Angoulême, Cognac and Chabanais receive what their size and their distance say', async () => {
    const [angouleme, cognac, chabanais, segonzac, barbezieux] = await Promise.all(
      ['16015', '16102', '16070', '16366', '16028'].map(catchment),
    )
    const within = (value: number | undefined, low: number, high: number) => {
      expect(value).toBeGreaterThan(low)
      expect(value).toBeLessThan(high)
    }
    within(angouleme?.requests, 13_000, 19_000)
    within(cognac?.requests, 6_500, 8_500)
    within(chabanais?.requests, 900, 1_600)
    expect(segonzac?.requests).toBeLessThan(barbezieux?.requests ?? 0)
    expect(cognac?.communes[0]).toMatchObject({ insee: '16102', name: 'Cognac' })
    expect(cognac?.communes.some(({ insee }) => insee.startsWith('17'))).toBe(true)
    // Merpins is placed in the middle of its postal code: what lies between it and Cognac is not known, nor told.
    const page = await (await ask(app, '/mairies/16102')).text()
    const [merpins, chateaubernard] = ['16217', '16089'].map(code =>
      cognac!.communes.find(({ insee }) => insee === code),
    )
    expect([merpins?.position, chateaubernard?.position]).toEqual(['postal-code', 'place'])
    expect(page).toMatch(/Châteaubernard<\/th><td[^>]*>[^<]*<\/td><td[^>]*>[^<]*3/)
    expect(page).not.toMatch(/Merpins<\/th><td[^>]*>[^<]*<\/td><td[^>]*>[^<]*km/)
    const { residents, leaving, entering, received } = cognac!.department
    expect(Math.abs(residents - leaving + entering - received)).toBeLessThan(1e-6)
    const sum = cognac!.communes.reduce((total, one) => total + one.requests, 0)
    expect(Math.abs(sum - cognac!.requests)).toBeLessThan(1e-6)
    const replay = (day: string) => ask(app, `/api/town-halls/16102/catchment?asOf=${day}`)
    expect(await jsonOf(await replay('2022-05-03'))).toMatchObject({ insee: '16102', year: 2023 })
    expect((await replay('2099-01-01')).status).toBe(400)
  })

  test('nine futures in ten of a hall lie within a factor of three', async () => {
    for (const insee of ['16015', '16102', '16070']) {
      const { requests } = await band(insee)
      expect(requests.p95 / requests.p05).toBeLessThan(3)
    }
  })

  test('a hall that nobody knows has no catchment, and no grant was published', async () => {
    expect((await ask(app, '/api/town-halls/16001/catchment')).status).toBe(404)
    expect(await jsonOf(await ask(app, '/api/town-halls/16102/grants'))).toEqual({
      insee: '16102',
      grants: [],
    })
  })
})

test('amounts typed in ten minutes tell stations and requests, and narrow what comes', async () => {
  // Two connected stations, 3,900 requests each: 19,000 + 7,800 × 1.5 × 1.93.
  const file = `# source : Légifrance
# document : Dotation pour les titres sécurisés 2024
# publié le : 2024-11-30
exercice;commune;montant
2024;16102;41 581 €
2024;16366;9500
2024;16015;144 000,50
`
  const stored = await importFile(
    database.db,
    {
      bytes: new TextEncoder().encode(file),
      name: 'dts.csv',
      kind: 'grants',
      defaultPlace: '16',
      receivedFrom: 'test',
    },
    TODAY,
  )
  expect(stored).toMatchObject({ kind: 'grants', rows: 3 })
  interface Grants {
    grants: {
      year: number
      euros: number
      requestsYear: number
      reading: string
      combinations: { stations: number }[]
    }[]
  }
  const of = async (insee: string) =>
    (await jsonOf<Grants>(await ask(app, `/api/town-halls/${insee}/grants`))).grants
  expect(await of('16366')).toEqual([
    expect.objectContaining({
      year: 2024,
      euros: 9500,
      requestsYear: 2023,
      combinations: [
        { stations: 1, connected: 1, requests: 1875, requestsFrom: 0, certifications: 0, probability: 1 },
      ],
    }),
  ])
  const [cognac] = await of('16102')
  expect(cognac?.combinations[0]).toMatchObject({ stations: 2, connected: 2, requests: 7_800 })
  const { requests } = await band('16102')
  expect(requests.p95 / requests.p05).toBeLessThan(2)
  expect((await band('16366')).stations).toEqual({ count: 1, known: true, deduced: true })
})

test('a commune that has a grant and that no list names is a hall to confirm: only equipped ones have grants', async () => {
  const send = (kind: string, body: string) =>
    ask(app, `/api/imports?kind=${kind}&source=Légifrance`, { method: 'POST', body })
  const named = async () =>
    (
      await jsonOf<{ townHalls: { insee: string; status: string; source: { publisher: string } }[] }>(
        await ask(app, '/api/town-halls?department=24'),
      )
    ).townHalls.map(({ insee, status, source }) => [insee, status, source.publisher])
  await send('grants', 'exercice;commune;montant\n2023;24520;9500\n2024;24322;18185\n2024;24037;9500\n')
  // Where no list names anybody, halls are assumed, and one amount does not make the list.
  expect(await named()).toEqual([])
  const { grants } = await jsonOf<{ grants: unknown[] }>(await ask(app, '/api/town-halls/24322/grants'))
  expect(grants).toHaveLength(1)
  const { communes, people } = await catchment('24322')
  expect(communes.length).toBeGreaterThan(1)
  expect(people).toBeGreaterThan(0)
  const page = await (await ask(app, '/mairies/24322', { headers: { accept: 'text/html' } })).text()
  expect(page).toContain('mairie supposée équipée')
  expect(page).not.toContain('Rien ne dit')
  await send('town-halls', 'commune;stations;ouverture\n24322;2;\n')
  expect(await named()).toEqual([
    ['24037', 'to-confirm', 'Légifrance'],
    ['24322', 'confirmed', 'Légifrance'],
  ])
  expect((await ask(app, '/mairies/24037')).status).toBe(200)
})
