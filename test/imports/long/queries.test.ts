import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importLongFile, type LongSource } from '../../../src/imports/long/queries.ts'
import { importFile } from '../../../src/imports/queries.ts'
import { freshDatabase } from '../../database.ts'

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
    const send = (name: string, lines: string[]) =>
      importLongFile(database.db, source(name, `${HEAD}${lines.join('\n')}\n`), TODAY)
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
    expect(long).toEqual(short)
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
    const communes = await database.db
      .selectFrom('place')
      .select('code')
      .where('parent', '=', '17')
      .where('merged_into', 'is', null)
      .orderBy('code')
      .limit(80)
      .execute()
    const codes = communes.map(({ code }) => code)
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
  })
})
