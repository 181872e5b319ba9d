import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FaultReport } from '../../src/imports/fault-log.ts'
import { importFile } from '../../src/imports/import-queries.ts'
import { importLongFile, type LongSource } from '../../src/imports/long-import-queries.ts'
import { ANYBODY } from '../../src/pure/access/identity.ts'
import { seededRandom } from '../../src/pure/numerics/series/random.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const TODAY = '2026-11-24'
const COMMUNES = ['16015', '16102', '16113']
const HEAD =
  '# type : applications\n# source : Essai\n# publié le : 2026-01-05\nmois;commune;titre;demandes\n'

function source(name: string, text: string | Buffer, pieceBytes = 100_000): LongSource {
  const bytes = Buffer.from(text)
  return {
    name,
    bytes: bytes.length,
    defaultPlace: '16',
    receivedFrom: 'test',
    async *open() {
      for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
    },
  }
}

/** A source that remembers how much of it was read each time that it was opened. */
function watched(inner: LongSource): LongSource & { read: number[] } {
  const read: number[] = []
  return {
    ...inner,
    read,
    async *open() {
      const at = read.push(0) - 1
      for await (const bytes of inner.open()) {
        read[at]! += bytes.length
        yield bytes
      }
    },
  }
}

/** Both titles in some communes, every month since 1970. */
function manyRows(of: (title: number) => number, communes: readonly string[] = COMMUNES): string[] {
  const months = Array.from(
    { length: 56 * 12 },
    (_, i) => `${1970 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
  )
  return months.flatMap(month =>
    communes.flatMap(commune =>
      ['cni', 'passeport'].map((title, t) => `${month};${commune};${title};${of(t)}`),
    ),
  )
}

const counts = async () => ({
  observations: Number(
    (
      await database.db
        .selectFrom('observation')
        .select(eb => eb.fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  ),
  releases: Number(
    (
      await database.db
        .selectFrom('release')
        .select(eb => eb.fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  ),
})

const eightyCommunes = async () => {
  const rows = await database.db
    .selectFrom('place')
    .select('code')
    .where('parent', '=', '17')
    .where('merged_into', 'is', null)
    .orderBy('code')
    .limit(80)
    .execute()
  return rows.map(({ code }) => code)
}
/** What a release says, as anybody would read it. */
const said = async (release: number) =>
  database.db
    .selectFrom('observation')
    .innerJoin('series', 'series.id', 'observation.series_id')
    .selectAll('series')
    .select(['period', 'value', 'status', 'target', 'locator'])
    .where('release_id', '=', release)
    .orderBy('series.id')
    .orderBy('period')
    .execute()
const storedBy = (result: Awaited<ReturnType<typeof importLongFile>>): number => {
  if ('faults' in result) throw new Error(JSON.stringify(result.faults.slice(0, 3)))
  return result.release
}

describe('a long file', () => {
  const rows = manyRows(i => 100 + i)
  const text = `${HEAD}${rows.join('\n')}\n`

  test('is stored whole, once, with its bytes and the values in force', async () => {
    const progress: number[] = []
    const stored = await importLongFile(database.db, source('a.csv', text), TODAY, {
      progress: ({ bytesRead }) => progress.push(bytesRead),
    })
    expect(stored).toMatchObject({ kind: 'applications', rows: rows.length, alreadyKnown: false })
    expect(progress.at(-1)).toBe(Buffer.byteLength(text))
    if ('faults' in stored) throw new Error('refused')
    const release = await database.db
      .selectFrom('release')
      .selectAll()
      .where('id', '=', stored.release)
      .executeTakeFirstOrThrow()
    expect(release).toMatchObject({ row_count: rows.length, published_on: '2026-01-05', file_name: 'a.csv' })
    const parts = await database.db
      .selectFrom('stored_file_part')
      .select('content')
      .where('sha256', '=', release.sha256)
      .orderBy('part')
      .execute()
    const kept = gunzipSync(Buffer.concat(parts.map(part => part.content)))
    expect(createHash('sha256').update(kept).digest('hex')).toBe(release.sha256)
    const inForce = await database.db
      .selectFrom('current_observation')
      .where('release_id', '=', stored.release)
      .select(eb => [eb.fn.countAll().as('n'), eb.fn.sum('value').as('sum')])
      .executeTakeFirstOrThrow()
    expect(inForce).toEqual({ n: rows.length, sum: (rows.length / 2) * 201 })
    const again = await importLongFile(database.db, source('b.csv', text), TODAY)
    expect(again).toEqual({ ...stored, alreadyKnown: true })
  })

  test('stores what the short way stores', async () => {
    const revised = `${HEAD.replace('# source', '# nature : révision\n# source')}2020-01;16015;cni;7\n2020-02;16015;cni;8\n`
    const long = await importLongFile(database.db, source('r.csv', revised), TODAY)
    const short = await importFile(
      database.db,
      {
        name: 'r.csv',
        bytes: Buffer.from(revised.replace('2020-02;16015;cni;8', '2020-03;16015;cni;9')),
        defaultPlace: '16',
        receivedFrom: 'test',
      },
      TODAY,
    )
    if ('faults' in long || 'faults' in short) throw new Error('refused')
    const inForce = await database.db
      .selectFrom('current_observation')
      .innerJoin('series', 'series.id', 'current_observation.series_id')
      .select(['period', 'value', 'release_id'])
      .where('series.place', '=', '16015')
      .where('series.title', '=', 'cni')
      .where('period', 'in', ['2020-01', '2020-02', '2020-03'])
      .orderBy('period')
      .execute()
    expect(inForce).toEqual([
      { period: '2020-01', value: 7, release_id: short.release },
      { period: '2020-02', value: 8, release_id: long.release },
      { period: '2020-03', value: 9, release_id: short.release },
    ])
  })

  test('hides what would give a small volume away, of series that it makes and of series that it finds', async () => {
    const secret = async (year: string) => {
      const { rows } = await sql<{ title: string; period: string }>`
        select s.title, f.period from secret_figure f join series s on s.id = f.series_id
         where s.place = '24322' and f.period like ${`${year}%`} order by s.title`.execute(database.db)
      return rows.map(row => row.title)
    }
    for (const year of ['2018', '2019']) {
      const rows = ['cni;4', 'passeport;30', 'cni-passport;34'].map(row => `${year}-05;24322;${row}\n`)
      storedBy(await importLongFile(database.db, source(`${year}.csv`, `${HEAD}${rows.join('')}`), TODAY))
      expect(await secret(year)).toEqual(['cni', 'passport'])
    }
  })

  test('of months that nobody told before settles nothing again; of a month told before, only its series', async () => {
    const settled = async (place: string) => {
      const { rows } = await sql<{ settled: number; sole: number }>`
        select (select count(*) from settled_value v where v.series_id = any (s.ids))::integer as settled,
               (select count(*) from sole_release r where r.series_id = any (s.ids))::integer as sole
          from (select array_agg(id) as ids from series where place = ${place} and measure = 'applications') s`.execute(
        database.db,
      )
      return rows[0]
    }
    const head = HEAD.replace('2026-01-05', '2026-03-05')
    const send = (name: string, lines: string[]) =>
      importLongFile(database.db, source(name, `${head}${lines.join('\n')}\n`), TODAY)
    await send(
      '1.csv',
      manyRows(i => 100 + i, ['16046']),
    )
    expect(await settled('16046')).toEqual({ settled: 0, sole: 2 })
    await send('2.csv', ['2026-01;16046;cni;50', '2026-01;16046;passeport;60'])
    expect(await settled('16046')).toEqual({ settled: 0, sole: 4 })
    await send('3.csv', ['2026-01;16046;cni;51', '2026-02;16046;cni;52'])
    // The identity cards of the first file stand alone; those of the two others meet in January.
    expect(await settled('16046')).toEqual({ settled: 2, sole: 3 })
  })

  test('with faults is refused as the short way refuses it, and leaves nothing', async () => {
    const before = await counts()
    const faulty = [
      ...rows.slice(0, 900),
      '2022-13;16015;cni;1',
      '2022-03;16015;cnii;1',
      rows[4]!,
      '2022-03;16102;cni',
      rows[5]!.replace(/\d+$/, '5'),
      ...rows.slice(900, 1_500),
      rows[7]!,
    ]
    const content = `${HEAD}${faulty.join('\n')}\n`
    const long = await importLongFile(database.db, source('f.csv', content, 4_000), TODAY)
    const short = await importFile(
      database.db,
      { name: 'f.csv', bytes: Buffer.from(content), defaultPlace: '16', receivedFrom: 'test' },
      TODAY,
    )
    // The short way also tells what it is about, for a form that asks the rest.
    const { faults, total, byCode } = short as FaultReport
    expect(long).toEqual({ faults, total, byCode })
    expect(long).toMatchObject({ byCode: { 'duplicate-row': 2, contradiction: 1, 'ragged-row': 1 } })
    expect(await counts()).toEqual(before)
  })

  test('whose only faults are repeated rows is refused with all of them', async () => {
    const content = `${HEAD}${[...rows.map(row => row.replace(/\d+$/, '3')), ...rows.slice(0, 1_200)].join('\n')}`
    const refused = await importLongFile(database.db, source('d.csv', content), TODAY)
    expect(refused).toMatchObject({ total: 1_200, byCode: { contradiction: 1_200 } })
    expect('faults' in refused && refused.faults).toHaveLength(1_000)
  })

  test('in Windows-1252 is read as one in UTF-8', async () => {
    const content = Buffer.from(
      `${HEAD}${rows.slice(0, 2_000).join('\n')}`.replace('Essai', 'Préfecture'),
      'latin1',
    )
    expect(await importLongFile(database.db, source('w.csv', content, 1_000), TODAY)).toMatchObject({
      rows: 2_000,
    })
  })

  test('called off while it is copied leaves nothing, and can be sent again', async () => {
    const before = await counts()
    const codes = await eightyCommunes()
    const content = `${HEAD}${manyRows(title => 500 + title, codes).join('\n')}`
    const pieces = source('c.csv', content)
    const stop = new AbortController()
    let most = 0
    const cut = importLongFile(database.db, pieces, TODAY, {
      signal: stop.signal,
      progress: ({ rows }) => {
        most = rows
        if (rows > 90_000) stop.abort(new Error('called off'))
      },
    })
    await expect(cut).rejects.toThrow('called off')
    expect(most).toBeGreaterThan(90_000)
    expect(await counts()).toEqual(before)
    const stored = await importLongFile(database.db, pieces, TODAY)
    expect(stored).toMatchObject({ alreadyKnown: false, rows: 80 * 2 * 672 })
    const again = watched(pieces)
    expect(await importLongFile(database.db, again, TODAY)).toEqual({ ...stored, alreadyKnown: true })
    // Once for its digest; then it is known as soon as its first rows say what it is.
    expect(again.read).toEqual([pieces.bytes, expect.any(Number)])
    expect(again.read[1]).toBeLessThan(pieces.bytes)
  })

  test('is not read to its end once a fault is met, then read whole to tell all of them', async () => {
    const before = await counts()
    const lines = manyRows(title => 700 + title, await eightyCommunes())
    lines.splice(5, 0, '2022-13;16015;cni;1')
    const content = `${HEAD}${[...lines, ...lines.slice(10, 1_210)].join('\n')}`
    const faulty = watched(source('g.csv', content))
    const refused = await importLongFile(database.db, faulty, TODAY)
    expect(refused).toMatchObject({ total: 1_201, byCode: { 'invalid-period': 1, 'duplicate-row': 1_200 } })
    if (!('faults' in refused)) throw new Error('stored')
    expect(refused.faults).toHaveLength(1_000)
    const last = 4 + lines.length
    expect(refused.faults.slice(0, 2)).toMatchObject([
      { line: 10, code: 'invalid-period' },
      { line: last + 1, code: 'duplicate-row', message: expect.stringContaining('la ligne 15 ') },
    ])
    expect(faulty.read).toEqual([faulty.bytes, expect.any(Number), faulty.bytes])
    expect(faulty.read[1]).toBeLessThan(faulty.bytes)
    expect(await counts()).toEqual(before)
  })

  test('that is no CSV, or heavier than any is read, is refused at its first piece or before', async () => {
    const workbook = watched(
      source('a.xlsx', Buffer.from('PK\u0003\u0004[Content_Types].xml'.padEnd(900)), 300),
    )
    expect(await importLongFile(database.db, workbook, TODAY)).toMatchObject({
      faults: [{ line: 1, code: 'spreadsheet-file' }],
      total: 1,
    })
    expect(workbook.read).toEqual([300])
    const cut = source('u.csv', Buffer.from(`\ufeff${HEAD}`, 'utf16le').subarray(0, -1))
    expect(await importLongFile(database.db, cut, TODAY)).toMatchObject({
      faults: [{ line: 1, code: 'unreadable-encoding' }],
      byCode: { 'unreadable-encoding': 1 },
    })
    const heavy = watched({ ...source('h.csv', HEAD), bytes: 8 * 1024 ** 3 + 1 })
    expect(await importLongFile(database.db, heavy, TODAY)).toMatchObject({
      faults: [{ line: 1, code: 'file-too-large' }],
    })
    expect(heavy.read).toEqual([])
    const heaviest = { ...source('i.csv', `${HEAD}2022-13;16015;cni;1`), bytes: 8 * 1024 ** 3 }
    expect(await importLongFile(database.db, heaviest, TODAY)).toMatchObject({
      byCode: { 'invalid-period': 1 },
    })
  })

  test('that waits for a person is read by nobody; one that would also wait for a day is refused', async () => {
    const rows = '2021-06;16102;cni;3\n2021-07;16102;cni;300\n'
    const draft = await importLongFile(
      database.db,
      source('b.csv', `# brouillon : oui\n${HEAD}${rows}`),
      TODAY,
    )
    expect(draft).toMatchObject({ rows: 2, public: false, alreadyKnown: false })
    const release = storedBy(draft)
    const inForce = () =>
      database.db
        .selectFrom('current_observation')
        .select('value')
        .where('release_id', '=', release)
        .execute()
    expect(await inForce()).toEqual([])
    expect(await said(release)).toHaveLength(2)
    const secret = () => database.db.selectFrom('secret_figure').select('period').execute()
    expect((await secret()).filter(({ period }) => period === '2021-06')).toEqual([])
    storedBy(await importLongFile(database.db, source('p.csv', `# note : 1\n${HEAD}${rows}`), TODAY))
    expect((await secret()).filter(({ period }) => period === '2021-06')).toHaveLength(1)
    const before = await counts()
    const both = `# brouillon : oui\n# embargo : 2027-01-01T08:00\n${HEAD}${rows}`
    expect(await importLongFile(database.db, source('e.csv', both), TODAY)).toMatchObject({
      faults: [{ line: 2, code: 'cannot-wait' }],
      total: 1,
    })
    expect(await counts()).toEqual(before)
  })

  test('says what a short one says, cell by cell, and its bytes are kept once', async () => {
    const delays =
      '# type : issuance-delays\n# source : Essai\n# nature : révision\npériode;titre;lieu;jours;cible;statut;unité;origine\n' +
      'T1 2018;cni;16;13,5;15;calculé;jours ouvrés;"a\\b\tc\nd"\nT1 2018;passeport;16;;;retiré;;\nT2 2018;cni;16;0;;;;\n'
    const waits =
      '# type : appointment-waits\n# source : Essai\npériode;lieu;jours;horloge\n' +
      'T1 2018;16102;20;premier créneau\n2018-02;16102;21;\n2018;16102;22,25;\n'
    // Each row is about another thing than the one before, by one column alone.
    const neighbours =
      '# type : appointment-waits\n# source : Essai\npériode;lieu;jours;horloge;statistique;unité\n' +
      'T1 2018;16102;20;premier créneau;moyenne;\nT1 2018;16102;21;de la prise au rendez-vous;moyenne;\n' +
      'T1 2018;16102;22;de la prise au rendez-vous;médiane;\nT1 2018;16102;23;de la prise au rendez-vous;médiane;ouvrés\n' +
      '2018;16102;24;de la prise au rendez-vous;médiane;ouvrés\n2018;16015;25;de la prise au rendez-vous;médiane;ouvrés\n'
    const issued =
      '# type : titles-issued\n# source : Essai\npériode;lieu;titre;validité;titres\n' +
      '2018;16;passeport;5;60\n2018;16;passeport;10;61\n2018;16;cni;10;62\n'
    const indicators =
      '# type : indicators\n# source : Essai\npériode;lieu;mesure;valeur\n' +
      '2018;16;Appels reçus;60\n2018;16;Appels perdus;61\n2018;16;Dossiers en stock;62\n'
    for (const text of [delays, waits, neighbours, issued, indicators]) {
      const file = source('x.csv', text, 7)
      const short = await importFile(database.db, { ...file, bytes: Buffer.from(text) }, TODAY)
      const long = await importLongFile(database.db, { ...file, defaultPlace: '17' }, TODAY)
      const third = await importLongFile(database.db, { ...file, defaultPlace: '24' }, TODAY)
      expect(new Set([short, long, third].map(storedBy)).size).toBe(3)
      const expected = await said(storedBy(short))
      expect(expected).toHaveLength(text === neighbours ? 6 : 3)
      for (const release of [long, third]) expect(await said(storedBy(release))).toEqual(expected)
      const sha256 = createHash('sha256').update(text).digest('hex')
      const parts = await database.db
        .selectFrom('stored_file_part')
        .select('part')
        .where('sha256', '=', sha256)
        .execute()
      expect(parts).toEqual([])
    }
    const rows = `${HEAD}2017-01;16102;cni;40\n`
    for (const place of ['16', '17'])
      storedBy(await importLongFile(database.db, { ...source('y.csv', rows), defaultPlace: place }, TODAY))
    const parts = await database.db
      .selectFrom('stored_file_part')
      .select(['part', 'content'])
      .where('sha256', '=', createHash('sha256').update(rows).digest('hex'))
      .execute()
    expect(parts.map(({ part, content }) => [part, gunzipSync(content).toString()])).toEqual([[0, rows]])
  })

  test('of several batches is stored as it was read, and kept in several parts, in order', async () => {
    const random = seededRandom(5)
    const noise = () => Array.from({ length: 8 }, () => Math.floor(1e9 * random()).toString(36)).join('')
    const communes = await database.db
      .selectFrom('place')
      .select('code')
      .where('parent', '=', '17')
      .where('kind', '=', 'commune')
      .where('merged_into', 'is', null)
      .orderBy('code')
      .limit(65)
      .execute()
    const codes = communes.map(({ code }) => code)
    const rows = manyRows(() => 40, codes).map(row => `${row};${noise()}`)
    const text = `${HEAD.trimEnd()};origine\n${rows.join('\n')}\n`
    const release = storedBy(await importLongFile(database.db, source('bruit.csv', text), TODAY))
    const stored = (await said(release)).map(one =>
      [one.period, one.place, one.title, one.value, one.locator].join(';'),
    )
    const english = rows.map(row => row.replace('passeport', 'passport'))
    expect(stored.sort()).toEqual(english.sort())
    const parts = await database.db
      .selectFrom('stored_file_part')
      .select(['part', 'content'])
      .where('sha256', '=', createHash('sha256').update(text).digest('hex'))
      .orderBy('part')
      .execute()
    expect(parts.map(({ part }) => part)).toEqual([0, 1, 2])
    expect(gunzipSync(Buffer.concat(parts.map(({ content }) => content))).toString()).toBe(text)
  })

  test('is held to what its sender brings, and to the places that he answers for', async () => {
    const before = await counts()
    const by = (role: 'cert' | 'prefecture'): LongSource => ({
      ...source('s.csv', `${HEAD}2016-01;16102;cni;40\n2016-01;17300;cni;40\n`),
      sender: { ...ANYBODY, role, place: '17', account: 'test' },
    })
    await expect(
      importLongFile(
        database.db,
        { ...by('cert'), ...source('s.csv', `${HEAD}2016-01;17300;cni;40\n`) },
        TODAY,
      ),
    ).rejects.toMatchObject({ code: 'forbidden' })
    expect(await importLongFile(database.db, by('prefecture'), TODAY)).toMatchObject({
      faults: [{ line: 5, code: 'foreign-place' }],
      total: 1,
    })
    expect(await counts()).toEqual(before)
  })

  test('that changes between two readings is a failure, and not stored', async () => {
    const before = await counts()
    const [sound, faulty] = ['2015-01', '2015-13'].map(month =>
      source('z.csv', `${HEAD}${month};16102;cni;40\n`),
    )
    let opened = 0
    const changing: LongSource = {
      ...sound!,
      open: () => {
        opened += 1
        return opened === 2 ? faulty!.open() : sound!.open()
      },
    }
    await expect(importLongFile(database.db, changing, TODAY)).rejects.toThrow('z.csv: refused at first')
    expect(opened).toBe(3)
    expect(await counts()).toEqual(before)
  })
})
