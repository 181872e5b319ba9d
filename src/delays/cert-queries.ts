import type { Kysely } from 'kysely'
import type { Database } from '../io/database/schema.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Title } from '../pure/law/title.ts'
import { type Cert, certsOn, type ImportedTeam, type Perimeter, teamsThatCount } from './cert.ts'

/**
 * Centres on a day: those of published files, and one supposed for each department asked for that none serves; for one
 * title, those that examine it, with the departments whose files of it they do.
 */
export async function certsKnown(
  db: Kysely<Database>,
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
  db: Kysely<Database>,
  department: string,
  title: Title,
  day: Day,
): Promise<Cert | undefined> {
  const certs = await certsKnown(db, [department], day, title)
  return certs.find(one => one.departments.includes(department) && one.titles.includes(title))
}

async function perimetersToldBy(db: Kysely<Database>, day: Day): Promise<Perimeter[]> {
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
  db: Kysely<Database>,
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
  return teamsThatCount(told, cert?.id).map(team => ({
    ...team,
    origin:
      told.findLast(one => one.cert === team.cert && one.since === team.since)?.origin ??
      `${team.cert}, depuis ${team.since}`,
  }))
}
