import { projectCertOutlook } from '../delays/cert-outlook.ts'
import { CERT_TITLES } from '../delays/delay-now.ts'
import { issuanceDelays, projectedCert } from '../delays/delay-queries.ts'
import { explainQuarter } from '../delays/explain.ts'
import { demandSource } from '../demand/explanation.ts'
import { datedFacts } from '../figures/event-queries.ts'
import { publishedValues } from '../figures/published-queries.ts'
import type { ArchiveEntry } from '../io/archive.ts'
import type { Db } from '../io/database/schema.ts'
import { othersFirst } from '../io/others-first.ts'
import { isPrinted, printPaper } from '../io/pdf/print-paper.ts'
import { workbookFile } from '../io/spreadsheet/workbook-work.ts'
import { placeOf } from '../places/place-queries.ts'
import type { TownHall } from '../places/town-hall.ts'
import { network } from '../places/town-hall-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import { quarterOf, yearOf } from '../pure/calendar/period.ts'
import { MEASURES } from '../pure/figures/measure.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import { frenchDay, frenchGap, longQuarter } from '../pure/french/french.ts'
import { plainWords } from '../pure/french/plain-words.ts'
import { TITLE_NAMES } from '../pure/law/title.ts'
import { projectedDays } from '../pure/numerics/series/projected-days.ts'
import type { Brief } from '../towns/brief.ts'
import { briefPaper } from '../towns/brief-paper.tsx'
import { briefGround, briefMakers } from '../towns/brief-queries.ts'
import { absencesOf, briefFigures, briefTables } from '../towns/brief-tables.ts'
import { TOLD_QUARTERS, waitQuarters } from '../waits/wait-now.ts'
import { placeWaitNow } from '../waits/wait-now-queries.ts'
import { WAIT_LIMIT_DAYS } from '../waits/wait-now-view.ts'
import { appointmentWaits } from '../waits/wait-queries.ts'
import { COMMITTEE_MEASURES, committeeTables } from './committee.ts'
import type { CommitteeReport, ReportProjection, ReportReason } from './committee-report.ts'
import type { FeedRun } from './feed.ts'
import { packCover } from './pack-cover.tsx'
import { registerOn } from './register.ts'
import { registerEntries } from './register-queries.ts'

/**
 * The report of a department's committee for a year; `undefined` when nothing was published for it, but for the year in
 * progress: its committee has what was promised, and what is projected, before its figures.
 */
export async function committeeReport(
  db: Db,
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
  if (tables.tables.length === 0 && year !== yearOf(today)) return undefined
  const [reasons, projections, entries] = await Promise.all([
    reasonsOf(db, department, year),
    projectionsOf(db, department, today),
    registerEntries(db, department),
  ])
  return {
    ...tables,
    place: { code: department, name: place?.name ?? department },
    asOf: today,
    reasons,
    projections,
    // The committee of a year is held in the next one.
    register: registerOn(entries, { day: today, heldUntil: `${year + 1}-12-31` }),
  }
}

/** Why each quarter over its target was so, title by title; then the appointments, which have no printed target. */
async function reasonsOf(db: Db, department: string, year: number): Promise<ReportReason[]> {
  const [series, facts, waits] = await Promise.all([
    issuanceDelays(db, { place: department }),
    datedFacts(db, [department]),
    appointmentWaits(db, { place: department }),
  ])
  const delays = series.flatMap(({ title, targetDays, points }) => {
    if (title === '' || targetDays === null) return []
    const events = facts.filter(fact => fact.title === title)
    return points
      .filter(point => yearOf(point.quarter) === year && point.days > targetDays)
      .flatMap(({ quarter }): ReportReason[] => {
        const lines = explainQuarter({ quarter, quarters: points, events, targetDays })
        return lines === undefined ? [] : [{ label: TITLE_NAMES[title], quarter, lines }]
      })
  })
  return [...delays, ...waits.flatMap(({ points }) => waitReason(points, year))]
}

function waitReason(points: QuarterlySeries['points'], year: number): ReportReason[] {
  const read = points.filter(
    point =>
      point.impliedOverloadPct !== null && point.quarter > `${year}` && point.quarter <= `${year + 1}-Q1`,
  )
  const last = read.at(-1)
  if (last === undefined) return []
  return [
    {
      label: MEASURES['appointment-wait'].name,
      quarter: last.quarter,
      lines: [
        {
          title: 'Demandes comparées aux créneaux, d’après la montée de l’attente',
          text: `${read.map(one => `${frenchGap(one.impliedOverloadPct ?? 0, 0)}\u00a0% au ${longQuarter(one.quarter)}`).join(', ')} (calculé).`,
        },
        {
          title: 'Ce que l’attente ne dit pas',
          text: 'Elle ne permet pas de savoir si les demandes ont augmenté ou si les créneaux ont baissé.',
        },
      ],
    },
  ]
}

async function projectionsOf(db: Db, department: string, today: Day): Promise<ReportProjection[]> {
  const told = await placeWaitNow(db, department, { asOf: today })
  const label = 'Attente d’un rendez-vous en mairie'
  const all: ReportProjection[] = [
    told === undefined
      ? { label, reason: 'Aucune attente n’est publiée, ni pour ce lieu ni pour la France.' }
      : {
          label,
          limitDays: WAIT_LIMIT_DAYS,
          source: `Vigie Titres, valeurs publiées connues le ${frenchDay(today)}`,
          quarters: waitQuarters(told.now, quarterOf(today), TOLD_QUARTERS, WAIT_LIMIT_DAYS).map(
            ({ quarter, wait }) => projectedDays(quarter, wait),
          ),
        },
  ]
  for (const title of CERT_TITLES) {
    const cert = await projectedCert(db, department, title, today)
    await othersFirst()
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
  return all
}

/** Years of a department for which a committee's figures were published, the last first. */
export async function committeeYears(db: Db, department: string): Promise<number[]> {
  const rows = await db
    .selectFrom('current_observation')
    .innerJoin('series', 'series.id', 'current_observation.series_id')
    .select('current_observation.period as period')
    .where('series.place', '=', department)
    .where('series.measure', 'in', COMMITTEE_MEASURES)
    .distinct()
    .execute()
  return [...new Set(rows.map(row => yearOf(row.period)))].sort((a, b) => b - a)
}

/** Projections kept for a department, the last first. */
export async function keptRuns(db: Db, department: string, limit: number): Promise<FeedRun[]> {
  return db
    .selectFrom('projection_run')
    .select(['id', 'as_of as asOf', 'created_at as createdAt'])
    .where('place', '=', department)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()
}

/** A file of a meeting's pack, with the line that tells it is done. */
export interface PackFile extends ArchiveEntry {
  told: string
}

/** What a pack may do otherwise. */
export interface PackOptions {
  /** A past day: the pack that could have been handed over then, beside what came since. */
  asOf?: Day | undefined
  /** Whether a file that says the same is there already, so that a pack that was called off goes on. */
  has?: (name: string, saysTheSame: (bytes: Uint8Array) => boolean) => boolean
  /** Receives the bug that a sheet met; the pack goes on without that sheet, and its cover says so. */
  report?: (error: unknown, hall: TownHall) => void
}

/** Halls whose own figures are read at once: enough to ask the database seldom, few enough to hold. */
const READ_AT_ONCE = 25
/** Sheets given to the printing processes before the first is waited for, so that none is idle while one is computed. */
const IN_PRESS = 3

/**
 * The files of a meeting's pack: a sheet for every known hall, told even where nothing can be projected, then the
 * spreadsheets, and the cover last, once all is known. Sheets are computed while those before are printed.
 */
export async function* packFiles(
  db: Db,
  department: string,
  today: Day,
  { asOf, has = () => false, report = () => undefined }: PackOptions = {},
): AsyncGenerator<PackFile> {
  const [{ townHalls, expected }, ground] = await Promise.all([
    network(db, department),
    briefGround(db, department, today, asOf),
  ])
  const briefs: Brief[] = []
  const failed: string[] = []
  const sheetOf = async (hall: TownHall, brief: Brief): Promise<PackFile[]> => {
    const name = `${hall.insee}-${plainWords(hall.name).replaceAll(' ', '-').slice(0, 80)}`
    const reasons = absencesOf(brief)
    const told = `${hall.name} : ${reasons.length === 0 ? 'fiche complète' : reasons.join(' ')}`
    const data = { name: `donnees/${name}.json`, bytes: utf8(JSON.stringify(brief, undefined, 2)) }
    const paper = briefPaper(brief)
    const pdf = `fiches/${name}.pdf`
    return [
      ...(has(pdf, bytes => isPrinted(bytes, paper))
        ? []
        : [{ name: pdf, bytes: (await printPaper(paper)).pdf, told }]),
      ...(has(data.name, bytes => Buffer.from(data.bytes).equals(bytes))
        ? []
        : [{ ...data, told: `${hall.name} : données` }]),
    ]
  }
  const inPress: Promise<PackFile[]>[] = []
  for (let first = 0; first < townHalls.length; first += READ_AT_ONCE) {
    const halls = townHalls.slice(first, first + READ_AT_ONCE)
    const makers = await briefMakers(db, halls, ground)
    for (const [h, make] of makers.entries()) {
      const hall = halls[h]!
      const failure = (error: unknown) => {
        report(error, hall)
        failed.push(hall.name)
        return []
      }
      try {
        const brief = await make()
        briefs.push(brief)
        await othersFirst()
        inPress.push(sheetOf(hall, brief).catch(failure))
      } catch (error) {
        failure(error)
      }
      // What was told leaves, and others are answered, between two sheets.
      await othersFirst()
      if (inPress.length >= IN_PRESS) yield* await inPress.shift()!
    }
  }
  for (const sheet of inPress) yield* await sheet
  const tables = [briefFigures(briefs), ...briefTables(briefs)]
  yield { name: 'mairies.xlsx', bytes: await workbookFile('xlsx', tables), told: 'Tableur XLSX' }
  yield { name: 'mairies.ods', bytes: await workbookFile('ods', tables), told: 'Tableur ODS' }
  const { departmentName: name, departmentDemand: demand } = ground
  const cover = packCover({
    department: { code: department, name },
    asOf: ground.today,
    demand,
    briefs,
    halls: townHalls,
    expected,
    failed,
  })
  if (has(COVER, bytes => isPrinted(bytes, cover))) return
  yield { name: COVER, bytes: (await printPaper(cover)).pdf, told: 'Couverture' }
}

const COVER = '00-couverture.pdf'

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
