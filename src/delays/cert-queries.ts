import { Refusal } from '../errors.ts'
import { knownValues } from '../figures/published-queries.ts'
import type { Db } from '../io/database/schema.ts'
import { addDays, type Day } from '../pure/calendar/day.ts'
import { firstDay, lastDay } from '../pure/calendar/period.ts'
import { STOCK_AGE_NAMES, STOCK_AGES, type StockAge } from '../pure/figures/stock-age.ts'
import { frenchList, frenchNumber, frenchPeriod } from '../pure/french/french.ts'
import type { Title } from '../pure/law/title.ts'
import type { Cohort } from '../pure/numerics/queues/fifo-queue.ts'
import { type Cert, certsOn, type ImportedTeam, type Perimeter, teamsThatCount } from './cert.ts'
import { countedCohorts, evenlyAged } from './cert-queue.ts'

/**
 * Centres on a day: those of published files, and one supposed for each department asked for that none serves; for one
 * title, those that examine it, with the departments whose files of it they do.
 */
export async function certsKnown(
  db: Db,
  departments: readonly string[],
  day: Day,
  title?: Title,
): Promise<Cert[]> {
  const [perimeters, places] = await Promise.all([
    perimetersToldBy(db, day),
    db
      .selectFrom('place')
      .select(['code', 'name'])
      .where('code', 'in', departments.length > 0 ? [...departments] : [''])
      .where('kind', '=', 'department')
      .orderBy('code')
      .execute(),
  ])
  const told = title === undefined ? perimeters : perimeters.filter(one => one.title === title)
  return certsOn(told, places, day)
}

/** The centre that examines a title for a department on a day. */
export async function certServing(
  db: Db,
  department: string,
  title: Title,
  day: Day,
): Promise<Cert | undefined> {
  const certs = await certsKnown(db, [department], day, title)
  return certs.find(one => one.departments.includes(department) && one.titles.includes(title))
}

/** A centre with the departments whose files of a title it examines. */
export async function examining(db: Db, cert: Cert, title: Title, day: Day): Promise<Cert> {
  const certs = await certsKnown(db, cert.departments, day, title)
  return certs.find(one => one.id === cert.id) ?? cert
}

/** Departments whose files of a title a centre examines, from each day on that changes them until a last one: today's first. */
export async function perimetersUntil(
  db: Db,
  cert: Cert,
  title: Title,
  { today, to }: { today: Day; to: Day },
): Promise<{ since: Day; departments: string[] }[]> {
  const told = (await perimetersToldBy(db, today)).filter(one => one.title === title)
  const places = cert.departments.map(code => ({ code, name: code }))
  const changes = told
    .flatMap(({ since, until }) => [since, ...(until === undefined ? [] : [addDays(until, 1)])])
    .filter(day => day > today && day <= to)
  return [
    { since: today, departments: cert.departments },
    ...[...new Set(changes)].sort().map(since => ({
      since,
      departments: certsOn(told, places, since).find(({ id }) => id === cert.id)?.departments ?? [],
    })),
  ]
}

/** The centre of an identifier. @throws Refusal `cert-not-found` */
export function foundOrRefuse(cert: Cert | undefined, id: string): Cert {
  if (cert !== undefined) return cert
  throw new Refusal('cert-not-found', `Aucun centre ne porte le code ${id} : la liste est à /api/certs.`, {
    id,
  })
}

async function perimetersToldBy(db: Db, day: Day): Promise<Perimeter[]> {
  const rows = await db
    .selectFrom('cert_perimeter')
    .innerJoin('release', 'release.id', 'cert_perimeter.release_id')
    // One name whoever sends it files: the one that its own department gave it.
    .innerJoin('place', 'place.code', 'cert_perimeter.cert')
    .select(['cert', 'place.name', 'cert_perimeter.title', 'department', 'since', 'until', 'release_id'])
    .where('release.published_on', '<=', day)
    .orderBy('release_id')
    .execute()
  // A later file about the same centre, title, department and first day says it anew.
  const last = new Map(rows.map(row => [`${row.cert}|${row.title}|${row.department}|${row.since}`, row]))
  return [...last.values()].map(row => ({
    cert: row.cert,
    name: row.name,
    title: row.title as Title,
    department: row.department,
    since: row.since,
    until: row.until ?? undefined,
  }))
}

/**
 * The team that counts for the files of a department: the one rule of delays, scenarios and plans (`teamsThatCount`).
 * Each change with the place in its file.
 */
export async function teamsOf(
  db: Db,
  department: string,
  title: Title,
  day: Day,
): Promise<(ImportedTeam & { origin: string })[]> {
  const [cert, rows] = await Promise.all([
    certServing(db, department, title, day),
    db
      .selectFrom('cert_capacity')
      .innerJoin('release', 'release.id', 'cert_capacity.release_id')
      .select(['cert', 'code', 'since', 'etpo', 'files_per_agent_day', 'locator', 'release_id'])
      .select(['release.document as document', 'release.default_place as default_place'])
      .where('cert_capacity.title', '=', title)
      .where('release.published_on', '<=', day)
      .execute(),
  ])
  const told = rows
    .filter(row => row.code !== null || row.default_place === department || row.default_place === 'FR')
    .map(row => ({
      cert: row.cert,
      code: row.code ?? undefined,
      since: row.since,
      etpo: row.etpo,
      filesPerAgentDay: row.files_per_agent_day ?? undefined,
      release: row.release_id,
      origin: `${row.cert}, ${row.locator || row.document}, depuis ${row.since}`,
    }))
  return teamsThatCount(told, cert?.id)
}

/** A stock counted so many days ago says little of today’s. */
const COUNTED_DAYS = 92

/** Files that a published file counts at a centre, as of the first morning of a flow. */
export interface CountedStock {
  files: number
  cohorts: Cohort[]
  origin: string
}

/**
 * The last stock counted at a centre in the three months before a day, by age where its file tells ages, else of the age
 * that files have when so many leave a day. Files of its only department are its own.
 */
export async function countedStock(
  db: Db,
  { id, departments }: Pick<Cert, 'id' | 'departments'>,
  title: Title,
  today: Day,
  perDay: number,
): Promise<CountedStock | undefined> {
  const places = [id, ...(departments.length === 1 ? departments : [])]
  const rows = await knownValues(db, { measure: 'stock', places, titles: [title], asOf: today })
  const recent = rows
    .filter(({ granularity }) => granularity === 'month' || granularity === 'quarter')
    .filter(({ period }) => firstDay(period) <= today && lastDay(period) >= addDays(today, -COUNTED_DAYS))
    .sort((a, b) => (lastDay(a.period) < lastDay(b.period) ? -1 : 1))
  const last = recent.findLast(row => row.place === id) ?? recent.at(-1)
  if (last === undefined) return undefined
  const told = recent.filter(({ place, period }) => place === last.place && period === last.period)
  const of = (variant: string) => told.find(row => row.variant === variant)?.value
  const ages = Object.fromEntries(
    STOCK_AGE_NAMES.flatMap(name => {
      const value = of(`age=${name}`)
      return value === undefined ? [] : [[name, value]]
    }),
  ) as Partial<Record<StockAge, number>>
  const names = STOCK_AGE_NAMES.filter(name => ages[name] !== undefined)
  const aged = names.reduce((sum, name) => sum + ages[name]!, 0)
  const files = of('') ?? aged
  const words = names.map(name => `${frenchNumber(ages[name]!)} de ${STOCK_AGES[name].label}`)
  return {
    files,
    cohorts: aged > 0 ? countedCohorts(files, ages) : evenlyAged(files, perDay > 0 ? files / perDay : 1),
    origin: `Stock compté, ${frenchPeriod(last.period)} (${last.source})${aged > 0 ? ` : ${frenchList(words)}` : ' ; âges non comptés : ceux que laisse ce que l’équipe instruit'}`,
  }
}
