import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { columnList, contentTables } from '../scripts/backup/content.ts'
import { continueIdentities } from '../scripts/restore/read.ts'
import { type Parts, shareOf } from '../src/demand/engine/part-tally.ts'
import { migrate } from '../src/io/database/migrate.ts'
import { projectRoot } from '../src/io/project-root.ts'
import { prepareDatabase } from '../src/service.ts'
import { keptPlan } from '../src/staffing/plan-queries.ts'
import { appOver, ask } from './app.ts'
import { freshDatabase } from './database.ts'

const FIGURES = ['/api/waits?place=16', '/api/delays?place=16', '/api/demand/16102', '/api/town-halls']
const directory = join(projectRoot(), 'sql')
const names = (await readdir(join(directory, 'migrations'))).sort()
/** Versions that bases out there may have stopped at: migrations that landed together leave one version. */
const LANDED = names.filter((name, i) => name <= '0021_days_in_force.sql' || i === names.length - 2)
/** One in eight, the first and the last two; all of them when `UPGRADES` is `all`, which takes minutes. */
const TRIED = LANDED.slice(1).filter(
  (_, i, all) => process.env['UPGRADES'] === 'all' || i % 8 === 0 || i >= all.length - 2,
)
type Opened = Awaited<ReturnType<typeof freshDatabase>>

let folder: string
let head: Opened
let answers: unknown[]
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-upgrade-'))
  head = await freshDatabase({ statementMillis: 0 })
  answers = await answersOf(head)
})
afterAll(async () => {
  await head.close()
  await rm(folder, { recursive: true })
})

async function answersOf({ db }: Opened): Promise<unknown[]> {
  const app = appOver(db)
  const all: unknown[] = []
  for (const path of FIGURES) {
    const { run, ...figures } = (await (await ask(app, path)).json()) as Record<string, unknown>
    all.push(figures)
  }
  return all
}

/** The migrations of a past version: the first so many. */
async function version(count: number): Promise<string> {
  const past = join(folder, `version-${count}`)
  await mkdir(join(past, 'migrations'), { recursive: true })
  for (const part of ['rules', 'views']) await mkdir(join(past, part))
  for (const name of names.slice(0, count))
    await copyFile(join(directory, 'migrations', name), join(past, 'migrations', name))
  return past
}

/** Tables that the head has no more, told from those that it has. */
const GONE: Record<string, string> = {
  // Written by the test itself: `planOf`.
  staffing_plan_month: '(select where false)',
  value_in_force: `(select v.*, o.status from dated_value v join observation o using (series_id, period, release_id)
                     where v.told_until = 'infinity')`,
}

const readRows = new Map<string, Promise<unknown[]>>()

/** Rows of a table of the head, as a past version would have had them; read once for all versions. */
function pastRows(name: string): Promise<unknown[]> {
  const found = readRows.get(name) ?? readPastRows(name)
  readRows.set(name, found)
  return found
}

async function readPastRows(name: string): Promise<unknown[]> {
  const { rows } = await head.pool.query<{ row: Record<string, unknown> }>(
    `select to_json(t) as row from ${GONE[name] ?? `"${name}"`} t`,
  )
  // Before 0060 a town hall said everything.
  if (name === 'town_hall_version')
    return rows.map(({ row }) => ({
      ...row,
      status: row['status'] ?? 'to-confirm',
      without_appointment: row['without_appointment'] ?? false,
    }))
  if (name !== 'projection_point') return rows.map(({ row }) => row)
  // Before 0016 each hall had parts of its own.
  const points = rows.map(({ row }) => row as unknown as PastPoint)
  const keyOf = ({ run_id, title, quarter }: PastPoint) => `${run_id} ${title} ${quarter}`
  const whole = new Map(points.filter(point => point.parts !== null).map(point => [keyOf(point), point]))
  return points.map(point => {
    const department = whole.get(keyOf(point))!
    return { ...point, parts: point.parts ?? shareOf(department.parts!, point.mean / department.mean) }
  })
}

interface PastPoint {
  run_id: string
  title: string
  quarter: string
  mean: number
  parts: Parts | null
}

/** Shipped files that a past schema could not hold, and the series that only they speak of: an upgrade brings them. */
async function younger(count: number): Promise<{ releases: Set<number>; series: Set<number> }> {
  const lacks = (migration: string) => !names.slice(0, count).includes(migration)
  const { rows } = await head.pool.query<{ release: number; series: number; only: boolean }>(
    `with young as (
       select distinct release_id from observation o join series s on s.id = o.series_id
        where ($1 and s.granularity = 'day') or ($2 and o.status = 'at-most'))
     select o.release_id as release, o.series_id as series,
            not exists (select from observation p where p.series_id = o.series_id
                           and p.release_id not in (select release_id from young)) as only
       from observation o where o.release_id in (select release_id from young)
      group by 1, 2`,
    [lacks('0019_days.sql'), lacks('0028_upper_bounds.sql')],
  )
  return {
    releases: new Set(rows.map(row => row.release)),
    series: new Set(rows.filter(row => row.only).map(row => row.series)),
  }
}

/** Copies the rows of the head into the tables and columns that the past schema had. */
async function copyRows(past: Opened, count: number): Promise<number> {
  const { releases, series } = await younger(count)
  // A version without positions had another version of the geographic code.
  const otherCode = !names.slice(0, count).includes('0031_positions.sql')
  const isYounger = (name: string, row: Record<string, unknown>) =>
    // Centres are places since 0140, which makes them.
    (name === 'place' && row['kind'] === 'cert') ||
    (otherCode && name === 'reference_data') ||
    releases.has(Number(name === 'release' ? row['id'] : row['release_id'])) ||
    series.has(Number(name === 'series' ? row['id'] : row['series_id']))
  const client = await past.pool.connect()
  let copied = 0
  try {
    for (const { name, columns } of await contentTables(client)) {
      const rows = (await pastRows(name)).filter(row => !isYounger(name, row as Record<string, unknown>))
      copied += rows.length
      await client.query(
        `insert into "${name}" (${columnList(columns)}) overriding system value
         select ${columnList(columns)} from json_populate_recordset(null::"${name}", $1::json)`,
        [JSON.stringify(rows)],
      )
    }
    await continueIdentities(client)
    return copied
  } finally {
    client.release()
  }
}

const MONTHS_IN_THEIR_PLAN = '0175_months_in_their_plan.sql'

/** A plan as a past version kept it: before its months were kept with it, its recruits had one contract. */
function planOf(count: number): string {
  const arrivals = [{ contract: 'fixed-term-12', agents: 2, decideBy: '2026-10' }]
  const month = {
    month: '2027-01',
    agents: 5,
    hires: 2,
    arrivals,
    overtime: 0,
    loans: 0,
    cost: 100,
    promised: true,
  }
  const counts = { lateProbability: 0.08, expectedFiles: 900, capacity: 1000, delay: { p50: 7 } }
  const within = names.slice(0, count).includes(MONTHS_IN_THEIR_PLAN)
  const outcome = within
    ? { idle: null, idleShareAll: null, ...PLANNED.plan, months: [{ ...month, ...counts }] }
    : { safety: 1.1 }
  return `
  insert into staffing_plan (id, place, title, first_month, months, version, question, origins, cost, joint_late_probability, outcome, explanation)
    values ('before', '16', 'cni', '2027-01', 1, 'staffing-1', '{"promise": "joint", "probability": 0.9, "contractMonths": 12}', '{}', 100, 0.08, '${JSON.stringify(outcome)}', '[]');
  ${
    within
      ? ''
      : `insert into staffing_plan_month (plan_id, month, agents, hires, decide_by, overtime, loans, cost, late_probability, promised, expected_files, capacity, delay)
    values ('before', '2027-01', 5, 2, '2026-10', 0, 0, 100, 0.08, true, 900, 1000, '{"p50": 7}')`
  }`
}
const PLANNED = {
  plan: {
    safety: 1.1,
    outcome: { asked: 0.1, heldOutRisk: 0.08, met: true, wouldHold: null },
    idleShare: null,
    months: [{ month: '2027-01', arrivals: [{ contract: 'fixed-term-12', agents: 2, decideBy: '2026-10' }] }],
  },
}

test.each(TRIED.map(name => [name, names.indexOf(name) + 1] as const))(
  'a database that stopped at %s gives, upgraded with its rows, the figures of a new one',
  async (_, count) => {
    const past = await freshDatabase({ empty: true, statementMillis: 0 })
    try {
      await migrate(past.pool, { directory: await version(count) })
      expect(await copyRows(past, count)).toBeGreaterThan(36_000)
      if (count >= 4) await past.pool.query(planOf(count))
      await prepareDatabase(past)
      if (count >= 4) expect(await keptPlan(past.db, 'before')).toMatchObject(PLANNED)
      expect(await answersOf(past)).toEqual(answers)
      // And it still takes files.
      const body = 'mois;commune;titre;demandes\n2022-03;16102;cni;310\n'
      const stored = await ask(appOver(past.db), '/api/imports?kind=applications', { method: 'POST', body })
      expect(stored.status).toBe(201)
    } finally {
      await past.close()
    }
  },
)
