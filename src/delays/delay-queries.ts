import { currentRun, noisesOf, type Run, wholeRequestsOf } from '../demand/run-queries.ts'
import { datedFacts } from '../figures/event-queries.ts'
import { type Knowledge, type KnownRow, knownValues, publishedValues } from '../figures/published-queries.ts'
import type { Db } from '../io/database/schema.ts'
import { othersFirst } from '../io/others-first.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import { addQuarters, monthOf, type Quarter, quarterOf } from '../pure/calendar/period.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { STATISTICS } from '../pure/figures/measure.ts'
import { type PublishedRow, settle } from '../pure/figures/observation.ts'
import type { QuarterDelay } from '../pure/figures/overload.ts'
import type { QuarterlySeries, Weights } from '../pure/figures/quarterly-series.ts'
import {
  type QuarterlyVintages,
  quarterlyVintages,
  type VintageRange,
} from '../pure/figures/quarterly-vintages.ts'
import { remembered } from '../pure/figures/remembered.ts'
import { frenchDay } from '../pure/french/french.ts'
import { inForce, ruleAt } from '../pure/law/dated.ts'
import { ISSUANCE_TARGET_DAYS } from '../pure/law/targets.ts'
import { TITLES, type Title } from '../pure/law/title.ts'
import { normal, seededRandom } from '../pure/numerics/series/random.ts'
import { type CertOutlook, certOutlook, monthsAsked } from './cert-outlook.ts'
import { certServing, certsKnown, teamsOf } from './cert-queries.ts'
import {
  type CertTitle,
  type DelayFact,
  type DelayNow,
  delayLog,
  delayNow,
  delayToday,
  nearTitles,
} from './delay-now.ts'
import { centralSeries, type DelayPlace, type DelayPlaces, toldBy } from './delay-place.ts'

/** Which delays are wanted. `asOf` answers with what had been published by that day. */
export interface DelayRequest extends VintageRange {
  place: string
  title?: Title | undefined
  asOf?: Day | undefined
  recordedBy?: Day | undefined
}

/** Day on which every perimeter without an end stands, for who asks of no day. */
const NO_DAY = '9999-12-31'

/** The place asked for, and those whose delays stand in for its own (`toldBy`). @throws Refusal `place-not-found` */
export async function delayPlaces(db: Db, code: string, day: Day = NO_DAY): Promise<DelayPlaces> {
  const { name, kind, parent = '' } = await knownPlaceOrRefuse(db, code)
  const asked = { code, name, kind }
  if (kind === 'department') {
    const certs = await certsKnown(db, [code], day)
    const serving = certs.filter(one => one.departments.includes(code))
    return [
      asked,
      ...serving.map(one => ({ code: one.id, name: one.name, kind: 'cert' as const, titles: one.titles })),
    ]
  }
  const cert =
    kind === 'cert' ? (await certsKnown(db, [parent], day)).find(one => one.id === code) : undefined
  if (cert === undefined) return [asked]
  const served = await Promise.all(cert.departments.map(one => knownPlaceOrRefuse(db, one)))
  return [
    asked,
    ...served.map(one => ({ code: one.code, name: one.name, kind: one.kind, titles: cert.titles })),
  ]
}

/**
 * Issuance delays of a place by title and quarter, in the order in which titles are usually listed: their mean, or where
 * only medians are published the median. The other statistics are in `delayVintages`.
 */
export async function issuanceDelays(db: Db, request: DelayRequest): Promise<QuarterlySeries[]> {
  return centralSeries((await delayVintages(db, request)).series)
}

/** What is published beside a mean or a median: shares within the target, and the age of the oldest file. */
const BESIDE = ['issued-within-target', 'oldest-file-age'] as const

/**
 * Issuance delays of a place, every statistic apart, with every change made to them, every value ever published of them,
 * and what is published beside them. Where nothing is published of a title, its figures are those of a stand-in.
 */
export async function delayVintages(
  db: Db,
  request: DelayRequest,
): Promise<QuarterlyVintages & { rows: PublishedRow[]; places: DelayPlaces; beside: KnownRow[] }> {
  const places = await delayPlaces(db, request.place, request.asOf)
  const filter = {
    places: places.map(({ code }) => code),
    ...(request.title ? { titles: [request.title] } : {}),
    asOf: request.asOf,
    recordedBy: request.recordedBy,
  }
  const [all, decisions, beside] = await Promise.all([
    publishedValues(db, { ...filter, measure: 'issuance-delay' }),
    publishedValues(db, { ...filter, measure: 'decisions' }),
    Promise.all(BESIDE.map(measure => knownValues(db, { ...filter, measure }))),
  ])
  const rows = toldRows(places, all)
  const counts = new Map(
    [...groupBy(decisions, row => key(row.title, row.place, row.period))].map(([cell, published]) => [
      cell,
      settle(published)?.current.value,
    ]),
  )
  const weights: Weights = (title, place, month) => counts.get(key(title, place, month))
  const rank = ({ title, statistic }: QuarterlySeries) =>
    (title === '' ? -1 : TITLES.indexOf(title)) * STATISTICS.length + STATISTICS.indexOf(statistic)
  const told = quarterlyVintages(rows, weights, request)
  return {
    ...told,
    rows,
    places,
    beside: toldRows(places, beside.flat()),
    series: told.series.sort((a, b) => rank(a) - rank(b)),
  }
}

/** The rows of each title from the place that tells it. */
function toldRows<Row extends PublishedRow>(places: DelayPlaces, rows: readonly Row[]): Row[] {
  return [...groupBy(rows, row => row.title)].flatMap(([title, of]) => {
    const from = toldBy(places, title as Title | '', of)
    return of.filter(row => row.place === from?.code)
  })
}

function key(title: string, place: string, period: string): string {
  return `${title}|${place}|${period}`
}

/** The delay of a title in a place as of a day, with its target there. */
export interface ToldDelay {
  now: DelayNow
  /** Days asked of the title; none is asked of a residence permit. */
  targetDays: number | undefined
  /** The place whose figures are told: the one asked for, or its stand-in; `undefined` for the nation's alone. */
  by: DelayPlace | undefined
}

/** What every value published by a day, of the place and of the nation, says of each delay: titles of which something is known. */
export async function placeDelaysNow(
  db: Db,
  place: string,
  { asOf, recordedBy }: Knowledge & { asOf: Day },
): Promise<Map<Title, ToldDelay>> {
  const places = await delayPlaces(db, place, asOf)
  const rows = await publishedValues(db, {
    measure: 'issuance-delay',
    places: [...new Set(['FR', ...places.map(({ code }) => code)])],
    asOf,
    recordedBy,
  })
  const cells = groupBy(
    rows.filter(row => row.variant === ''),
    row => [row.title, row.place, row.clock, row.unit, row.statistic, row.period].join('|'),
  )
  const standing = [...cells.values()].flatMap(cell => {
    const figure = settle(cell)
    return figure === undefined ? [] : ([figure.current, ...figure.conflicts] as PublishedRow[])
  })
  const facts = standing.flatMap((row): DelayFact[] =>
    row.value === undefined || row.title === '' ? [] : [{ ...row, title: row.title, days: row.value }],
  )
  return new Map(
    TITLES.flatMap(title => {
      const by = toldBy(places, title, facts)
      const now = delayNow(by?.code ?? place, title, facts, asOf)
      // Its own target, else that of the titles issued with it.
      const aimed = nearTitles(title)
        .map(near =>
          standing.findLast(row => row.place === by?.code && row.title === near && row.target !== undefined),
        )
        .find(row => row !== undefined)
      return now === undefined
        ? []
        : [[title, { now, by, targetDays: aimed?.target ?? usualTarget(title, asOf) }] as const]
    }),
  )
}

/**
 * The delay of a title on a day in a place, in days, as its page tells it, with its origin in French and the target there.
 * @returns `undefined` when nothing published by the day speaks of it.
 */
export async function delayOfDay(
  db: Db,
  place: string,
  title: Title,
  asOf: Day,
): Promise<{ value: number; origin: string; targetDays: number | undefined } | undefined> {
  const told = (await placeDelaysNow(db, place, { asOf })).get(title)
  const value = told && delayToday(told.now).median
  return told === undefined || value === undefined
    ? undefined
    : { value, origin: `délai estimé au ${frenchDay(asOf)}, page Délais`, targetDays: told.targetDays }
}

/** The CERT of a department in the state of its last published delay, with the run of demand behind it, if any. */
export interface ProjectedCert {
  run: Run | undefined
  place: string
  title: CertTitle
  observed: readonly QuarterDelay[]
  outlook: CertOutlook
}

const REASONS = {
  'too-few-quarters':
    'trop peu de délais trimestriels publiés pour régler la file ; importez un fichier « délais »',
  'gap-between-quarters': 'il manque un trimestre entre les délais publiés ; importez-le',
}
const FLAT_SEED = 20_220_406

/** Outlooks of the last centres asked for: the same run and the same facts give the same one. */
const outlooks = remembered<ReturnType<typeof certOutlook>>(8)

/** A centre, or that of a department, ready to be projected. @returns a reason in French when it cannot be. */
export async function projectedCert(
  db: Db,
  place: string,
  title: CertTitle,
  today: Day,
): Promise<ProjectedCert | { reason: string }> {
  const { kind, parent = place } = await knownPlaceOrRefuse(db, place)
  const department = kind === 'cert' ? parent : place
  const cert = kind === 'cert' ? place : ((await certServing(db, department, title, today))?.id ?? place)
  const [told, series, facts, teams, run] = await Promise.all([
    placeDelaysNow(db, cert, { asOf: today }),
    issuanceDelays(db, { place: cert, title }),
    datedFacts(db, [department, cert]),
    teamsOf(db, department, title, today),
    currentRun(db, department, today),
  ])
  const observed = lastConsecutive(series)
  // Identity cards and passports are the titles whose demand is projected.
  const demand = title === 'cni-passport' && !('reason' in run) ? run : undefined
  const known = {
    observed,
    injections: facts
      .filter(fact => fact.title === title && fact.nature === 'injection' && fact.files !== undefined)
      .map(fact => ({ day: fact.until, ...(fact.files === undefined ? {} : { files: fact.files }) })),
    teams,
    targetDays: series[0]?.targetDays ?? inForce(ISSUANCE_TARGET_DAYS, today),
    estimate: isOld(observed.at(-1)?.quarter, today) ? estimateOf(told.get(title), today) : undefined,
  }
  const months = monthsAsked(known)
  const requests = demand && (await wholeRequestsOf(demand, months))
  const noise = demand && (await noisesOf(demand))
  await othersFirst()
  const outlook = outlooks(JSON.stringify([demand?.id, known]), () => {
    const random = seededRandom(FLAT_SEED)
    return certOutlook({
      ...known,
      demand: requests &&
        noise && {
          requestsIn: asked => {
            const at = asked.map(month => months.indexOf(month))
            return requests.map(path => Float64Array.from(at, m => path[m]!))
          },
          noise,
        },
      noise: () => normal(random),
    })
  })
  if ('reason' in outlook) return { reason: `Pas de projection : ${REASONS[outlook.reason]}.` }
  return {
    run: demand,
    place,
    title,
    observed,
    outlook,
  }
}

/** No target of delay stands for residence permits, nor is any known before the first one recorded. */
function usualTarget(title: Title, day: Day): number | undefined {
  return title.startsWith('residence') ? undefined : ruleAt(ISSUANCE_TARGET_DAYS, day)?.value
}

/** Whether a queue fitted to published delays would tell of a time that is over. */
function isOld(last: Quarter | undefined, today: Day): boolean {
  return last === undefined || last < addQuarters(quarterOf(today), -1)
}

function estimateOf(told: ToldDelay | undefined, today: Day) {
  return told && { quarter: quarterOf(today), ...delayLog(told.now, monthOf(today)) }
}

/** The last published delays without a gap between them, of the series that goes furthest. */
export function lastConsecutive(series: readonly QuarterlySeries[]): QuarterDelay[] {
  const points = series
    .map(one => one.points)
    .reduce((best, one) => ((one.at(-1)?.quarter ?? '') > (best.at(-1)?.quarter ?? '') ? one : best), [])
  const first = points.findLastIndex(
    (point, i) => i > 0 && addQuarters(points[i - 1]!.quarter, 1) !== point.quarter,
  )
  return points.slice(Math.max(0, first)).map(({ quarter, days }) => ({ quarter, days }))
}
