import type { Kysely } from 'kysely'
import type { Brief } from '../briefs/brief.ts'
import { briefPaper } from '../briefs/brief-paper.tsx'
import { briefGround, briefOf } from '../briefs/queries.ts'
import { projectCertOutlook } from '../delays/cert-outlook.ts'
import { explainQuarter } from '../delays/explain.ts'
import { CERT_TITLES, issuanceDelays, projectedCert } from '../delays/queries.ts'
import { demandSource } from '../demand/explanation.ts'
import type { ArchiveEntry } from '../io/archive.ts'
import { datedFacts } from '../io/database/events.ts'
import { placeOf } from '../io/database/places.ts'
import { publishedValues } from '../io/database/published.ts'
import type { Database } from '../io/database/schema.ts'
import { printPaper } from '../io/pdf/print-paper.ts'
import { odsFile } from '../io/spreadsheet/ods.ts'
import { xlsxFile } from '../io/spreadsheet/xlsx.ts'
import type { Day } from '../pure/calendar/day.ts'
import { yearOf } from '../pure/calendar/period.ts'
import { TITLE_NAMES } from '../pure/law/title.ts'
import { frenchDay } from '../pure/pages/french.ts'
import { network } from '../town-halls/queries.ts'
import { projectedWaits } from '../waits/queries.ts'
import { projectOutlook } from '../waits/wait-outlook.ts'
import { COMMITTEE_MEASURES, committeeTables } from './committee.ts'
import {
  type CommitteeReport,
  projectedDays,
  type ReportProjection,
  type ReportReason,
} from './committee-report.ts'
import type { FeedRun } from './feed.ts'
import { packCover } from './pack-cover.tsx'
import { briefFigures, briefTables } from './tables.ts'

const WAIT_LIMIT_DAYS = 30

/** The report of a department's committee for a year; `undefined` when nothing was published for it. */
export async function committeeReport(
  db: Kysely<Database>,
  department: string,
  year: number,
  today: Day,
): Promise<CommitteeReport | undefined> {
  const [published, place] = await Promise.all([
    Promise.all(
      COMMITTEE_MEASURES.map(measure => publishedValues(db, { measure, places: [department] })),
    ).then(rows => rows.flat()),
    placeOf(db, department),
  ])
  const tables = committeeTables(published, year)
  if (tables.tables.length === 0) return undefined
  const [reasons, projections] = await Promise.all([
    reasonsOf(db, department, year),
    projectionsOf(db, department, today),
  ])
  return {
    ...tables,
    place: { code: department, name: place?.name ?? department },
    asOf: projections.asOf ?? tables.lastPublishedOn ?? today,
    reasons,
    projections: projections.all,
  }
}

async function reasonsOf(db: Kysely<Database>, department: string, year: number): Promise<ReportReason[]> {
  const [series, facts] = await Promise.all([
    issuanceDelays(db, { place: department }),
    datedFacts(db, [department]),
  ])
  return series.flatMap(one => {
    const last = one.points.filter(point => yearOf(point.quarter) === year).at(-1)
    const { title } = one
    // A title that held its target all year has nothing to explain.
    if (last === undefined || title === '' || one.targetDays === null || last.days <= one.targetDays)
      return []
    const lines = explainQuarter({
      quarter: last.quarter,
      quarters: one.points,
      events: facts
        .filter(fact => fact.title === title)
        .map(fact => ({
          from: fact.from,
          ...(fact.until === fact.from ? {} : { to: fact.until }),
          label: fact.label,
          ...(fact.files === undefined ? {} : { filesInjected: fact.files }),
          source: fact.source,
        })),
      targetDays: one.targetDays,
    })
    return lines === undefined ? [] : [{ label: TITLE_NAMES[title], quarter: last.quarter, lines }]
  })
}

async function projectionsOf(
  db: Kysely<Database>,
  department: string,
  today: Day,
): Promise<{ all: ReportProjection[]; asOf: Day | undefined }> {
  // One after the other: the first makes the run of demand that the others rest on.
  const waits = await projectedWaits(db, department, today)
  const label = 'Attente d’un rendez-vous en mairie'
  const all: ReportProjection[] = [
    'reason' in waits
      ? { label, reason: waits.reason }
      : {
          label,
          limitDays: WAIT_LIMIT_DAYS,
          source: demandSource(waits.run),
          quarters: projectOutlook(waits.outlook, { limitDays: WAIT_LIMIT_DAYS }).meanOfRequests.map(one =>
            projectedDays(one.quarter, one.wait),
          ),
        },
  ]
  for (const title of CERT_TITLES) {
    const cert = await projectedCert(db, department, title, today)
    const certLabel = `Délai de délivrance, ${TITLE_NAMES[title].toLowerCase()}`
    if ('reason' in cert) {
      all.push({ label: certLabel, reason: cert.reason })
      continue
    }
    const projection = projectCertOutlook(cert.outlook)
    all.push({
      label: certLabel,
      limitDays: projection.targetDays,
      source:
        cert.run === undefined
          ? `Vigie Titres, file du CERT réglée sur les délais publiés, demande constante (${frenchDay(today)})`
          : demandSource(cert.run),
      quarters: projection.quarters.flatMap(({ quarter, backward }) =>
        backward === undefined ? [] : [projectedDays(quarter, backward)],
      ),
    })
  }
  return { all, asOf: 'reason' in waits ? undefined : waits.run.asOf }
}

/** Years of a department for which a committee's figures were published, the last first. */
export async function committeeYears(db: Kysely<Database>, department: string): Promise<number[]> {
  const rows = await db
    .selectFrom('current_observation')
    .innerJoin('series', 'series.id', 'current_observation.series_id')
    .select('current_observation.period as period')
    .where('series.place', '=', department)
    .where('series.measure', '=', 'issuance-delay')
    .execute()
  return [...new Set(rows.map(row => yearOf(row.period)))].sort((a, b) => b - a)
}

/** Projections kept for a department, the last first. */
export async function keptRuns(db: Kysely<Database>, department: string, limit: number): Promise<FeedRun[]> {
  return db
    .selectFrom('projection_run')
    .select(['id', 'version', 'as_of as asOf', 'created_at as createdAt'])
    .where('place', '=', department)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()
}

/**
 * The files of a meeting's pack: a sheet for every known hall, told even where nothing can be projected, then the
 * spreadsheets, and the cover last, once all is known. Each file is made when it is asked for.
 */
export async function* packFiles(
  db: Kysely<Database>,
  department: string,
  today: Day,
  /** Names that are already there, so that a pack that was called off goes on. */
  has: (name: string) => boolean = () => false,
): AsyncGenerator<ArchiveEntry> {
  const [{ townHalls }, ground] = await Promise.all([
    network(db, department),
    briefGround(db, department, today),
  ])
  const briefs: Brief[] = []
  const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) })
  for (const hall of townHalls) {
    const brief = await briefOf(db, hall, ground)
    briefs.push(brief)
    const name = `fiches/${hall.insee}.pdf`
    if (!has(name)) yield { name, bytes: (await printPaper(briefPaper(brief))).pdf }
    yield file(`donnees/${hall.insee}.json`, JSON.stringify(brief, undefined, 2))
  }
  const tables = [briefFigures(briefs), ...briefTables(briefs)]
  yield { name: 'mairies.xlsx', bytes: await xlsxFile(tables) }
  yield { name: 'mairies.ods', bytes: odsFile(tables) }
  const { departmentName: name, departmentDemand: demand } = ground
  const cover = packCover({
    department: { code: department, name },
    asOf: briefs[0]?.asOf ?? today,
    demand,
    briefs,
    halls: townHalls,
  })
  yield { name: '00-couverture.pdf', bytes: (await printPaper(cover)).pdf }
}
