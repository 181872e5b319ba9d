import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { delayOfDay } from '../../src/delays/delay-queries.ts'
import type { QuarterlySeries } from '../../src/pure/figures/quarterly-series.ts'
import { appOver, ask, jsonOf, pageOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
})
afterAll(() => database.close())

async function delays(query: string): Promise<QuarterlySeries[]> {
  const response = await ask(app, `/api/delays?${query}`)
  expect(response.status).toBe(200)
  return (await jsonOf<{ series: QuarterlySeries[] }>(response)).series
}

describe('the committee’s table of 2021, through the API', () => {
  test.each([
    ['cni-passport', [6, 8, 14, 26], 13.5, 13.5],
    ['vehicle-registration', [4, 4, 4, 4], 4, 4],
    ['driving-licence', [14, 31, 48, 48], 35.3, 35.25],
  ])('%s', async (title, days, printed, exact) => {
    const [series] = await delays(`place=16&from=2021-Q1&to=2021-Q4&title=${title}`)
    expect(series?.points.map(point => point.days)).toEqual(days)
    expect(series?.targetDays).toBe(14)
    expect(series?.years).toEqual([
      { year: 2021, method: 'as-published', days: printed },
      { year: 2021, method: 'mean-of-quarters', days: exact },
    ])
    expect(
      series?.points.every(point => point.status === 'observed' && point.clock === 'issued-in-period'),
    ).toBe(true)
  })

  test('residence permits: plain and decision-weighted means are both given and named', async () => {
    const [first] = await delays('place=16&from=2021-Q1&to=2021-Q4&title=residence-first')
    const [renewal] = await delays('place=16&from=2021-Q1&to=2021-Q4&title=residence-renewal')
    const year = (series: QuarterlySeries | undefined, method: string) =>
      series?.years.find(one => one.method === method)?.days
    expect(year(first, 'mean-of-months')).toBe(57.5)
    expect(year(first, 'decision-weighted')).toBeCloseTo(236_590 / 4_718, 9)
    expect(year(renewal, 'mean-of-months')).toBe(30.25)
    expect(year(renewal, 'decision-weighted')).toBeCloseTo(28.4, 1)
    expect(first?.points[0]?.days).toBeCloseTo((124 + 60 + 66) / 3, 12)
    expect(first?.points[0]?.status).toBe('derived')
  })

  test('the overload that the slope implies stands beside each quarter', async () => {
    const [series] = await delays('place=16&from=2021-Q1&to=2021-Q4&title=cni-passport')
    const overloads = series?.points.map(point => point.impliedOverloadPct)
    expect(overloads?.[0]).toBeNull()
    expect(overloads?.slice(1).map(value => Number(value?.toFixed(1)))).toEqual([2.2, 6.6, 13])
  })
})

test('asOf answers with what was published by that day', async () => {
  expect(await delays('place=16&title=cni-passport&asOf=2022-04-04')).toEqual([])
  expect(await delays('place=16&title=cni-passport&asOf=2022-04-05')).toHaveLength(1)
})

test('quarters may be written as people write them', async () => {
  const [series] = await delays('place=16&from=T2%202021&to=T3%202021&title=cni-passport')
  expect(series?.points.map(point => point.quarter)).toEqual(['2021-Q2', '2021-Q3'])
  expect(series?.years).toEqual([])
})

test('every unreadable parameter is named, under the code of the first', async () => {
  const response = await ask(app, '/api/delays?place=16&from=2021-5&title=visa')
  expect(response.status).toBe(400)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const problem = await jsonOf<{ code: string; errors: { parameter: string }[] }>(response)
  expect(problem.code).toBe('invalid-quarter')
  expect(problem.errors.map(error => error.parameter)).toEqual(['from', 'title'])
})

test('an unknown place is a refusal, not an empty answer', async () => {
  const response = await ask(app, '/api/delays?place=16999')
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ code: 'place-not-found', place: '16999' })
})

const page = async (path: string) => pageOf(await ask(app, path, { headers: { accept: 'text/html' } }))

test('the overview answers first: a verdict, each title on one scale, missed quarters with their causes', async () => {
  const text = await page('/delais?from=2021-Q1&to=2021-Q4')
  expect(text).toMatch(/l’objectif est dépassé pour 2 des 3 titres qui en ont un/)
  expect(text).toMatch(/48 ▲/)
  expect(text).toMatch(/2021\s: 35,3 \(tel que publié\s; moyenne des trimestres\)/)
  expect(text).not.toContain('35,25')
  expect(text.match(/Injection de 8/g)).toHaveLength(1)
  expect(text).toContain('href="/delais/permis-de-conduire?from=2021-Q1&amp;to=2021-Q4"')
  const words = text.slice(text.indexOf('<main')).replace(/<svg[\s\S]*?<\/svg>|<[^>]+>/g, ' ')
  expect(words.match(/\p{L}+/gu)!.length).toBeLessThan(1_500)
  expect(words.match(/\d+/g)!.length).toBeLessThan(250)
})

test('the spreadsheet of the overview holds today and the next quarter as numbers, with their bands', async () => {
  const csv = await (await ask(app, '/delais?tableau=tableau-comite&format=open.csv')).text()
  const [head, first] = csv.split('\n')
  const told = [...head!.matchAll(/(suivant[^,;]*|aujourd_hui[^,;]*)/gi)]
  expect(told).toHaveLength(6)
  expect(first).not.toMatch(/\d à \d/)
})

test('a page a title explains each quarter and projects, and an old address leads to it', async () => {
  const text = await page('/delais/permis-de-conduire?from=2021-Q1&to=2021-Q4')
  expect(text).toContain('<h1>Permis de conduire</h1>')
  expect(text).toMatch(
    /<details class="fold fold-printed on-two-sheets" open[^>]*><summary>4e\strimestre\s2021\s: 48\sjours/,
  )
  expect(text).toContain('Si l’équipe ne change pas')
  const old = await ask(app, '/delais?title=driving-licence&from=2021-Q3')
  expect(old.headers.get('location')).toBe('/delais/permis-de-conduire?from=2021-Q3')
  expect((await ask(app, '/delais/visa')).status).toBe(404)
})

test('the spreadsheet holds a row a value with its origin, decimal commas, and a mark for French spreadsheets', async () => {
  const response = await ask(app, '/api/delays.csv?place=16&title=residence-first&from=2021-Q1&to=2021-Q1')
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer())
  expect(text.startsWith('\ufeff')).toBe(true)
  expect(text).toContain('2021-Q1;83,333333')
  expect(response.headers.get('content-disposition')).toContain('delais-16.csv')
})

describe('the flow of a centre', () => {
  interface Told {
    title: string
    cert: { id: string; departments: string[] }
    assumptions: { name: string; value: number; origin: string }[]
    points: {
      period: string
      receipts: { mean: number }
      decisions: { mean: number }
      startStock: { mean: number }
      stock: { mean: number }
      stockByAge: Record<string, { mean: number }>
      forwardDelay: { p50: number; p95: number }
    }[]
  }
  const flow = async (centre: string, query: string) => {
    const response = await ask(app, `/api/certs/${centre}/flow?${query}`)
    return {
      status: response.status,
      answer: await jsonOf<Told & { code?: string; parameter?: string }>(response),
    }
  }

  test.each(['16', '974'])(
    'starts in %s from the wait and the delay that their own pages tell',
    async place => {
      const { answer } = await flow(`cert-${place}`, 'title=cni-passport&from=2027-Q1&to=2027-Q1')
      const startsAt = Object.fromEntries(answer.assumptions.map(({ name, value }) => [name, value]))
      const wait = await jsonOf<{ wait: { quantiles: { p50: number } } }>(
        await ask(app, `/api/waits/${place}/today`),
      )
      const delay = await jsonOf<{ today: { p50: number } }>(
        await ask(app, `/api/delays/projection?place=${place}&title=cni-passport`),
      )
      expect(startsAt['wait']).toBe(wait.wait.quantiles.p50)
      expect(startsAt['startDelay']).toBe(delay.today.p50)
      expect(answer.assumptions.find(({ name }) => name === 'wait')).toMatchObject({ assumed: false })
      const days = Math.round(delay.today.p50)
      // Plans are those of the department of the service.
      if (place === '16')
        expect(await page('/effectifs')).toContain(`name="startDelayDays" type="text" value="${days}"`)
      expect(await page(`/delais?place=${place}`)).toMatch(new RegExp(`environ ${days}\\s`))
      expect(await page(`/rendez-vous?place=${place}`)).toMatch(
        new RegExp(`environ ${Math.round(wait.wait.quantiles.p50)}\\s`),
      )
    },
  )

  test('licences come online, their wave of cards too, for any department', async () => {
    const { status, answer } = await flow('cert-17', 'title=driving-licence&from=2027-Q1&to=2029-Q2')
    expect(status).toBe(200)
    expect(answer.cert.departments).toEqual(['17'])
    expect(answer.assumptions.map(one => one.name)).not.toContain('slots')
    const receipts = (year: string) =>
      answer.points
        .filter(point => point.period.startsWith(year))
        .slice(0, 6)
        .reduce((sum, point) => sum + point.receipts.mean, 0)
    expect(receipts('2029')).toBeGreaterThan(1.2 * receipts('2027'))
    expect(answer.points.every(point => Number.isFinite(point.forwardDelay.p95))).toBe(true)
    // A volume that nobody counted says nothing of the delay: the team supposed keeps up, until cards come back.
    expect(answer.points[5]!.forwardDelay.p95).toBeLessThan(60)
    expect(answer.points.at(-1)!.forwardDelay.p50).toBeGreaterThan(30)
  })

  test('follows the perimeter and the team of its files, a change to come too, as known on the day', async () => {
    const perimeter = [
      'code du cert,nom du cert,titre,département,depuis',
      'la-rochelle,CERT de La Rochelle,permis de conduire,17,2020-01-01',
      'la-rochelle,CERT de La Rochelle,permis de conduire,79,2020-01-01',
      'la-rochelle,CERT de La Rochelle,CNI et passeports,86,2020-01-01',
    ]
    const team = [
      'cert,code du cert,titre,depuis,etpo,dossiers par jour et par agent',
      'CERT de La Rochelle,la-rochelle,permis de conduire,2024-01-01,"0,1",50',
      'CERT de La Rochelle,la-rochelle,permis de conduire,2027-02-01,"0,2",50',
    ]
    const apart = [
      'période,titre,lieu,jours,cible',
      'T3 2026,CNI,la-rochelle,18,9',
      'T3 2026,passeport,la-rochelle,20,9',
      'T2 2026,passeport,la-rochelle,30,12',
    ]
    const waiting = [
      'période,mesure,titre,lieu,âge des dossiers,valeur',
      '2026-10,Dossiers en stock,permis,la-rochelle,,7000',
      '2026-10,Dossiers en stock,permis,la-rochelle,7 jours au plus,1000',
      '2026-10,Dossiers en stock,permis,la-rochelle,8 à 14 jours,2000',
      '2026-10,Dossiers en stock,permis,la-rochelle,plus de 60 jours,4000',
    ]
    for (const [kind, rows] of [
      ['certs', perimeter],
      ['cert-capacity', team],
      ['issuance-delays', apart],
      ['indicators', waiting],
    ] as const) {
      const imported = await ask(
        app,
        `/api/imports?kind=${kind}&place=17&source=Pr%C3%A9fecture&publishedOn=2026-11-01`,
        {
          method: 'POST',
          headers: { 'content-type': 'text/csv' },
          body: rows.join('\n'),
        },
      )
      expect(imported.status, await imported.clone().text()).toBeLessThan(300)
    }
    const ofDay = await delayOfDay(database.db, 'la-rochelle', 'cni-passport', '2026-11-24')
    const { today, targetDays } = await jsonOf<{ today: { p50: number }; targetDays: number }>(
      await ask(app, '/api/delays/projection?place=la-rochelle&title=cni-passport'),
    )
    // Published for the third quarter: 19 days.
    expect(Math.abs(ofDay!.value - 19)).toBeLessThan(3)
    expect(ofDay).toMatchObject({ value: today.p50, targetDays: 9 })
    expect(targetDays).toBe(9)
    const query = 'title=driving-licence&from=2027-Q1&to=2027-Q1'
    const { answer } = await flow('la-rochelle', query)
    expect(answer.cert.departments.sort()).toEqual(['17', '79', '86'])
    const [january, february] = answer.points
    // Twenty working days in January and February, about four days in five at work, as plans count them.
    expect(january!.decisions.mean).toBeCloseTo(20 * 0.1 * 50 * (9.56 / 12), 6)
    expect(february!.decisions.mean).toBeCloseTo(20 * 0.2 * 50 * (9.56 / 12), 6)
    const counted = (await flow('la-rochelle', 'title=driving-licence&from=2026-Q4&to=2026-Q4')).answer
    const [november] = counted.points
    expect(november!.startStock.mean).toBeCloseTo(7_000, 9)
    const kept = 7_000 + november!.receipts.mean - november!.decisions.mean
    expect(Math.abs(november!.stock.mean - kept)).toBeLessThan(1e-9 * kept)
    const { over, upTo60 } = november!.stockByAge
    // Twenty-nine days on, all but those of one day are of a month and more; few were decided.
    expect(over!.mean).toBeGreaterThan(3_900)
    expect(upTo60!.mean).toBeCloseTo(3_000 - 1_000 / 7, 0)
    const stock = counted.assumptions.find(({ name }) => name === 'stock')
    expect(stock).toMatchObject({ value: 7_000, assumed: false })
    expect(stock!.origin).toMatch(/1\s000 de 7 jours au plus, 2\s000 de 8 à 14 jours et 4\s000 de plus de 60/)
    expect(await page('/certs?cert=la-rochelle&titre=driving-licence')).toMatch(/Stock compté, octobre\s2026/)
    const told = await page('/certs?cert=la-rochelle&titre=cni-passport')
    const stock2 = /Environ ([\d\s]+)\sdossiers en stock/.exec(told)![1]!
    expect(told.match(/<td class="number">([\d\s]+)<\/td>/g)!.join()).toContain(`>${stock2}<`)
    // What no file gives to another is examined by a centre supposed of the place, and only that.
    expect(await flow('cert-79', query)).toMatchObject({ status: 400, answer: { parameter: 'title' } })
    const left = await flow('cert-79', 'from=2027-Q1&to=2027-Q1')
    expect(left.answer).toMatchObject({
      title: 'cni-passport',
      cert: { assumed: true, titles: ['cni-passport'], departments: ['79'] },
    })
    const lead = /fr-text--lead">([^,]+),/
    expect(lead.exec(await page('/certs?cert=79&titre=cni-passport'))![1]).toContain('Deux-Sèvres')
    expect(lead.exec(await page('/certs?cert=79&titre=driving-licence'))![1]).toContain('La Rochelle')
    const served = /Lieux servis, permis de conduire<\/dt><dd>([^<]+)/
    expect(served.exec(await page('/certs?cert=la-rochelle&titre=driving-licence'))![1]).not.toContain('86')
    expect((await flow('la-rochelle', `${query}&asOf=2026-10-31`)).status).toBe(404)
    expect(await flow('la-rochelle', `${query}&stations=3`)).toMatchObject({
      status: 400,
      answer: { parameter: 'stations' },
    })
    expect(
      (await flow('cert-16', 'title=driving-licence&from=2020-Q2&to=2020-Q3&asOf=2020-05-03')).status,
    ).toBe(409)
  })

  test('follows departments that join or leave a centre, from their day on', async () => {
    const query = 'title=driving-licence&from=2027-Q1&to=2027-Q3'
    const before = (await flow('la-rochelle', query)).answer
    const rows = [
      'code du cert,nom du cert,titre,département,depuis,jusqu’au',
      'la-rochelle,CERT de La Rochelle,permis de conduire,33,2027-03-01,',
      'la-rochelle,CERT de La Rochelle,permis de conduire,79,2020-01-01,2027-06-30',
    ]
    const sent = await ask(
      app,
      '/api/imports?kind=certs&place=17&source=Arr%C3%AAt%C3%A9&publishedOn=2026-11-02',
      {
        method: 'POST',
        body: rows.join('\n'),
      },
    )
    expect(sent.status, await sent.clone().text()).toBe(201)
    const { answer } = await flow('la-rochelle', query)
    const receipts = (told: Told, month: string) =>
      told.points.find(({ period }) => period === month)!.receipts.mean
    expect(receipts(answer, '2027-02')).toBe(receipts(before, '2027-02'))
    // More people live in Gironde than in both others.
    expect(receipts(answer, '2027-03')).toBeGreaterThan(2 * receipts(before, '2027-03'))
    const season = receipts(before, '2027-07') / receipts(before, '2027-06')
    expect(receipts(answer, '2027-07')).toBeLessThan(0.9 * season * receipts(answer, '2027-06'))
    const { origin, value } = answer.assumptions.find(({ name }) => name === 'requests')!
    expect(value).toBe(before.assumptions.find(({ name }) => name === 'requests')!.value)
    expect(origin).toMatch(
      /périmètre suivi : 17, 79, 33 dès le 1er\smars\s2027 ; périmètre suivi : 17, 33 dès/,
    )
    expect(answer.cert.departments).not.toContain('33')
  })
})

test.each([
  ['from=2027-Q5&to=2027-Q4', 'invalid-quarter', 'from'],
  ['from=2027-Q1&to=2027-Q2&asOf=2026-13-01', 'invalid-day', 'asOf'],
  ['from=2027-Q1&to=2027-Q2&asOf=2027-01-31', 'invalid-parameter', 'asOf'],
])('a flow of %s is refused as elsewhere', async (query, code, name) => {
  const told = async (address: string) => {
    const response = await ask(app, `${address}?${query}`)
    const { detail } = await jsonOf<{ detail: string }>(response)
    return { status: response.status, detail }
  }
  const response = await ask(app, `/api/certs/cert-16/flow?${query}`)
  const refused = await jsonOf<{ code: string; detail: string }>(response)
  expect(refused).toMatchObject({ code, detail: expect.stringContaining(`${name} : `) })
  expect({ status: response.status, detail: refused.detail }).toEqual(await told('/api/demand'))
  expect((await ask(app, '/api/certs?asOf=2027-01-31')).status).toBe(400)
})

test('the flow of a centre takes quarters as people write them, and its code in capitals', async () => {
  expect((await ask(app, '/api/certs/CERT-16/flow?from=T1%202027&to=T1%202027')).status).toBe(200)
})

test('a delay is told of today, of any title and place, and put back on a past day', async () => {
  interface Told {
    asOf: string
    today: { p05: number; p50: number; p95: number }
    points: { quarter: string; tense: string; status: string }[]
    basis: { place: string; period: string }[]
    team: { from: string } | null
  }
  const told = async (query: string) => jsonOf<Told>(await ask(app, `/api/delays/projection?${query}`))
  const cards = await told('title=cni-passport')
  const quarter = cards.points[0]!.quarter
  expect(cards.points[0]).toMatchObject({ tense: 'present', status: 'estimated' })
  expect(cards.team?.from).toBe(quarter)
  expect(cards.today.p05).toBeLessThan(cards.today.p50)
  expect((await told('title=passport&place=FR')).team).toBeNull()
  expect((await told('title=driving-licence&place=2A')).basis.every(one => one.place === 'FR')).toBe(true)
  const past = await told('title=cni-passport&asOf=2022-04-30')
  expect(past.points[0]).toMatchObject({ quarter: '2022-Q2', tense: 'present' })
  expect(past.basis.every(one => one.period < '2022-05')).toBe(true)
  expect((await ask(app, '/api/delays/projection?title=cni-passport&recordedBy=2001-01-01')).status).toBe(409)
  for (const from of ['1999-Q1', '2034-Q1'])
    expect((await ask(app, `/api/delays/projection?title=cni-passport&from=${from}`)).status).toBe(400)
  expect((await told('title=cni-passport&from=2033-Q3')).points).toHaveLength(2)
  const page = await (await ask(app, '/delais/passeports?place=FR')).text()
  expect(page).toContain('aujourd’hui')
  expect(page).not.toContain('période est écoulée')
  const replayed = await (await ask(app, '/delais/passeports?place=FR&asOf=2024-06-30')).text()
  expect(replayed).toMatch(/Environ \d+\sjours le 30\sjuin\s2024/)
})

describe('a centre is a place of its own', () => {
  interface Told {
    series: QuarterlySeries[]
    says: string[]
    beside: { measure: string; place: string; value: number }[]
  }
  const told = async (query: string) => jsonOf<Told>(await ask(app, `/api/delays?${query}`))
  const bring = async (kind: string, rows: readonly string[]) => {
    const address = `/api/imports?kind=${kind}&place=16&source=CERT&publishedOn=2026-11-20`
    const headers = { 'content-type': 'text/csv' }
    const imported = await ask(app, address, { method: 'POST', headers, body: rows.join('\n') })
    return { status: imported.status, text: await imported.text() }
  }

  test('the department tells its delays until some are its own, and that is said', async () => {
    const before = await told('place=cert-16&title=driving-licence')
    expect(before.series.map(one => one.place)).toEqual(['16'])
    expect(before.says).toHaveLength(1)
    expect(before.says[0]).toMatch(/permis de conduire.*Charente/)
    expect((await told('place=16&title=driving-licence')).says).toEqual([])
    expect((await ask(app, '/api/delays?place=cert-999')).status).toBe(404)

    const delays = [
      'titre;lieu;période;jours;statistique',
      'permis de conduire;cert-16;T1 2026;20;moyenne',
      'permis de conduire;cert-16;T1 2026;15;médiane',
      'permis de conduire;cert-16;T1 2026;41;90e centile',
      'permis de conduire;cert-79;T1 2026;9;moyenne',
    ]
    expect((await bring('issuance-delays', delays)).status).toBeLessThan(300)
    const indicators = [
      'période;lieu;mesure;titre;valeur',
      '2026-03;cert-16;Part des titres délivrés dans l’objectif;permis de conduire;61 %',
      '2026-03;cert-16;Âge du plus ancien dossier en stock;permis de conduire;97',
    ]
    expect((await bring('indicators', indicators)).status).toBeLessThan(300)

    const after = await told('place=cert-16&title=driving-licence')
    expect(after.says).toEqual([])
    expect(after.series.map(one => [one.place, one.statistic, one.points[0]?.days])).toEqual([
      ['cert-16', 'mean', 20],
      ['cert-16', 'median', 15],
      ['cert-16', 'p90', 41],
    ])
    expect(after.beside.map(one => [one.measure, one.value])).toEqual([
      ['issued-within-target', 61],
      ['oldest-file-age', 97],
    ])
    expect((await told('place=16&title=driving-licence')).series[0]?.place).toBe('16')
  })

  test('and what nobody knows is refused in words', async () => {
    const refused = await bring('issuance-delays', [
      'titre;lieu;période;jours',
      'permis;cert-limoges;T1 2026;9',
    ])
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('n’est pas un centre connu')
    const page = await pageOf(await ask(app, '/delais/permis-de-conduire?place=cert-16'))
    for (const word of ['médiane', '90e centile', 'Part des titres délivrés dans l’objectif', '97'])
      expect(page).toContain(word)
    // A centre is a place of delays alone: no other page is asked about it.
    expect(page).not.toMatch(/href="\/(?!delais|api\/delays)[^"]*place=cert-16/)
    expect((await ask(app, '/delais?place=cert-79')).status).toBe(200)
  })
})
