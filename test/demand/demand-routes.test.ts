import { afterAll, beforeAll, expect, test } from 'vitest'
import { importFile } from '../../src/imports/import-queries.ts'
import { addMonths } from '../../src/pure/calendar/period.ts'
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
  run: { id: string; asOf: string; version: string; seed: number }
  points: {
    quarter: string
    title: string
    mean: number
    quantiles: { p05: number; p95: number }
    parts: { renewals: number; other: number }
    status: string
    counted?: number
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

test('a month of one hall leaves its quarter, the next ones and the other halls projected; whole quarters are observed', async () => {
  const alone = await demand('/api/demand/16374?title=cni')
  const before = await demand('/api/demand/16102?title=cni&from=2026-Q4&to=2027-Q1')
  const file = 'mois;commune;titre;demandes\n2026-10;16102;cni;400\n'
  expect((await ask(app, '/api/imports?kind=applications', { method: 'POST', body: file })).status).toBe(201)
  const cognac = await demand('/api/demand/16102?title=cni')
  const at = (quarter: string) => cognac.points.find(point => point.quarter === quarter)!
  expect(at('2021-Q4')).toEqual({
    quarter: '2021-Q4',
    title: 'cni',
    mean: 2700,
    status: 'observed',
    counted: 2700,
  })
  expect(at('2026-Q4')).toMatchObject({ status: 'estimated', counted: 400 })
  expect(at('2026-Q4').mean).toBeGreaterThan(400)
  expect(at('2026-Q4').quantiles.p95).toBeGreaterThan(at('2026-Q4').mean)
  expect(at('2027-Q1').mean).toBeGreaterThan(before.points[1]!.mean / 2)
  const other = await demand('/api/demand/16374?title=cni')
  expect(other.points.map(point => point.quarter)).toEqual(alone.points.map(point => point.quarter))
  const whole = await demand('/api/demand?place=16&title=cni')
  expect(whole.points[0]?.quarter).toBe('2022-Q2')
  const said = (of: Answer) => of.explanation.find(line => line.title === 'Ce que disent ces chiffres')?.text
  expect(said(other)).toContain('jamais été éprouvée')
  expect(said(cognac)).toMatch(/s’éprouve sur 4\strimestres comptés ici/)
  expect(cognac.explanation.find(line => line.title === 'D’où elles viennent')?.text).toMatch(
    /^13 mois de cartes d’identité ont été comptés/,
  )
  expect(whole.explanation.find(line => line.title === 'D’où elles viennent')?.text).toMatch(/dans 1\smairie/)
  expect(await (await ask(app, '/demande?place=16102')).text()).toContain('estimé ensuite')
  const csv = await (await ask(app, '/api/demand.csv?place=16102&title=cni&to=2021-Q4')).text()
  expect(csv).toContain('cni;16102;2021-Q4;observed;2700;;;;')
})

test('the nation can be asked for, as of any day: what was published then, or why nothing is said', async () => {
  const now = await demand('/api/demand?place=FR')
  expect(now.points[0]?.quarter).toBe('2025-Q1')
  for (const { mean, parts } of now.points) expect(parts.renewals + parts.other).toBeCloseTo(mean, 3)
  const range = '/api/demand?place=FR&from=2022-Q1&to=2024-Q4&title=cni-passport'
  const early = await demand(`${range}&asOf=2021-12-31`)
  const later = await demand(`${range}&asOf=2022-12-31`)
  for (const { run, points } of [early, later]) {
    expect(points).toHaveLength(12)
    expect(points.every(point => point.quantiles.p05 < point.mean && point.mean < point.quantiles.p95)).toBe(
      true,
    )
    expect(run.id).not.toBe(now.run.id)
  }
  expect([early.run.asOf, later.run.asOf]).toEqual(['2021-12-31', '2022-12-31'])
  expect(early.run.id).not.toBe(later.run.id)
  expect(early.explanation.map(line => line.title)).toContain('Ce qui n’est pas connu')
  expect(later.explanation.map(line => line.title)).not.toContain('Ce qui n’est pas connu')
  const year = (of: Answer, one: string) =>
    of.points.filter(point => point.quarter.startsWith(one)).reduce((sum, point) => sum + point.mean, 0)
  expect(year(later, '2023')).toBeGreaterThan(11e6)
  expect(year(later, '2023')).toBeLessThan(16e6)
  for (const [query, said] of [
    ['asOf=1990-01-01', /n’était publié le 1er janvier 1990.*31 décembre 2007/],
    ['recordedBy=2000-01-01', /n’était enregistré ici le 1er janvier 2000/],
  ] as const) {
    const refused = await ask(app, `${range}&${query}`)
    expect([refused.status, refused.headers.get('content-type')]).toEqual([409, 'application/problem+json'])
    const { detail } = await jsonOf<{ detail: string }>(refused)
    expect(detail.replace(/\s/g, ' ')).toMatch(said)
  }
  const page = await (await ask(app, '/demande?place=FR&asOf=2022-12-31')).text()
  expect(page).toContain('Ce que l’on savait ce jour-là')
})

test('an unknown town hall is a 404 with its code', async () => {
  for (const path of ['/api/demand/16999', '/api/demand/75056', '/api/demand?place=16001']) {
    const response = await ask(app, path)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'town-hall-not-found' })
  }
})

test('of a department without a list of town halls, some are assumed: it is said, and none is told apart', async () => {
  const whole = await demand('/api/demand?place=17&title=cni-passport&from=2027-Q1&to=2027-Q4')
  const year = whole.points.reduce((sum, point) => sum + point.mean, 0)
  // 661,000 inhabitants of 68.6 million who ask for 12 to 16 million titles.
  expect(year).toBeGreaterThan(80_000)
  expect(year).toBeLessThan(220_000)
  const assumed = whole.explanation.find(line => line.title === 'Où elles se déposent')
  expect(assumed?.text.replace(/\s/g, ' ')).toMatch(/\(Charente-Maritime\) n’est importée : \d+ communes/)
  expect((await demand('/api/demand?place=16')).explanation).not.toContainEqual(
    expect.objectContaining({ title: 'Où elles se déposent' }),
  )
  const page = await (await ask(app, '/demande?place=17')).text()
  expect(page).toMatch(/<details[^>]* open[\s\S]*Aucune liste des mairies équipées/)
  const halls = await ask(appOver(database.db, { department: '17' }), '/api/staffing/town-halls')
  expect(halls.status).toBe(409)
  expect(await halls.json()).toMatchObject({
    code: 'no-projection',
    detail: expect.stringContaining('importez leur liste'),
  })
})

test('the page answers first: a verdict, the chart with today on it, then what is folded', async () => {
  const page = (await (await ask(app, '/demande?place=16374')).text()).replace(/\s/g, ' ')
  expect(page).toMatch(/fr-text--lead">[^<]+ : environ [\d ]+ demandes [^<]+ attendues au [^<]+ \(estimé/)
  const [chart, folded] = [page.indexOf('id="demande"'), page.indexOf('De quoi chaque année sera faite')]
  expect(chart).toBeGreaterThan(0)
  expect(chart).toBeLessThan(folded)
  expect(page.slice(chart, folded)).toContain('Aujourd’hui')
  expect(page).not.toMatch(/<details[^>]* open/)
  const past = await (await ask(app, '/demande?place=FR&asOf=2022-12-31')).text()
  expect(past).toMatch(/<details[^>]* open/)
})

test('quarters that hold nothing leave a page that says so, and shows all that it has', async () => {
  const response = await ask(app, '/demande?place=16102&from=2044-Q1&to=2044-Q4')
  expect([response.status, await response.text()]).toEqual([
    200,
    expect.stringMatching(/Rien n’est connu ici pour les trimestres choisis[\s\S]*2027/),
  ])
})

test.each([
  ['', 'FR', 'douze mois de décisions positives'],
  ['/16015', '', 'ne se demande pas en mairie'],
])('permits that nobody counted are refused with what they take: %s%s', async (path, place, words) => {
  const query = new URLSearchParams({ title: 'residence-renewal', ...(place && { place }) })
  const response = await ask(app, `/api/demand${path}?${query}`)
  expect([response.status, await response.text()]).toEqual([409, expect.stringContaining(words)])
})

test('licences have a demand of their own, every point assumed until a volume of the place is imported', async () => {
  const assumed = await demand('/api/demand?title=driving-licence&to=2028-Q4')
  expect(assumed.points.at(-1)?.quarter).toBe('2028-Q4')
  for (const point of assumed.points) expect(point).toMatchObject({ status: 'estimated', assumed: true })
  expect(assumed.explanation[0]?.text).toMatch(/2006, au prorata de la population/)
  const file = [
    '# type : titles-issued',
    '# source : préfecture',
    '# publié le : 2026-02-01',
    'période;lieu;titre;nombre',
    '2025;16;permis de conduire;14000',
  ].join('\n')
  const bytes = new TextEncoder().encode(file)
  await importFile(
    database.db,
    { bytes, name: 'permis.csv', defaultPlace: '16', receivedFrom: 'essai' },
    '2026-11-24',
  )
  const counted = await demand('/api/demand?title=driving-licence&to=2027-Q4')
  const width = ({ points: [first] }: Answer) => first!.quantiles.p95 / first!.quantiles.p05
  expect(counted.points[0]).toMatchObject({ assumed: false })
  expect(width(counted)).toBeLessThan(width(assumed) / 2)
  expect(counted.points.slice(1, 5).reduce((sum, point) => sum + point.mean, 0)).toBeGreaterThan(13_000)
  const registrations = await ask(app, '/api/demand?title=vehicle-registration')
  expect([registrations.status, await registrations.text()]).toEqual([
    409,
    expect.stringContaining('n’expire pas'),
  ])
  expect((await ask(app, '/api/demand/16015?title=driving-licence')).status).toBe(409)
  const lines = Array.from({ length: 30 }, (_, m) => `${addMonths('2024-01', m)};16;CIV;${2_000 + m}`)
  await importFile(
    database.db,
    {
      bytes: Buffer.from(
        `# type: titles-issued\n# source: SIV\nmois;lieu;titre;titres\n${lines.join('\n')}\n`,
      ),
      name: 'civ.csv',
      defaultPlace: '16',
      receivedFrom: 'essai',
    },
    '2026-11-24',
  )
  const continued = await demand('/api/demand?title=vehicle-registration&from=2026-Q2&to=2026-Q3')
  expect(continued.points).toMatchObject([
    { quarter: '2026-Q2', mean: 6_084, status: 'observed' },
    { quarter: '2026-Q3', status: 'estimated' },
  ])
})
