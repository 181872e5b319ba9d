import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importFile, importShippedFiles, loadPlaces } from '../../src/imports/queries.ts'
import { publishedValues } from '../../src/io/database/published.ts'
import { projectRoot } from '../../src/io/project-root.ts'
import { settle } from '../../src/pure/figures/observation.ts'
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
  }, 120_000)

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
    await sql`create trigger fail_now before insert on event for each row execute function fail_now()`.execute(
      database.db,
    )
    const text = '# type : events\nlieu;jour;nature;libellé\n16;2022-01-01;autre;Essai\n'
    await expect(send('faits.csv', text)).rejects.toThrow('power cut')
    await sql`drop trigger fail_now on event`.execute(database.db)
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

test('what ships with the program is imported once', async () => {
  await loadPlaces(database.db)
  expect(await importShippedFiles(database.db, `${projectRoot()}/sql/data`, TODAY)).toBe(0)
})

test('a merged commune is refused with its successor', async () => {
  const result = await send(
    'x.csv',
    '# type : applications\nmois;commune;titre;demandes\n2022-01;16344;cni;4\n',
  )
  expect(result).toMatchObject({ faults: [{ code: 'merged-commune', line: 3 }] })
})
