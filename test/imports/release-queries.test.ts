import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importContours, importFile } from '../../src/imports/import-queries.ts'
import type { StoredRelease } from '../../src/imports/release-queries.ts'
import { withdraw } from '../../src/imports/release-queries.ts'
import { figureVintages } from '../../src/imports/vintage-queries.ts'
import type { Database } from '../../src/io/database/schema.ts'
import { type Identity, LOCAL_ADMINISTRATOR } from '../../src/pure/access/identity.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const TODAY = '2026-11-24'
const file = (text: string, name = 'fichier.csv') => ({
  bytes: new TextEncoder().encode(text),
  name,
  defaultPlace: '16',
  receivedFrom: 'test',
})
const send = async (text: string, today = TODAY): Promise<StoredRelease> => {
  const stored = await importFile(database.db, file(text), today)
  if ('faults' in stored) throw new Error(JSON.stringify(stored.faults))
  return stored
}
const takeBack = (release: number, by: Identity = LOCAL_ADMINISTRATOR) =>
  withdraw(database.db, { release, by, reason: 'envoyé par erreur' })
const hall = async (insee: string) =>
  database.db.selectFrom('town_hall').selectAll().where('insee', '=', insee).executeTakeFirst()
const closures = (insee: string) =>
  database.db
    .selectFrom('closure')
    .select(['first_day as from', 'last_day as to', 'reason'])
    .where('insee', '=', insee)
    .orderBy('first_day')
    .execute()
const CLOSURES = 'commune;du;au;motif\n'

describe('closures', () => {
  test('a correction replaces the closure of the same first day, whoever sends it; its withdrawal brings it back', async () => {
    await send(`# source : Mairie de Soyaux\n${CLOSURES}16374;2022-04-04;2024-03-31;congés\n`)
    const correction = await send(
      `# source : Mairie de Soyaux\n# nature : correction\n# motif : erreur de saisie\ncommune;du;au\n16374;2022-04-04;2022-04-08\n`,
    )
    const mended = [{ from: '2022-04-04', to: '2022-04-08', reason: 'congés' }]
    expect(await closures('16374')).toEqual(mended)
    await takeBack(correction.release)
    expect(await closures('16374')).toMatchObject([{ to: '2024-03-31' }])
    const again = await send(
      `# source : Mairie de Soyaux\n# nature : correction\n# motif : erreur de saisie\ncommune;du;au\n16374;2022-04-04;2022-04-08\n`,
    )
    expect(again).toMatchObject({ alreadyKnown: false, standing: 'public' })
    expect(await closures('16374')).toEqual(mended)
  })

  test('a correction of the first day replaces what it overlaps, of its own source alone, and a later file adds', async () => {
    await send(
      `# source : Mairie de Confolens\n${CLOSURES}16106;2023-04-04;2023-12-31;travaux\n16106;2024-08-01;2024-08-15;\n`,
    )
    await send(`# source : Préfecture\n${CLOSURES}16106;2023-04-10;2023-04-11;formation\n`)
    await send(
      `# source : Mairie de Confolens\n# nature : correction\n${CLOSURES}16106;2023-04-05;2023-04-20;travaux\n`,
    )
    expect(await closures('16106')).toMatchObject([
      { from: '2023-04-05', to: '2023-04-20' },
      { from: '2023-04-10', to: '2023-04-11' },
      { from: '2024-08-01', to: '2024-08-15' },
    ])
  })

  test('a correction that leaves a column blank takes back what was said there', async () => {
    await send(`# source : Mairie de Ruffec\n${CLOSURES}16292;2023-08-01;2023-08-05;inventaire\n`)
    await send(
      `# source : Mairie de Ruffec\n# nature : correction\n${CLOSURES}16292;2023-08-01;2023-08-05;\n`,
    )
    expect(await closures('16292')).toMatchObject([{ reason: null }])
  })
})

describe('town halls', () => {
  test('a later file erases nothing that it does not speak of', async () => {
    const before = await hall('16366')
    expect(before?.lat).toEqual(expect.any(Number))
    const update = await send(
      '# source : Mairie de Segonzac\n# publié le : 2026-11-01\ncommune;stations\n16366;1\n',
    )
    expect(await hall('16366')).toEqual({ ...before, stations: 1 })
    await send('# source : Mairie de Segonzac\ncommune;sans rendez-vous\n16366;oui\n')
    expect(await hall('16366')).toEqual({ ...before, stations: 1, without_appointment: true })
    await takeBack(update.release)
    expect(await hall('16366')).toEqual({ ...before, without_appointment: true })
  })

  test('a blank cell says nothing in a first publication, and takes back in a correction', async () => {
    await send('commune;stations;fermeture\n16046;2;2026-01-31\n')
    await send('commune;stations;fermeture\n16046;3;\n')
    expect(await hall('16046')).toMatchObject({ stations: 3, closed_on: '2026-01-31' })
    await send('# nature : correction\ncommune;stations;fermeture\n16046;3;\n')
    expect(await hall('16046')).toMatchObject({ stations: 3, closed_on: null })
  })

  test('bytes sent again are in force again, unless what replaced them was published later', async () => {
    const two = 'commune;stations\n16102;2\n'
    const three = 'commune;stations\n16102;3\n'
    const first = await send(two)
    expect(await send(two)).toMatchObject({ alreadyKnown: true, release: first.release, replacedBy: [] })
    await send(three)
    expect(await hall('16102')).toMatchObject({ stations: 3 })
    const again = await send(two)
    expect(again).toMatchObject({ alreadyKnown: false })
    expect(again.release).toBeGreaterThan(first.release)
    expect(await hall('16102')).toMatchObject({ stations: 2 })
    const dated = '# publié le : 2026-01-05\ncommune;stations\n16015;5\n'
    const old = await send(dated)
    const later = await send(
      '# publié le : 2026-06-01\n# document : Liste de juin\ncommune;stations\n16015;6\n',
    )
    expect(await send(dated)).toMatchObject({
      alreadyKnown: true,
      release: old.release,
      replacedBy: [{ release: later.release, document: 'Liste de juin', publishedOn: '2026-06-01' }],
    })
    expect(await hall('16015')).toMatchObject({ stations: 6 })
  })
})

describe('hours', () => {
  const hours = async (insee: string, day: string) => {
    const { rows } = await sql<{ slot: string }>`
      select concat_ws(' ', weekday, left(opens::text, 5), left(closes::text, 5), stations) as slot
        from hours_on(${day}::date) where insee = ${insee} order by 1`.execute(database.db)
    return rows.map(row => row.slot)
  }
  const HOURS = 'commune;jour;ouvre;ferme;depuis;jusqu’à;stations\n'
  test('a season adds, a day of the week replaces the same alone, and columns that are not there stand', async () => {
    await send(`${HOURS}16101;lundi;8h30;12h;;;2\n16101;mardi;8h30;12h;;;2\n`)
    await send(`${HOURS}16101;lundi;9h;11h;2026-07-01;2026-08-31;1\n`)
    expect(await hours('16101', '2026-06-15')).toEqual(['1 08:30 12:00 2', '2 08:30 12:00 2'])
    expect(await hours('16101', '2026-07-15')).toEqual(['1 09:00 11:00 1', '2 08:30 12:00 2'])
    await send('commune;jour;ouvre;ferme\n16101;mardi;8h30;12h\n16101;mardi;14h;17h\n')
    expect(await hours('16101', '2026-07-15')).toEqual([
      '1 09:00 11:00 1',
      '2 08:30 12:00 2',
      '2 14:00 17:00',
    ])
    const corrected = await send(
      `# nature : correction\n${HOURS}16101;lundi;9h;11h;2026-07-01;2026-07-10;1\n`,
    )
    expect(await hours('16101', '2026-07-15')).toContain('1 08:30 12:00 2')
    await takeBack(corrected.release)
    expect(await hours('16101', '2026-07-15')).toContain('1 09:00 11:00 1')
  })
})

describe('events', () => {
  const events = (place: string) =>
    database.db
      .selectFrom('event')
      .select(['first_day as from', 'files', 'label'])
      .where('place', '=', place)
      .orderBy('first_day')
      .orderBy('label')
      .execute()
  const EVENTS = 'lieu;titre;jour;nature;dossiers;libellé\n'
  test('a correction replaces the fact that it overlaps, even under other words, and no other', async () => {
    await send(
      `# source : P\n${EVENTS}17;permis;2021-03-31;injection;8 000;Injection de 8 000 dossiers\n17;;2021-03-31;mesure;;Renfort\n17;;2021-03-31;mesure;;Guichet\n`,
    )
    const wrong = await send(
      `# source : P\n# nature : correction\n${EVENTS}17;permis;2021-03-31;injection;6 000;Injection de 6 000 dossiers\n17;;2021-03-31;mesure;;Accueil\n`,
    )
    expect(await events('17')).toEqual([
      { from: '2021-03-31', files: null, label: 'Accueil' },
      { from: '2021-03-31', files: null, label: 'Guichet' },
      { from: '2021-03-31', files: 6_000, label: 'Injection de 6 000 dossiers' },
      { from: '2021-03-31', files: null, label: 'Renfort' },
    ])
    await takeBack(wrong.release)
    expect(await events('17')).toHaveLength(3)
  })
})

describe('teams', () => {
  test('a team is corrected at its day, and keeps the output that a later file does not tell', async () => {
    const team = () =>
      database.db
        .selectFrom('cert_capacity')
        .select(['since', 'etpo', 'files_per_agent_day as output'])
        .where('cert', '=', 'CERT Z')
        .execute()
    await send('cert;titre;depuis;etpo;dossiers par jour et par agent\nCERT Z;cni;2021-09;23,5;18,5\n')
    await send('cert;titre;depuis;etpo\nCERT Z;cni;2021-09;24\n')
    expect(await team()).toEqual([{ since: '2021-09-01', etpo: 24, output: 18.5 }])
  })
})

describe('outlines', () => {
  const draw = (code: string, west: number) =>
    importContours(
      database.db,
      file(
        JSON.stringify({
          type: 'FeatureCollection',
          features: [
            {
              type: 'Feature',
              properties: { code },
              geometry: {
                type: 'Polygon',
                coordinates: [
                  [
                    [west, 45.6],
                    [west + 0.1, 45.6],
                    [west, 45.7],
                    [west, 45.6],
                  ],
                ],
              },
            },
          ],
        }),
        'c.geojson',
      ),
      TODAY,
    )
  const drawn = async () => {
    const rows = await database.db.selectFrom('commune_contour').selectAll().orderBy('insee').execute()
    return rows.map((row: Selectable<Database['commune_contour']>) => [
      row.insee,
      (row.rings as number[][][])[0]?.[0]?.[0],
    ])
  }
  test('one outline never wipes the others, and the same file is in force again', async () => {
    await draw('16015', 0.1)
    await draw('16102', -0.35)
    expect(await drawn()).toEqual([
      ['16015', 0.1],
      ['16102', -0.35],
    ])
    await draw('16015', 0.12)
    expect(await drawn()).toEqual([
      ['16015', 0.12],
      ['16102', -0.35],
    ])
    expect(await draw('16015', 0.1)).toMatchObject({ alreadyKnown: false })
    expect(await drawn()).toEqual([
      ['16015', 0.1],
      ['16102', -0.35],
    ])
  })
})

describe('figures', () => {
  const WAITS = 'trimestre;lieu;jours\n'
  const head = (source: string, more = '') => `# type : appointment-waits\n# source : ${source}\n${more}`
  const inForce = async () => {
    const found = await figureVintages(database.db, {
      measure: 'appointment-wait',
      place: '16',
      period: '2019-Q1',
    })
    return found?.map(one => [one.row.value, one.state])
  }
  test('a correction withdrawn gives back what it replaced; the history tells both', async () => {
    const first = await send(`${head('P')}${WAITS}T1 2019;16;26\n`)
    const correction = await send(`${head('P', '# nature : correction\n')}${WAITS}T1 2019;16;28\n`)
    expect(await inForce()).toEqual([
      [26, 'replaced'],
      [28, 'in-force'],
    ])
    expect(await send(`${head('P')}${WAITS}T1 2019;16;26\n`)).toMatchObject({
      alreadyKnown: true,
      release: first.release,
      replacedBy: [{ release: correction.release }],
    })
    await takeBack(correction.release)
    expect(await inForce()).toEqual([
      [26, 'in-force'],
      [28, 'withdrawn'],
    ])
    await takeBack(first.release)
    expect(await inForce()).toEqual([
      [26, 'withdrawn'],
      [28, 'withdrawn'],
    ])
    const { rows: current } = await sql`select from current_observation where period = '2019-Q1'`.execute(
      database.db,
    )
    expect(current).toEqual([])
    expect(await send(`${head('P')}${WAITS}T1 2019;16;26\n`)).toMatchObject({ alreadyKnown: false })
    expect(await inForce()).toEqual([
      [26, 'withdrawn'],
      [28, 'withdrawn'],
      [26, 'in-force'],
    ])
  })

  test('what is chosen again after withdrawals is what would be chosen from nothing', async () => {
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
  })

  test('a draft sent again is said to be one, and may be taken back', async () => {
    const draft = `${head('D', '# brouillon : oui\n')}${WAITS}T2 2019;16;40\n`
    const { release } = await send(draft)
    expect(await send(draft)).toMatchObject({ alreadyKnown: true, public: false, standing: 'draft' })
    await takeBack(release)
    expect(await send(draft)).toMatchObject({ alreadyKnown: false, standing: 'draft' })
  })
})

describe('who withdraws', () => {
  const person = (role: Identity['role'], place: string): Identity => ({
    role,
    place,
    account: `${role} ${place}`,
    name: '',
    scope: 'everything',
  })
  test('whoever answers for the place and brings the kind, once', async () => {
    const { release } = await send('commune;stations\n16230;4\n')
    const refused = (by: Identity) =>
      takeBack(release, by).then(
        () => 'done',
        error => (error as { code: string }).code,
      )
    expect(await refused(person('prefecture', '17'))).toBe('forbidden')
    expect(await refused(person('town-hall', '16102'))).toBe('forbidden')
    expect(await refused(person('cert', '16'))).toBe('forbidden')
    expect(await refused(person('prefecture', '16'))).toBe('done')
    expect(await refused(person('prefecture', '16'))).toBe('already-withdrawn')
    await expect(takeBack(2_000_000)).rejects.toMatchObject({ code: 'release-not-found' })
  })
})
