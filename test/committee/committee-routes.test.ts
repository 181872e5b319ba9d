import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { committeePaper } from '../../src/committee/committee-paper.ts'
import { packFiles } from '../../src/committee/committee-queries.ts'
import type { CommitteeReport } from '../../src/committee/committee-report.ts'
import { committeeExports } from '../../src/committee/committee-tables.ts'
import { appOver, ask, jsonOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
let report: CommitteeReport
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
  report = await jsonOf(await ask(app, '/api/reports/committee/2021.json'))
})
afterAll(() => database.close())

/** The tables of the slides, copied by hand from the minutes of 5 April 2022. */
const MINUTES: Record<string, Record<string, number[]>> = {
  'residence-first': {
    'Délai moyen': [124, 60, 66, 40, 31, 53, 82, 29, 46, 55, 34, 70],
    'Décisions positives': [60, 191, 272, 338, 234, 386, 332, 511, 419, 755, 826, 394],
  },
  'residence-renewal': {
    'Délai moyen': [29, 34, 31, 26, 18, 18, 44, 25, 23, 22, 32, 61],
    'Décisions positives': [82, 207, 183, 205, 126, 270, 210, 279, 299, 503, 270, 136],
  },
  calls: {
    'Appels perdus': [2266, 1827, 2052, 1787, 1303, 2302, 1708, 1322, 1894, 1773, 1309, 1619],
    'Appels reçus': [9903, 9740, 11367, 10895, 9842, 11335, 8849, 7902, 9599, 8598, 8599, 7681],
    // January and February 2022 are told in the text.
    'Taux d’appels': [77.1, 81.3, 81.8, 83.6, 86.7, 79.7, 80.7, 83.3, 80.3, 79.4, 77.8, 78.9, 82.46, 83.29],
  },
  site: {
    Visites: [32403, 30146, 33010, 30711, 25677, 26342, 24556, 21696, 24564, 24263, 24800, 23956],
    Population: Array.from({ length: 12 }, () => 360970),
    'Taux de connexions': [8.98, 8.35, 9.14, 8.51, 7.11, 7.35, 6.85, 6.01, 6.8, 6.72, 6.89, 6.64],
  },
  networks: {
    'Engagements sur Twitter': [966, 2902, 1340, 1274, 1621, 1263, 1249, 283, 1494, 3370, 1397, 863],
    'Engagements sur Facebook': [5242, 11589, 5267, 12091, 8769, 10228, 5229, 1448, 3996, 8944, 2392, 18638],
    'Impressions sur Twitter': [
      55626, 55707, 38478, 53245, 60134, 52643, 39697, 9162, 25237, 33120, 25188, 14111,
    ],
    'Impressions sur Facebook': [
      88030, 219961, 74471, 169469, 148358, 197766, 91398, 23355, 65843, 164357, 39784, 95385,
    ],
    'Taux d’engagement': [5.4, 5.2, 5.9, 6.8, 5.0, 4.8, 5.1, 5.3, 4.9, 6.2, 14.1, 17.8],
  },
  waits: { 'Attente publiée': [19, 33, 40, 41, 78] },
}

const lineOf = (code: string, label: string) =>
  report.tables.find(table => table.code === code)?.lines.find(line => line.label.startsWith(label))

describe('every number of the minutes, cell by cell', () => {
  test.each(
    Object.entries(MINUTES).flatMap(([code, lines]) =>
      Object.entries(lines).map(([label, values]) => ({ code, label, values })),
    ),
  )('$code, $label', ({ code, label, values }) => {
    const known = lineOf(code, label)?.values.flatMap(one => one.value ?? [])
    expect(known).toEqual(values)
  })

  test.each([
    ['Cartes d’identité et passeports', [6, 8, 14, 26], 13.5],
    ['Certificats d’immatriculation', [4, 4, 4, 4], 4],
    ['Permis de conduire', [14, 31, 48, 48], 35.3],
  ])('delays of %s, target 14 days', (label, values, year) => {
    const line = lineOf('delays', label)
    expect(line?.values.map(one => one.value)).toEqual(values)
    expect(line?.year).toBe(year)
    expect(line?.target).toBe(14)
  })

  test('figures told alone', () => {
    const alone = report.tables.find(table => table.code === 'figures')?.lines ?? []
    expect(alone.map(({ values }) => [values[0]?.value, values[0]?.status])).toEqual(
      expect.arrayContaining([
        [95, 'observed'],
        [100, 'censored'],
        [12_000, 'censored'],
        [19, 'observed'],
      ]),
    )
  })
})

test('means are both there: of the months, and weighted by decisions', () => {
  expect(lineOf('residence-first', 'Moyenne simple')?.year).toBeCloseTo(57.5, 9)
  expect(lineOf('residence-first', 'Moyenne pondérée')?.year).toBeCloseTo(50.1, 1)
  expect(lineOf('delays', 'Permis de conduire : moyenne')?.year).toBe(35.25)
})

test('what does not agree: two waits for one quarter, a rate of calls, rates of engagement, and nothing else', () => {
  const told = report.differences.map(one => [
    one.kind,
    one.figure,
    one.period,
    one.published,
    Math.round(10 * one.other) / 10,
  ])
  const engagement = 'Taux d’engagement sur les réseaux sociaux'
  expect(told).toEqual([
    ['two-publications', 'Attente d’un rendez-vous en mairie', '2021-Q3', 40, 39],
    ['recomputed', 'Taux d’appels décrochés', '2021-11', 77.8, 84.8],
    ['recomputed', engagement, '2021-01', 5.4, 4.3],
    ['recomputed', engagement, '2021-04', 6.8, 6],
    ['recomputed', engagement, '2021-06', 4.8, 4.6],
    ['recomputed', engagement, '2021-09', 4.9, 6],
    ['recomputed', engagement, '2021-11', 14.1, 5.8],
  ])
  for (const gap of report.smallGaps) expect(Math.abs(gap.published - gap.other)).toBeLessThan(0.2)
})

test('reasons and projections follow the tables', () => {
  expect(report.reasons.map(one => [one.label, one.quarter])).toEqual([
    ['Cartes d’identité et passeports', '2021-Q4'],
    ['Permis de conduire', '2021-Q2'],
    ['Permis de conduire', '2021-Q3'],
    ['Permis de conduire', '2021-Q4'],
    ['Attente d’un rendez-vous en mairie', '2022-Q1'],
  ])
  expect(report.reasons[1]?.lines[0]?.text).toContain('Injection de 8 000 dossiers')
  expect(report.reasons[4]?.lines[0]?.text.replace(/\s/g, ' ')).toBe(
    '+15 % au 2e trimestre 2021, +8 % au 3e trimestre 2021, +1 % au 4e trimestre 2021, +41 % au 1er trimestre 2022 (calculé).',
  )
  expect(report.projections).toHaveLength(3)
  for (const one of report.projections) {
    if (!('reason' in one)) expect(one.quarters.every(point => point.status === 'estimated')).toBe(true)
  }
})

test('the report is also a page, a document and workbooks', async () => {
  const page = await (await ask(app, '/comite/2021')).text()
  expect(page).toContain('78,9')
  for (const once of [
    'Aucune cible n’est publiée',
    'permis de conduire après des incidents',
    'quelle part vient de ces',
  ])
    expect([once, page.split(once).length - 1]).toEqual([once, 1])
  expect(page).toContain('/api/reports/committee/2021.pdf')
  expect(await (await ask(app, '/comite')).text()).toContain('/comite/2021')
  const pdf = Buffer.from(await (await ask(app, '/api/reports/committee/2021.pdf')).arrayBuffer())
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  for (const format of ['ods', 'xlsx']) {
    const response = await ask(app, `/api/reports/committee/2021.${format}`)
    expect(Object.keys(unzipSync(new Uint8Array(await response.arrayBuffer()))).length).toBeGreaterThan(2)
  }
})

test('the register is the same on the page, in its files and in the report', async () => {
  const page = await (await ask(app, '/comite')).text()
  const folded = page.slice(page.indexOf('id="registre-du-comite"'), page.indexOf('id="registre"'))
  const table = page.slice(page.indexOf('id="registre"'))
  const body = table.slice(table.indexOf('<tbody>'), table.indexOf('</tbody>'))
  const count = report.register.length
  expect(count).toBeGreaterThan(0)
  expect(folded.match(/<li>/g)).toHaveLength(count)
  expect(folded).toContain(`${count}\u00a0points`)
  expect(body.match(/<tr>/g)).toHaveLength(count)
  const csv = await (await ask(app, '/comite?tableau=registre&format=open.csv')).text()
  expect(csv.trimEnd().split('\n')).toHaveLength(count + 1)
  expect(committeeExports(report).at(-1)?.rows).toHaveLength(count)
  const printed = committeePaper(report).blocks.find(
    block => block.kind === 'table' && block.table.id === 'registre',
  )
  expect(printed).toMatchObject({ table: { rows: { length: count } } })
})

test('each part of a page that the register names is there', async () => {
  const page = await (await ask(app, '/comite/2021')).text()
  const parts = report.register.flatMap(({ measure }) => measure?.href.split('#')[1] ?? [])
  expect(parts.length).toBeGreaterThan(0)
  for (const part of parts) expect(page).toContain(`id="${part}"`)
})

test('a department whose minutes nobody read has no register', async () => {
  const page = await (await ask(appOver(database.db, { department: '86' }), '/comite')).text()
  expect(page).toContain('Aucun compte rendu de comité')
})

test('a year without a figure of its own is refused with the years that have some', async () => {
  for (const year of ['1990', '2020', 'demain']) {
    const response = await ask(app, `/api/reports/committee/${year}.json`)
    expect(response.status).toBe(404)
    expect(await jsonOf<object>(response)).toMatchObject({ code: 'not-found', years: [2022, 2021] })
  }
  expect((await ask(app, '/comite/1990')).status).toBe(404)
  // The year in progress has its promises and its projections before its figures.
  const next = await (await ask(app, '/comite/2026')).text()
  expect(next).toContain('Rien n’est encore publié')
  expect(next).toMatch(/Registre\s: demandé, promis, venu/)
  expect(next).toContain('Attente d’un rendez-vous en mairie')
})

test('numbers are printed as the minutes print them', () => {
  const printed = committeePaper(report).blocks.flatMap(block =>
    block.kind === 'table' ? block.table.rows : [],
  )
  const row = (label: string) => printed.find(cells => cells[0]?.startsWith(label))
  expect(row('Taux d’appels décrochés')?.slice(1, 4)).toEqual(['77,1', '81,3', '81,8'])
  expect(row('Taux d’appels décrochés')?.slice(-2)).toEqual(['82,46', '83,29'])
  expect(row('Taux d’engagement')?.slice(1, 7)).toEqual(['5,4', '5,2', '5,9', '6,8', '5,0', '4,8'])
  expect(row('Taux de connexions')?.slice(9, 10)).toEqual(['6,80'])
  expect(row('Cartes d’identité et passeports')).toEqual([
    'Cartes d’identité et passeports',
    '14\u00a0jours',
    '6',
    '8',
    '14',
    '26 ▲',
    '13,5',
  ])
  expect(row('Attente publiée')).toEqual(['Attente publiée', '19', '33', '40 *', '41', '78'])
  expect(row('Autre valeur publiée')).toEqual(['Autre valeur publiée', '–', '–', '39', '–', '–'])
})

test('what is said in short is explained, and every projection starts now', () => {
  const tables = committeePaper(report).blocks.flatMap(block => (block.kind === 'table' ? [block.table] : []))
  expect(tables.find(table => table.id === 'comite-calls')?.note).toContain('n. p. : non publié')
  expect(tables.find(table => table.id === 'comite-site')?.note ?? '').not.toContain('n. p.')
  for (const { caption, rows } of tables.filter(table => table.id.startsWith('projection-'))) {
    expect(caption).toContain('si rien n’est décidé (estimé')
    expect(rows[0]?.[0]).toBe('T4\u00a02026')
  }
})

describe('every table as a file', () => {
  const TABLES = ['delays', 'waits', 'demand', 'town-halls', 'imports']
  test.each(TABLES)('%s: five formats that agree, and a description of each column', async table => {
    const open = await (await ask(app, `/api/${table}.open.csv`)).text()
    const schema = await jsonOf<{ fields: { name: string; type: string; description: string }[] }>(
      await ask(app, `/api/${table}.schema.json`),
    )
    const [header, ...rows] = open.trimEnd().split('\n')
    expect(header).toBe(schema.fields.map(field => field.name).join(','))
    expect(schema.fields.every(field => field.description !== '')).toBe(true)
    const sheet = unzipSync(new Uint8Array(await (await ask(app, `/api/${table}.ods`)).arrayBuffer()))[
      'content.xml'
    ]
    const tables = strFromU8(sheet ?? new Uint8Array()).split('<table:table ')
    expect(tables).toHaveLength(3)
    expect(tables[1]?.match(/<table:table-row>/g)).toHaveLength(rows.length + 1)
    const book = unzipSync(new Uint8Array(await (await ask(app, `/api/${table}.xlsx`)).arrayBuffer()))
    const first = strFromU8(book['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
    expect(first.match(/<row /g)).toHaveLength(rows.length + 1)
    expect((await ask(app, `/api/${table}.csv`)).status).toBe(200)
  })

  test('filters are honoured and told; codes stay text', async () => {
    const path = '/api/delays.open.csv?title=driving-licence&from=2021-Q3&to=2021-Q4'
    const open = await (await ask(app, path)).text()
    expect(open.trimEnd().split('\n')).toHaveLength(3)
    const zip = await (await ask(app, path.replace('open.csv', 'ods'))).arrayBuffer()
    const sheet = strFromU8(unzipSync(new Uint8Array(zip))['content.xml'] ?? new Uint8Array())
    expect(sheet).toContain('title = driving-licence, from = 2021-Q3'.split(',')[0])
    expect(sheet).toContain('<table:table-cell office:value-type="string"><text:p>16</text:p>')
    expect((await ask(app, '/api/delays.ods?from=hier')).status).toBe(400)
  })
})

describe('the pack of a meeting', () => {
  const pack = async () => unzipSync(new Uint8Array(await (await ask(app, '/api/briefs.zip')).arrayBuffer()))

  test('holds every hall, a cover and the spreadsheets, and the same each time', async () => {
    const zip = await pack()
    const names = Object.keys(zip)
    expect(names.filter(name => name.startsWith('fiches/'))).toHaveLength(16)
    expect(names).toEqual(
      expect.arrayContaining(['fiches/16102-cognac.pdf', 'mairies.xlsx', 'mairies.ods', '00-couverture.pdf']),
    )
    const brief = JSON.parse(strFromU8(zip['donnees/16102-cognac.json'] ?? new Uint8Array()))
    expect(brief).toEqual(await jsonOf(await ask(app, '/api/briefs/16102.json')))
    const again = await pack()
    expect(
      Buffer.from(again['00-couverture.pdf'] ?? []).equals(Buffer.from(zip['00-couverture.pdf'] ?? [])),
    ).toBe(true)
  })

  test('holds a hall that cannot be projected, with the reason', async () => {
    const file =
      '# source : Préfecture de la Vienne\n# document : liste\n# publié le : 2026-11-20\ncommune;stations\n86194;2\n'
    const stored = await ask(app, '/api/imports?kind=town-halls', { method: 'POST', body: file })
    expect(stored.status).toBe(201)
    await database.db.updateTable('place').set({ population: null }).where('code', '=', '86').execute()
    const reason = 'Aucune population connue pour 86'
    const zip = unzipSync(
      new Uint8Array(await (await ask(app, '/api/briefs.zip?department=86')).arrayBuffer()),
    )
    expect(Object.keys(zip)).toContain('fiches/86194-poitiers.pdf')
    const brief = JSON.parse(strFromU8(zip['donnees/86194-poitiers.json']!))
    // What is known of the nation speaks of it already.
    expect(brief.wait.projection.quarters).toHaveLength(12)
    expect(brief.demand.reason).toContain(reason)
  })

  test('goes on without a sheet that meets a bug, which is reported and told on the cover', async () => {
    const reported: string[] = []
    const names: string[] = []
    const files = packFiles(database.db, '16', '2026-11-24', {
      has: name => {
        if (name.includes('cognac')) throw new Error('disk full')
        return !name.includes('soyaux') && !name.includes('couverture')
      },
      report: (error, hall) => reported.push(`${hall.name}: ${String(error)}`),
    })
    for await (const { name } of files) names.push(name)
    expect(reported).toEqual(['Cognac: Error: disk full'])
    // Soyaux is the only one that was not there yet.
    expect(names).toEqual([
      'fiches/16374-soyaux.pdf',
      'donnees/16374-soyaux.json',
      'mairies.xlsx',
      'mairies.ods',
      '00-couverture.pdf',
    ])
  })

  test('is refused for a department without a known hall, and for one that does not exist', async () => {
    for (const [code, refusal] of [
      ['23', 'town-hall-not-found'],
      ['99', 'place-not-found'],
    ]) {
      const response = await ask(app, `/api/briefs.zip?department=${code}`)
      expect(response.status).toBe(404)
      expect(await jsonOf<object>(response)).toMatchObject({ code: refusal })
    }
  })
})

test('the feed tells missed targets and projections', async () => {
  const feed = await (await ask(app, '/flux.atom')).text()
  expect(feed).toContain('<feed xmlns="http://www.w3.org/2005/Atom"')
  // 26 days for identity titles; 31, 48 and 48 for licences: 14 is met.
  expect(feed.match(/objectif:16:/g)).toHaveLength(4)
  expect(feed).toMatch(/projection:[0-9a-f]{16}/)
  expect(feed).not.toContain('cohort')
})
