import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publishedValues } from '../../src/figures/published-queries.ts'
import { importFile } from '../../src/imports/import-queries.ts'
import { projectRoot } from '../../src/io/project-root.ts'
import { publish } from '../../src/publications/publication-queries.ts'
import { groupBy } from '../../src/pure/figures/group-by.ts'
import { settle } from '../../src/pure/figures/observation.ts'
import { notices } from '../../src/pure/figures/vintage.ts'
import { seededRandom } from '../../src/pure/numerics/series/random.ts'
import { freshDatabase } from '../database.ts'
import { DAYS, FAR_EMBARGO, type HistoryRelease, PAST_EMBARGO, randomHistory, slate } from '../histories.ts'

/** Histories checked in SQL: 500 by default, 10,000 when asked for by `HISTORIES=10000`. */
const HISTORIES = Number(process.env['HISTORIES'] ?? 500)
/** Histories that share their files, each in a figure of its own. */
const TOGETHER = 50
const TODAY = '2026-11-24'
/** Few histories change again what the program changed: this one does. */
const RARE = 24
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
    batches.push(await played(place, randomHistory(seededRandom(i === 0 ? RARE : i), TOGETHER)))
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

const send = (text: string, db = database.db, receivedFrom = 'test') =>
  importFile(
    db,
    { bytes: new TextEncoder().encode(text), name: 'attentes.csv', defaultPlace: '16', receivedFrom },
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
    const stored = await send(fileOf(place, step.import), db, step.import.curated ? 'vigie-titres' : 'test')
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
/** Values in force of every history by `place period`, as SQL gives them from the series `ids`. */
async function answered(
  values: (ids: RawBuilder<unknown>) => RawBuilder<unknown>,
): Promise<Map<string, number>> {
  const ids = sql`array(
    select id from series where measure = 'appointment-wait' and place = any (${halls}::text[]))`
  const { rows } = await sql<InForce>`
    select s.place, v.period, v.value from ${values(ids)} v join series s on s.id = v.series_id`.execute(
    database.db,
  )
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

/** What is asked of a rule that tells spans of days, with the slate's answer; made once for all the broken rules. */
const QUESTIONS: { asked: string; day: string; slate: Parameters<typeof slate>[2] }[] = [
  ...[...DAYS, TODAY].flatMap(day => [
    { asked: `as_of => '${day}'`, day: '9999-12-31', slate: { asOf: day } },
    { asked: 'shown_at => now()', day, slate: { asOf: day } },
  ]),
  { asked: 'shown_at => now()', day: '9999-12-31', slate: { asOf: '9999-12-31' } },
  { asked: `shown_at => '3000-01-01'`, day: '3000-01-01', slate: { asOf: '3000-01-01', afterEmbargo: true } },
  { asked: `shown_at => '3000-01-01'`, day: DAYS[2], slate: { asOf: DAYS[2], afterEmbargo: true } },
]
const slates = new Map<unknown, string>()

/** Whether a rule answers every question as the slate does, each figure being in force once on a day. */
async function isRight(rule: string): Promise<boolean> {
  for (const question of QUESTIONS) {
    const known = slates.get(question) ?? JSON.stringify(sorted(expected(() => question.slate)))
    slates.set(question, known)
    const told = await answered(
      ids =>
        sql`(select * from ${sql.id(rule)}(${ids}, ${sql.raw(question.asked)})
              where told_from <= ${question.day}::date and ${question.day}::date < told_until)`,
    )
    if (JSON.stringify(sorted(told)) !== known) return false
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
      expect(sorted(await answered(ids => sql`${sql.id(rule)}(${ids}, as_of => ${day}::date)`))).toEqual(
        sorted(expected(() => ({ asOf: day }))),
      )
  })

  test('as of a day, neither series nor period is no question', async () => {
    await expect(sql`select * from values_as_of()`.execute(database.db)).rejects.toMatchObject({
      code: '22004',
    })
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
  })

  test('the values kept for now are in force now, and those kept for the end of an embargo then', async () => {
    const kept = async (moment: string) => {
      const { rows } = await sql<InForce>`
        select s.place, v.period, v.value from dated_value v join series s on s.id = v.series_id
         where v.told_until = 'infinity' and s.measure = 'appointment-wait' and s.place = any (${halls}::text[])
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

  test('each span of days that the rule gives is settled, now and after an embargo, but for what one release tells', async () => {
    for (const moment of ['now', '3000-01-01']) {
      const { rows } = await sql<{ settled: number; missing: number; extra: number }>`
        with rule as (
          select v.* from values_over_time(shown_at => ${moment}::timestamptz) v
           where not exists (select from sole_release s where s.series_id = v.series_id and s.release_id = v.release_id)
        ), settled as (
          select series_id, period, told_from, told_until, release_id, value from settled_value
           where shown_from <= ${moment}::timestamptz and ${moment}::timestamptz < shown_until
        )
        select (select count(*) from settled)::integer as settled,
               (select count(*) from (table rule except table settled) m)::integer as missing,
               (select count(*) from (table settled except table rule) e)::integer as extra`.execute(
        database.db,
      )
      expect(rows).toEqual([{ settled: expect.any(Number), missing: 0, extra: 0 }])
      expect(rows[0]?.settled).toBeGreaterThan(HISTORIES)
    }
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

  test('first publications sent again write nothing, whatever became of them', async () => {
    const count = async () => {
      const { rows } = await sql<{ n: number }>`
        select (select count(*) from observation) + (select count(*) from release) + (select count(*) from publication) as n`.execute(
        database.db,
      )
      return rows[0]?.n
    }
    const before = await count()
    for (const { place, releases } of batches.slice(0, 5))
      for (const release of releases.filter(one => one.kind === 'initial'))
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

  test('the order of arrival of files of the program does not matter when each document has its day', async () => {
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
        curated: true,
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
  const RULE = /create view told_release[\s\S]*?\n\$\$;/.exec(TEXT)?.[0] ?? ''
  const WORLD_DAY = "greatest(r.published_on, (p.embargo_until at time zone 'Europe/Paris')::date)"
  const DECLARED = 'declared and (source_id = first[2] or curated)'
  const TURN = `count(*) filter (where rank = first[1] or ${DECLARED}) over figure as turn`
  const BEST = 'order by declared desc, case when declared then -place else rank end'
  const BROKEN: Record<string, (text: string) => string> = {
    'a correction is not a declared change': text =>
      text.replace("r.kind <> 'initial'", "r.kind not in ('initial', 'correction')"),
    'a change of method is not a declared change': text =>
      text.replace("r.kind <> 'initial'", "r.kind not in ('initial', 'methodology')"),
    'every release is a declared change': text => text.replace("r.kind <> 'initial'", 'true'),
    'no release is a declared change': text => text.replace("r.kind <> 'initial'", 'false'),
    'a withdrawal takes back every source': text => text.replace('partition by t.source_id', ''),
    'a withdrawal takes back every other value': text =>
      text.replace('last_declared is null or place', 'place'),
    'a withdrawal takes nothing back': text =>
      text.replace('(last_declared is null or place >= last_declared)', 'true'),
    'whoever declares changes the figure of another': text => text.replace(DECLARED, 'declared'),
    'beside a withdrawal another changes the figure': text =>
      text.replace(/ and \(\s+t\.source_id = first_value[\s\S]*?\n\s+\) as declared/, ' as declared'),
    'the program changes no figure of another': text =>
      text
        .replace(' or curated)', ')')
        .replace(/or bool_or\(t\.declared and t\.curated\) over \([^)]*\)\n/, ''),
    'the first is the one of the first day': text =>
      text.replaceAll('t.rank, t.source_id', 't.place, t.source_id').replace('rank = first', 'place = first'),
    'the files of the program count by the moment they were shown': text =>
      text.replace("case when curated then '-infinity' else known_from end", 'known_from'),
    'what stood before the first shown goes on': text => text.replace('rank = first[1] or', ''),
    'beside a withdrawal what is declared of a day before the first counts': text =>
      text.replace('t.place >= first_value(t.place) over (order by t.rank) and', ''),
    'beside a withdrawal the one of the first day stands': text =>
      text.replace('-place else rank', '-place else place'),
    'what the program changed cannot be changed again': text =>
      text.replaceAll(/bool_or\(t\.declared and t\.curated\) over \([^)]*\)/g, 't.curated'),
    'a first publication takes back what came before': text =>
      text.replace('max(t.place) filter (where t.declared)', 'max(t.place)'),
    'nothing stands beside a withdrawal': text =>
      text.replace('where value is not null and (last', 'where false and (last'),
    'what is told later stands beside a withdrawal': text => text.replace(' and t.place <= h.place', ''),
    'a withdrawal is no change': text =>
      text.replace('where (wanted is null', 'where o.value is not null and (wanted is null'),
    'the first declared change wins': text =>
      text.replace(TURN, `least(1, count(*) filter (where ${DECLARED}) over figure) as turn`),
    'beside a withdrawal the first declared change wins': text =>
      text.replace(BEST, 'order by declared desc, place'),
    'the last first publication wins': text =>
      text.replace(
        TURN,
        `case when bool_or(${DECLARED}) over figure
              then count(*) filter (where ${DECLARED}) over figure else -count(*) over figure end as turn`,
      ),
    'beside a withdrawal the last first publication wins': text =>
      text.replace(BEST, 'order by declared desc, place desc'),
    'beside a withdrawal first publications come before declared changes': text =>
      text.replace('order by declared desc', 'order by declared'),
    'the last publication wins, declared or not': text => text.replace(TURN, 'count(*) over figure as turn'),
    'the day of the document counts, embargo or not': text => text.replace(WORLD_DAY, 'r.published_on'),
    'the order of arrival alone': text => text.replace('order by told_from, id', 'order by id'),
    'the later of two files of one day comes first': text =>
      text.replace('order by told_from, id', 'order by told_from, id desc'),
    'the first file of a day is in force that day': text =>
      text.replace('lead(day) over figure', 'lag(day) over figure'),
    'what is taken back goes on until something else': text =>
      text.replace('as before from in_force', 'as before from in_force where value is not null'),
    'a day is told the day after': text =>
      text.replace('select series_id, period, day, until', 'select series_id, period, day + 1, until'),
    'the last day is told twice': text =>
      text.replace('select series_id, period, day, until', 'select series_id, period, day, until + 1'),
    'an embargo holds nothing back': text => text.replace(' and shown_from <= shown_at', ''),
    'an embargo never ends': text => text.replace('shown_from <= shown_at', "shown_from = '-infinity'"),
    'drafts are counted': text =>
      text
        .replace('join publication p', 'left join publication p')
        .replace('known_from <= known_at', '(known_from is null or known_from <= known_at)'),
    'the future is known': text => text.replace('told_from <= as_of and ', ''),
  }

  test('the rule itself is right', async () => {
    expect(await isRight('values_over_time')).toBe(true)
  })

  test.each(Object.keys(BROKEN))('a broken rule is caught: %s', async name => {
    const broken = BROKEN[name]?.(RULE) ?? RULE
    expect(broken).not.toBe(RULE)
    const named = broken
      .replaceAll('told_release', 'broken_release')
      .replaceAll('values_over_time', 'broken_rule')
    for (const statement of named.split(/(?<=;)\n\n?(?=create|comment)/))
      await sql.raw(statement).execute(database.db)
    try {
      expect(await isRight('broken_rule')).toBe(false)
    } finally {
      await sql`drop function broken_rule`.execute(database.db)
      await sql`drop view broken_release`.execute(database.db)
    }
  })
})
