import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importFile } from '../../../src/imports/queries.ts'
import { publishedValues } from '../../../src/io/database/published.ts'
import { projectRoot } from '../../../src/io/project-root.ts'
import { publish } from '../../../src/publications/queries.ts'
import { groupBy } from '../../../src/pure/figures/group-by.ts'
import { settle } from '../../../src/pure/figures/observation.ts'
import { notices } from '../../../src/pure/figures/vintage.ts'
import { seededRandom } from '../../../src/pure/numerics/random.ts'
import { freshDatabase } from '../../database.ts'
import {
  DAYS,
  FAR_EMBARGO,
  type HistoryRelease,
  PAST_EMBARGO,
  randomHistory,
  slate,
} from '../../histories.ts'

/** Histories checked in SQL: 500 by default, 10,000 when asked for by `HISTORIES=10000`. */
const HISTORIES = Number(process.env['HISTORIES'] ?? 500)
/** Histories that share their files, each in a figure of its own. */
const TOGETHER = 50
const TODAY = '2026-11-24'
const KIND_WORDS = {
  initial: 'initiale',
  revision: 'révision',
  correction: 'correction',
  methodology: 'méthode',
}
const HEADER = 'période;lieu;jours;horloge;statut'

let database: Awaited<ReturnType<typeof freshDatabase>>
let halls: string[]
const batches: {
  place: string
  releases: HistoryRelease[]
  numbers: Map<number, number>
  moments: string[]
}[] = []

beforeAll(async () => {
  database = await freshDatabase()
  const communes = await database.db
    .selectFrom('place')
    .select('code')
    .where('kind', '=', 'commune')
    .where('merged_into', 'is', null)
    .where('code', 'not in', database.db.selectFrom('series').select('place'))
    .orderBy('code')
    .limit(Math.ceil(HISTORIES / TOGETHER))
    .execute()
  halls = communes.map(row => row.code)
  for (const [i, place] of halls.entries())
    batches.push(await played(place, randomHistory(seededRandom(i + 1), TOGETHER)))
}, 600_000)
afterAll(() => database.close())

const periodOf = (figure: number) => `${2_000 + Math.floor(figure / 4)}-Q${(figure % 4) + 1}`

function fileOf(place: string, release: HistoryRelease): string {
  const head = [
    '# type : appointment-waits',
    `# source : ${release.source}`,
    `# publié le : ${release.day}`,
    `# nature : ${KIND_WORDS[release.kind]}`,
    ...(release.kind === 'initial' ? [] : ['# motif : recompté']),
    ...(release.wait === 'draft' ? ['# brouillon : oui'] : []),
    ...(release.wait === 'past-embargo' ? [`# embargo : ${PAST_EMBARGO}`] : []),
    ...(release.wait === 'far-embargo' ? [`# embargo : ${FAR_EMBARGO}`] : []),
    `# note : ${place}.${release.arrival}`,
  ]
  const rows = [...release.cells].map(([figure, value]) =>
    [periodOf(figure), place, value ?? '', 'first-free-slot', value === null ? 'retiré' : 'observé'].join(
      ';',
    ),
  )
  return `${[...head, HEADER, ...rows].join('\n')}\n`
}

const send = (text: string, db = database.db) =>
  importFile(
    db,
    { bytes: new TextEncoder().encode(text), name: 'attentes.csv', defaultPlace: '16', receivedFrom: 'test' },
    TODAY,
  )

/** Plays a history as people would: imports in their order, drafts published in theirs, a moment noted after each. */
async function played(place: string, releases: HistoryRelease[], db = database.db) {
  const numbers = new Map<number, number>()
  const moments: string[] = []
  const steps = releases.flatMap(release => [
    { at: release.arrival, import: release },
    ...(release.wait === 'draft' && release.published !== undefined ? [{ publish: release }] : []),
  ])
  const publications = releases
    .filter(release => release.published !== undefined)
    .sort((a, b) => (a.published ?? 0) - (b.published ?? 0))
  let published = 0
  for (const step of steps) {
    if (!('import' in step)) continue
    const stored = await send(fileOf(place, step.import), db)
    if ('faults' in stored) throw new Error(JSON.stringify(stored.faults))
    numbers.set(step.import.arrival, stored.release)
    for (;;) {
      const next = publications[published]
      const release = next === undefined ? undefined : numbers.get(next.arrival)
      if (next === undefined || release === undefined) break
      if (next.wait === 'draft') await publish(db, { releases: [release], by: 'test' })
      published += 1
      const { rows } = await sql<{ moment: string }>`
        select published_at::text as moment from publication where release_id = ${release}`.execute(db)
      moments.push(rows[0]?.moment ?? '')
    }
  }
  return { place, releases, numbers, moments }
}

interface InForce {
  place: string
  period: string
  value: number
}
/** Values in force of every history by `place period`, as a rule written in SQL gives them. */
async function answered(rule: string, argumentsOf: string): Promise<Map<string, number>> {
  const { rows } = await sql<InForce>`
    select s.place, v.period, v.value
      from ${sql.id(rule)}(array(
             select id from series where measure = 'appointment-wait' and place = any (${halls}::text[])), ${sql.raw(argumentsOf)}) v
      join series s on s.id = v.series_id`.execute(database.db)
  return new Map(rows.map(row => [`${row.place} ${row.period}`, row.value]))
}

function expected(
  ask: (batch: (typeof batches)[number]) => Parameters<typeof slate>[2],
): Map<string, number> {
  return new Map(
    batches.flatMap(batch =>
      Array.from({ length: TOGETHER }, (_, figure) => figure).flatMap((figure): [string, number][] => {
        const value = slate(batch.releases, figure, ask(batch))
        return value === undefined ? [] : [[`${batch.place} ${periodOf(figure)}`, value]]
      }),
    ),
  )
}
const sorted = (map: Map<string, number>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1))

/** What is asked of a rule, with what the slate answers; made once, since every broken rule is asked the same. */
const QUESTIONS: readonly [string, Parameters<typeof slate>[2]][] = [
  ...[...DAYS, TODAY].map((day): [string, { asOf: string }] => [`as_of => '${day}'`, { asOf: day }]),
  ['shown_at => now()', { asOf: '9999-12-31' }],
  [`shown_at => '3000-01-01'`, { asOf: '3000-01-01', afterEmbargo: true }],
]
const slates = new Map<string, string>()

/** Whether a rule answers every question as the slate does. */
async function isRight(rule: string): Promise<boolean> {
  for (const [argumentsOf, question] of QUESTIONS) {
    const known = slates.get(argumentsOf) ?? JSON.stringify(sorted(expected(() => question)))
    slates.set(argumentsOf, known)
    if (JSON.stringify(sorted(await answered(rule, argumentsOf))) !== known) return false
  }
  return true
}

describe(`${HISTORIES} random histories in PostgreSQL`, () => {
  test('each cell of each file is stored as it was written', async () => {
    for (const { place, releases, numbers } of batches) {
      const { rows } = await sql<{ release: number; period: string; value: number | null }>`
        select o.release_id as release, o.period, o.value from observation o join series s on s.id = o.series_id
         where s.place = ${place} and s.measure = 'appointment-wait'`.execute(database.db)
      const stored = new Map(rows.map(row => [`${row.release} ${row.period}`, row.value]))
      const written = releases.flatMap(({ arrival, cells }) =>
        [...cells].map(([figure, value]): [string, number | null] => [
          `${numbers.get(arrival)} ${periodOf(figure)}`,
          value,
        ]),
      )
      expect(stored).toEqual(new Map(written))
    }
  })

  test.each([...DAYS, TODAY])('as of %s, the values in force are those of the slate', async day => {
    for (const rule of ['values_in_force', 'values_as_of'])
      expect(sorted(await answered(rule, `as_of => '${day}'`))).toEqual(
        sorted(expected(() => ({ asOf: day }))),
      )
  })

  test('what was answered after some publications is answered the same after all of them', async () => {
    for (const batch of batches) {
      for (const [i, moment] of batch.moments.entries()) {
        const { rows } = await sql<InForce>`
          select s.place, v.period, v.value
            from values_in_force(array(select id from series where measure = 'appointment-wait' and place = ${batch.place}),
                                 known_at => ${moment}::timestamptz) v
            join series s on s.id = v.series_id`.execute(database.db)
        const told = new Map(rows.map(row => [row.period, row.value]))
        for (let figure = 0; figure < TOGETHER; figure++)
          expect(told.get(periodOf(figure))).toBe(
            slate(batch.releases, figure, { asOf: TODAY, known: i + 1 }),
          )
      }
    }
  }, 120_000)

  test('the values kept for now are in force now, and those kept for the end of an embargo then', async () => {
    const kept = async (moment: string) => {
      const { rows } = await sql<InForce>`
        select s.place, v.period, v.value from value_in_force v join series s on s.id = v.series_id
         where s.measure = 'appointment-wait' and s.place = any (${halls}::text[])
           and v.shown_from <= ${moment}::timestamptz and ${moment}::timestamptz < v.shown_until`.execute(
        database.db,
      )
      return sorted(new Map(rows.map(row => [`${row.place} ${row.period}`, row.value])))
    }
    const { rows } = await sql<InForce>`
      select s.place, v.period, v.value from current_observation v join series s on s.id = v.series_id
       where s.measure = 'appointment-wait' and s.place = any (${halls}::text[])`.execute(database.db)
    expect(sorted(new Map(rows.map(row => [`${row.place} ${row.period}`, row.value])))).toEqual(
      sorted(expected(() => ({ asOf: TODAY }))),
    )
    expect(await kept('3000-01-01')).toEqual(
      sorted(expected(() => ({ asOf: '3000-01-01', afterEmbargo: true }))),
    )
    await sql`select rebuild_current_observation()`.execute(database.db)
    expect(await kept('3000-01-01')).toEqual(
      sorted(expected(() => ({ asOf: '3000-01-01', afterEmbargo: true }))),
    )
  })

  test('the program reads the values that SQL has in force, and gives a notice for each changed figure', async () => {
    for (const { place, releases } of batches) {
      const rows = await publishedValues(database.db, { measure: 'appointment-wait', places: [place] })
      const byPeriod = groupBy(rows, row => row.period)
      const told = groupBy(notices(rows), notice => notice.row.period)
      for (let figure = 0; figure < TOGETHER; figure++) {
        const period = periodOf(figure)
        const value = slate(releases, figure, { asOf: TODAY })
        expect(settle(byPeriod.get(period) ?? [])?.current.value).toBe(value)
        const last = told.get(period)?.at(-1)
        if (last !== undefined) expect(last.after).toBe(value)
        for (const { row, change } of told.get(period) ?? [])
          if (row.kind !== 'initial') expect([change, row.reason]).toEqual([expect.any(String), 'recompté'])
      }
    }
  })

  test('the same files sent again write nothing', async () => {
    const count = async () => {
      const { rows } = await sql<{ n: number }>`
        select (select count(*) from observation) + (select count(*) from release) + (select count(*) from publication) as n`.execute(
        database.db,
      )
      return rows[0]?.n
    }
    const before = await count()
    for (const { place, releases } of batches.slice(0, 5))
      for (const release of releases)
        expect(await send(fileOf(place, release))).toMatchObject({ alreadyKnown: true })
    expect(await count()).toBe(before)
  })

  test('the files kept, imported elsewhere in their order, tell the same history', async () => {
    const other = await freshDatabase()
    try {
      for (const { place, releases } of batches.slice(0, 3)) {
        await played(place, releases, other.db)
        const read = async (db: typeof database.db) =>
          (await publishedValues(db, { measure: 'appointment-wait', places: [place] })).map(
            ({ release: _release, recordedAt: _recorded, shownAt: _shown, ...row }) => row,
          )
        expect(await read(other.db)).toEqual(await read(database.db))
      }
    } finally {
      await other.close()
    }
  })

  test('the order of arrival does not matter when each document has its day', async () => {
    const [place] = halls
    const communes = await database.db
      .selectFrom('place')
      .select('code')
      .where('kind', '=', 'commune')
      .where('merged_into', 'is', null)
      .where('code', 'not in', database.db.selectFrom('series').select('place'))
      .orderBy('code', 'desc')
      .limit(6)
      .execute()
    expect(place).toBeDefined()
    for (const [i, pair] of [communes.slice(0, 2), communes.slice(2, 4), communes.slice(4, 6)].entries()) {
      const own = randomHistory(seededRandom(900 + i), TOGETHER).map((release, at) => ({
        ...release,
        day: `2022-0${at + 1}-15`,
        wait: 'none' as const,
        published: at,
      }))
      const turned = own.toReversed().map((release, at) => ({ ...release, arrival: at, published: at }))
      const values = []
      for (const [code, releases] of [
        [pair[0]?.code ?? '', own],
        [pair[1]?.code ?? '', turned],
      ] as const) {
        await played(code, releases)
        const rows = await publishedValues(database.db, { measure: 'appointment-wait', places: [code] })
        values.push(
          [...groupBy(rows, row => row.period)].map(([period, cell]) => [
            period,
            settle(cell)?.current.value,
          ]),
        )
      }
      expect(values[0]).toEqual(values[1])
    }
  })

  const TEXT = readFileSync(join(projectRoot(), 'sql/views/0002_current_observation_functions.sql'), 'utf8')
  const RULE = /create function publication_order[\s\S]*?end \$\$;/.exec(TEXT)?.[0] ?? ''
  const WORLD_DAY = "greatest(r.published_on, (p.embargo_until at time zone 'Europe/Paris')::date)"
  const SHOWN = 'p.embargo_until is null or p.embargo_until <= shown_at'
  const TOLD = 'places[o.release_id] <> 0'
  const BROKEN: Record<string, (text: string) => string> = {
    'a correction is not a declared change': text =>
      text.replace("r.kind <> 'initial'", "r.kind not in ('initial', 'correction')"),
    'a change of method is not a declared change': text =>
      text.replace("r.kind <> 'initial'", "r.kind not in ('initial', 'methodology')"),
    'every release is a declared change': text => text.replace("r.kind <> 'initial'", 'true'),
    'no release is a declared change': text => text.replace("r.kind <> 'initial'", 'false'),
    'a withdrawal takes back every source': text => text.replace('partition by r.source_id', ''),
    'a withdrawal takes back every other value': text =>
      text.replace('last_declared is null or abs(place)', 'abs(place)'),
    'a withdrawal takes nothing back': text =>
      text.replace('(last_declared is null or abs(place) >= last_declared)', 'true'),
    'a first publication takes back what came before': text =>
      text.replace(
        'max(places[o.release_id]) filter (where places[o.release_id] > 0)',
        'max(abs(places[o.release_id]))',
      ),
    'nothing stands beside a withdrawal': text =>
      text.replace('where value is not null and (last', 'where false and (last'),
    'a withdrawal is no change': text => text.replace(TOLD, `${TOLD} and o.value is not null`),
    'what is not told counts': text => text.replaceAll(TOLD, 'true'),
    'the first declared change wins': text =>
      text.replace('then t.place else', 'then 1000000 - t.place else'),
    'beside a withdrawal the first declared change wins': text =>
      text.replace('order by place desc', 'order by place > 0 desc, abs(place)'),
    'the last first publication wins': text =>
      text.replace('coalesce(-t.place, 0)', 'coalesce(t.place - 1000000, 0)'),
    'beside a withdrawal the last first publication wins': text =>
      text.replace('order by place desc', 'order by place > 0 desc, abs(place) desc'),
    'beside a withdrawal first publications come before declared changes': text =>
      text.replace('order by place desc', 'order by place > 0, place desc'),
    'the last publication wins, declared or not': text =>
      text.replace('coalesce(-t.place, 0)', 'coalesce(t.place, 0)'),
    'the day of the document counts, embargo or not': text => text.replaceAll(WORLD_DAY, 'r.published_on'),
    'the order of arrival alone': text => text.replace(`order by ${WORLD_DAY}, r.id`, 'order by r.id'),
    'the later of two files of one day comes first': text =>
      text.replace(`${WORLD_DAY}, r.id`, `${WORLD_DAY}, r.id desc`),
    'an embargo holds nothing back': text => text.replace(SHOWN, 'true'),
    'an embargo never ends': text => text.replace(SHOWN, 'p.embargo_until is null'),
    'drafts are counted': text =>
      text
        .replace('join publication p', 'left join publication p')
        .replace(`${WORLD_DAY} <= as_of`, `coalesce(${WORLD_DAY} <= as_of, true)`)
        .replace('greatest(p.published_at, p.embargo_until) <= known_at', 'true'),
    'the future is known': text => text.replace(`${WORLD_DAY} <= as_of`, 'true'),
  }

  test('the rule itself is right', async () => {
    expect(await isRight('values_in_force')).toBe(true)
  })

  test.each(Object.keys(BROKEN))(
    'a broken rule is caught: %s',
    async name => {
      const broken = BROKEN[name]?.(RULE) ?? RULE
      expect(broken).not.toBe(RULE)
      const named = broken
        .replaceAll('publication_order', 'broken_order')
        .replaceAll('values_in_force', 'broken_rule')
      for (const statement of named.split(/(?<=\$\$;|';)\n\n?(?=create|comment)/))
        await sql.raw(statement).execute(database.db)
      try {
        expect(await isRight('broken_rule')).toBe(false)
      } finally {
        await sql`drop function broken_rule`.execute(database.db)
        await sql`drop function broken_order`.execute(database.db)
      }
    },
    120_000,
  )
})
