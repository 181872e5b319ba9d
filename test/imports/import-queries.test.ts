import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publishedValues } from '../../src/figures/published-queries.ts'
import { loadPlaces } from '../../src/imports/geography-queries.ts'
import { communeState, importContours, importFile } from '../../src/imports/import-queries.ts'
import { pastImports } from '../../src/imports/past-import-queries.ts'
import { figureChoices, figureVintages } from '../../src/imports/vintage-queries.ts'
import { placesByCode } from '../../src/places/place-queries.ts'
import { settle } from '../../src/pure/figures/observation.ts'
import { appOver, ask, jsonOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const TODAY = '2026-11-24'
const bytes = (text: string) => new TextEncoder().encode(text)
const send = (name: string, text: string) =>
  importFile(database.db, { bytes: bytes(text), name, defaultPlace: '16', receivedFrom: 'test' }, TODAY)

const KINDS = { initial: 'initiale', revision: 'révision', correction: 'correction' } as const
const history = fc.array(
  fc.record({
    source: fc.constantFrom('A', 'B'),
    day: fc.constantFrom('2022-01-10', '2022-02-10', '2022-03-10'),
    kind: fc.constantFrom('initial' as const, 'revision' as const, 'correction' as const),
    value: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 6 },
)

describe('vintages', () => {
  test('the value in force kept by SQL is the one that the pure rule chooses, and as-of answers never change', async () => {
    let quarter = 0
    await fc.assert(
      fc.asyncProperty(history, async releases => {
        quarter += 1
        const period = `${2000 + Math.floor(quarter / 4)}-Q${(quarter % 4) + 1}`
        const asOfBefore = new Map<string, number | undefined>()
        for (const [i, release] of releases.entries()) {
          const status = release.value === undefined ? 'retiré' : 'observé'
          const stored = await send(
            'delais.csv',
            `# type : issuance-delays\n# source : ${release.source}\n# publié le : ${release.day}\n# nature : ${KINDS[release.kind]}\n# note : ${quarter}.${i}\npériode;titre;lieu;jours;statut\n${period};cni;16;${release.value ?? ''};${status}\n`,
          )
          expect(stored).toMatchObject({ alreadyKnown: false })
          const rows = (
            await publishedValues(database.db, { measure: 'issuance-delay', places: ['16'], titles: ['cni'] })
          ).filter(row => row.period === period)
          expect(rows).toHaveLength(i + 1)
          const kept = await database.db
            .selectFrom('current_observation')
            .innerJoin('series', 'series.id', 'current_observation.series_id')
            .select('value')
            .where('series.title', '=', 'cni')
            .where('series.place', '=', '16')
            .where('period', '=', period)
            .executeTakeFirst()
          expect(kept?.value).toBe(settle(rows)?.current.value)
        }
        for (const day of ['2022-01-10', '2022-02-10', '2022-03-10']) {
          const rows = (
            await publishedValues(database.db, {
              measure: 'issuance-delay',
              places: ['16'],
              titles: ['cni'],
              asOf: day,
            })
          ).filter(row => row.period === period)
          expect(rows.every(row => row.publishedOn <= day)).toBe(true)
          expect(rows).toHaveLength(releases.filter(release => release.day <= day).length)
          asOfBefore.set(day, settle(rows)?.current.value)
        }
      }),
      { numRuns: 25 },
    )
  })

  test('the values in force can be made anew from the observations', async () => {
    const read = () =>
      database.db
        .selectFrom('current_observation')
        .selectAll()
        .orderBy('series_id')
        .orderBy('period')
        .execute()
    const before = await read()
    await sql`select rebuild_current_observation()`.execute(database.db)
    expect(await read()).toEqual(before)
    expect(before.length).toBeGreaterThan(100)
  })
})

describe('one transaction', () => {
  test('a failure in the middle leaves neither rows nor file', async () => {
    const count = async () => {
      const row = await database.db
        .selectFrom('release')
        .select(eb => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      return Number(row.n)
    }
    const before = await count()
    await sql`create function fail_now() returns trigger language plpgsql as 'begin raise exception ''power cut''; end'`.execute(
      database.db,
    )
    await sql`create trigger fail_now before insert on event_version for each row execute function fail_now()`.execute(
      database.db,
    )
    const text = '# type : events\nlieu;jour;nature;libellé\n16;2022-01-01;autre;Essai\n'
    await expect(send('faits.csv', text)).rejects.toThrow('power cut')
    await sql`drop trigger fail_now on event_version`.execute(database.db)
    expect(await count()).toBe(before)
    expect(await send('faits.csv', text)).toMatchObject({ alreadyKnown: false })
  })

  test('the same file sent twice at once is stored once', async () => {
    const text = '# type : events\nlieu;jour;nature;libellé\n16;2022-01-02;autre;Deux fois\n'
    const both = await Promise.all([send('a.csv', text), send('b.csv', text)])
    const known = both.map(result => ('alreadyKnown' in result ? result.alreadyKnown : undefined))
    expect(known.sort()).toEqual([false, true])
  })
})

/** The number of a file that must be sound. */
async function stored(name: string, text: string): Promise<number> {
  const result = await send(name, text)
  if ('faults' in result) throw new Error(JSON.stringify(result.faults))
  return result.release
}

describe('rows are stored as the file tells them, what it does not tell as null:', () => {
  test('town halls', async () => {
    const release = await stored(
      'mairies.csv',
      '# type : town-halls\ncommune;nom;stations;ouverture;fermeture;latitude;longitude;statut;sans rendez-vous;origine\n' +
        '16015;Annexe;2;2017-03-21;2024-06-30;45,65;0,16;à confirmer;oui;page 3\n16102;;;;;;;;;\n',
    )
    const rows = await database.db
      .selectFrom('town_hall_version')
      .selectAll()
      .where('release_id', '=', release)
      .orderBy('insee')
      .execute()
    expect(rows).toMatchObject([
      {
        insee: '16015',
        name: 'Annexe',
        stations: 2,
        opened_on: '2017-03-21',
        closed_on: '2024-06-30',
        lat: 45.65,
        lon: 0.16,
        status: 'to-confirm',
        without_appointment: true,
        locator: 'page 3',
      },
      {
        insee: '16102',
        name: null,
        stations: null,
        opened_on: null,
        closed_on: null,
        lat: null,
        lon: null,
        status: null,
        without_appointment: null,
        locator: '',
      },
    ])
  })

  test('opening hours', async () => {
    const release = await stored(
      'horaires.csv',
      '# type : opening-hours\ncommune;jour;ouvre;ferme;depuis;jusqu’à;stations\n' +
        '16015;dimanche;8h30;12h;2022-01-03;2022-06-30;2\n16015;lundi;13h30;17h;;;\n',
    )
    const rows = await database.db
      .selectFrom('opening_hours')
      .selectAll()
      .where('release_id', '=', release)
      .orderBy('weekday')
      .execute()
    expect(rows).toMatchObject([
      {
        insee: '16015',
        weekday: 1,
        opens: '13:30:00',
        closes: '17:00:00',
        valid_from: null,
        valid_to: null,
        stations: null,
      },
      {
        weekday: 7,
        opens: '08:30:00',
        closes: '12:00:00',
        valid_from: '2022-01-03',
        valid_to: '2022-06-30',
        stations: 2,
      },
    ])
  })

  test('closures, more than one statement holds', async () => {
    const communes = await database.db
      .selectFrom('place')
      .select('code')
      .where('kind', '=', 'commune')
      .where('merged_into', 'is', null)
      .orderBy('code')
      .limit(5_001)
      .execute()
    const rows = communes.map(
      ({ code }, i) => `${code};2022-08-01;2022-08-0${1 + (i % 9)};${i === 0 ? 'congés' : ''}`,
    )
    const release = await stored('f.csv', `# type : closures\ncommune;du;au;motif\n${rows.join('\n')}\n`)
    const kept = await database.db
      .selectFrom('closure')
      .selectAll()
      .where('release_id', '=', release)
      .orderBy('insee')
      .execute()
    expect(kept).toHaveLength(5_001)
    expect(kept[0]).toMatchObject({ first_day: '2022-08-01', last_day: '2022-08-01', reason: 'congés' })
    expect(kept[5_000]).toMatchObject({ insee: communes[5_000]?.code, last_day: '2022-08-06', reason: null })
  })

  test('agents of a centre', async () => {
    const release = await stored(
      'cert.csv',
      '# type : cert-capacity\ncert;titre;depuis;etpo;dossiers par jour et par agent;origine\n' +
        'CERT A;cni;2021-09;23,5;18,5;p. 1\nCERT A;cni;2022-01-15;28;;\n',
    )
    const rows = await database.db
      .selectFrom('cert_capacity')
      .selectAll()
      .where('release_id', '=', release)
      .orderBy('since')
      .execute()
    expect(rows).toMatchObject([
      {
        cert: 'CERT A',
        title: 'cni',
        since: '2021-09-01',
        etpo: 23.5,
        files_per_agent_day: 18.5,
        locator: 'p. 1',
      },
      { since: '2022-01-15', etpo: 28, files_per_agent_day: null, locator: '' },
    ])
  })

  test('events', async () => {
    const release = await stored(
      'faits.csv',
      '# type : events\nlieu;titre;du;au;nature;dossiers;libellé\n16;permis;2021-03-01;2021-03-31;injection;8 000;Reprise\nFR;;2021-04-01;2021-04-02;autre;;Panne\n',
    )
    const rows = await database.db
      .selectFrom('event')
      .selectAll()
      .where('release_id', '=', release)
      .orderBy('first_day')
      .execute()
    expect(rows).toMatchObject([
      { place: '16', title: 'driving-licence', last_day: '2021-03-31', nature: 'injection', files: 8_000 },
      { place: 'FR', title: '', last_day: '2021-04-02', nature: 'other', files: null, label: 'Panne' },
    ])
  })

  test('outlines, which name no source, and nothing of a faulty file', async () => {
    const ring = [
      [-0.1, 45.6],
      [0.1, 45.6],
      [0.1, 45.7],
      [-0.1, 45.6],
    ]
    const feature = (code: string) => ({
      type: 'Feature',
      properties: { code },
      geometry: { type: 'Polygon', coordinates: [ring] },
    })
    const draw = (...codes: string[]) =>
      importContours(
        database.db,
        {
          bytes: bytes(JSON.stringify({ type: 'FeatureCollection', features: codes.map(feature) })),
          name: 'communes.geojson',
          defaultPlace: '16',
          receivedFrom: 'test',
        },
        TODAY,
      )
    const count = () => database.db.selectFrom('commune_contour').select('insee').execute()
    expect(await draw('16015', '99999')).toMatchObject({ faults: [{ code: 'unknown-commune' }] })
    expect(await count()).toEqual([])
    expect(await draw('16015', '16102')).toMatchObject({ kind: 'contours', rows: 2, alreadyKnown: false })
    expect(await draw('16015', '16102')).toMatchObject({ alreadyKnown: true })
    const kept = await database.db.selectFrom('commune_contour').selectAll().orderBy('insee').execute()
    expect(kept).toMatchObject([{ insee: '16015', rings: [ring] }, { insee: '16102' }])
    expect((await pastImports(database.db, 1))[0]).toMatchObject({
      kind: 'contours',
      publisher: 'Import sans source déclarée',
      document: 'communes.geojson',
      publishedOn: TODAY,
      public: true,
    })
  })
})

test('what a file says of itself wins over what its sender said, who wins over nothing', async () => {
  const send = async (head: string, said: { source?: string; publishedOn?: string; draft?: boolean }) => {
    const result = await importFile(
      database.db,
      {
        bytes: bytes(`# type : appointment-waits\n${head}période;lieu;jours\nT1 2020;16102;7\n`),
        name: 'a.csv',
        defaultPlace: '16',
        receivedFrom: 'test',
        ...said,
      },
      TODAY,
    )
    if ('faults' in result) throw new Error(JSON.stringify(result.faults))
    const row = await database.db
      .selectFrom('release')
      .innerJoin('source', 'source.id', 'release.source_id')
      .select(['publisher', 'document', 'published_on', 'notes', 'reason', 'address'])
      .where('release.id', '=', result.release)
      .executeTakeFirstOrThrow()
    return { ...row, public: result.public }
  }
  const said = { source: 'Celui qui envoie', publishedOn: '2026-01-02', draft: true }
  expect(await send('# note : 1\n', {})).toEqual({
    publisher: 'Import sans source déclarée',
    document: 'a.csv',
    published_on: TODAY,
    notes: '1',
    reason: null,
    address: null,
    public: true,
  })
  expect(await send('# licence : Licence Ouverte\n', said)).toMatchObject({
    publisher: 'Celui qui envoie',
    published_on: '2026-01-02',
    notes: 'Licence : Licence Ouverte',
    public: false,
  })
  const whole =
    '# source : Le fichier\n# document : Relevé\n# publié le : 2026-01-03\n# brouillon : non\n# motif : recompté\n' +
    '# adresse : https://exemple.fr/a\n# licence : Licence Ouverte\n# note : 2\n'
  expect(await send(whole, said)).toEqual({
    publisher: 'Le fichier',
    document: 'Relevé',
    published_on: '2026-01-03',
    notes: 'Licence : Licence Ouverte\n2',
    reason: 'recompté',
    address: 'https://exemple.fr/a',
    public: true,
  })
})

test('a measure that nobody published has no history; the others come from the newest period, narrowed by title and period', async () => {
  expect(await figureVintages(database.db, { measure: 'applications' })).toEqual([])
  const told = async (request: Parameters<typeof figureVintages>[1]) =>
    (await figureVintages(database.db, request)) ?? []
  const all = await told({ measure: 'issuance-delay', place: '16' })
  const some = await told({
    measure: 'issuance-delay',
    place: '16',
    title: 'driving-licence',
    period: '2021-Q2',
  })
  expect(some.length).toBeGreaterThan(0)
  expect(some.every(({ row }) => row.title === 'driving-licence' && row.period === '2021-Q2')).toBe(true)
  expect(all.length).toBeGreaterThan(some.length)
  const periods = all.map(({ row }) => row.period)
  expect(new Set(periods).size).toBeGreaterThan(5)
  expect(periods).toEqual(periods.toSorted().reverse())
})

test('a measure of five hundred places and one is told of one place or one period at a time', async () => {
  const communes = await database.db
    .selectFrom('place')
    .select('code')
    .where('kind', '=', 'commune')
    .where('merged_into', 'is', null)
    .orderBy('code', 'desc')
    .limit(501)
    .execute()
  const rows = communes.flatMap(({ code }) => [`2022-01;${code};cni;40`, `2022-02;${code};cni;50`])
  const stored = await send(
    'foule.csv',
    `# type : applications\nmois;commune;titre;demandes\n${rows.join('\n')}\n`,
  )
  expect(stored).toMatchObject({ rows: 1_002 })
  const { db } = database
  const [place = ''] = communes.map(({ code }) => code)
  expect(await figureVintages(db, { measure: 'applications' })).toBeUndefined()
  expect(await figureVintages(db, { measure: 'applications', place })).toHaveLength(2)
  const inOne = await figureVintages(db, { measure: 'applications', period: '2022-01' })
  expect(new Set(inOne?.map(({ row }) => row.value))).toEqual(new Set([40]))
  expect(inOne).toHaveLength(501)
  expect((await figureChoices(db, 'applications', undefined)).periods).toEqual([])
  expect((await figureChoices(db, 'applications', place)).periods).toEqual(['2022-02', '2022-01'])
  const app = appOver(db)
  const answer = await ask(app, '/api/vintages?measure=applications')
  expect([answer.status, (await jsonOf<{ code: string }>(answer)).code]).toEqual([422, 'too-many-figures'])
  const page = await ask(app, '/donnees?measure=applications&place=')
  expect(await page.text()).toContain('choisissez un lieu')
})

describe('the geographic code', () => {
  test('knows a commune in force, one of the past by its successor, and neither departments nor nonsense', async () => {
    const places = await placesByCode(database.db)
    expect(communeState(places, '16102')).toEqual({ state: 'current' })
    const { successor, successorName } = communeState(places, '16344') as {
      successor: string
      successorName: string
    }
    expect([successor, successorName]).toEqual(['16281', places.get('16281')?.name])
    for (const code of ['16', 'FR', '99999']) expect(communeState(places, code)).toEqual({ state: 'unknown' })
  })

  test('is brought up to date when its package changes, and only then', async () => {
    const read = () =>
      database.db
        .selectFrom('place')
        .selectAll()
        .where('code', 'in', ['FR', '16', '16102', '16344'])
        .orderBy('code')
        .execute()
    const sound = await read()
    expect(sound.map(({ merged_into }) => merged_into)).toEqual([null, null, '16281', null])
    await sql`update place set name = 'X', population = 1, merged_into = null, parent = null where code in ('FR', '16', '16102', '16344')`.execute(
      database.db,
    )
    await loadPlaces(database.db)
    expect((await read()).every(({ name }) => name === 'X')).toBe(true)
    await sql`update reference_data set version = '0.0.0'`.execute(database.db)
    await loadPlaces(database.db)
    expect(await read()).toEqual(sound)
    await sql`update place set name = 'X' where code = '16'`.execute(database.db)
    await loadPlaces(database.db)
    expect((await read()).filter(({ name }) => name === 'X')).toHaveLength(1)
    await sql`update place set name = 'Charente' where code = '16'`.execute(database.db)
  })
})

test('a merged commune is refused with its successor', async () => {
  const result = await send(
    'x.csv',
    '# type : applications\nmois;commune;titre;demandes\n2022-01;16344;cni;4\n',
  )
  expect(result).toMatchObject({ faults: [{ code: 'merged-commune', line: 3 }] })
})
