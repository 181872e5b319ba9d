import { addDays, type Day } from '../pure/calendar/day.ts'
import { firstDay, lastDay, type Quarter, quarterNumber, quarterOf } from '../pure/calendar/period.ts'
import { isWorkingDay } from '../pure/calendar/working-days.ts'
import type { QuarterDelay } from '../pure/figures/overload.ts'
import { largest } from '../pure/numerics/extremes.ts'
import { leastSquares } from '../pure/numerics/optimisation/least-squares.ts'
import { daysFrom } from './cert-capacity.ts'
import { evenlyAged, runCert } from './cert-queue.ts'

/** Days of warming before the first observed quarter: a published delay tells of files that entered earlier. */
const WARM_UP_DAYS = 61
const LONGEST_DELAY_DAYS = 365

/** Old files known to have entered on a day; how much work they were is fitted, their number fixes the volumes. */
export interface KnownInjection {
  day: Day
  files?: number
}

/**
 * What is asked of a fit: demand equal to capacity (`steady`), or one load for each quarter after the first (steady until
 * then). A free load and an injection make up for each other: they are not fitted together.
 */
export interface CalibrationQuestion {
  observed: readonly QuarterDelay[]
  injections?: readonly KnownInjection[]
  load: 'steady' | 'by-quarter'
}

/** A queue that reproduces published delays as nearly as its few parameters allow. */
export interface Calibration {
  /** Delay at the start, in days. */
  startDays: number
  /** Demand ÷ capacity as fitted: nothing when taken as steady, or one for each quarter after the first. */
  loads: { quarter: Quarter; load: number }[]
  /** Work brought by each injection, in days of the team's work (files ÷ files treated a calendar day). */
  injections: { day: Day; workDays: number; files: number | undefined }[]
  /** Files treated a working day: read from an injection of known size under a steady load, else not identifiable. */
  filesPerWorkingDay: number | undefined
  quarters: { quarter: Quarter; observed: number; fitted: number }[]
  rootMeanSquareDays: number
  /** Observations less parameters; 0 restates the figures and tests nothing. */
  degreesOfFreedom: number
  /** What these figures cannot tell, in French. */
  notIdentifiable: string[]
}

/** Stock on the eve of what follows the observed quarters, in working days of the team, and the age of its oldest file. */
interface CalibratedEnd {
  stock: number
  oldest: number
}

/**
 * Fits the first-in first-out queue to delays published by quarter, by least squares on (start, load, injections).
 *
 * Published delays are times: they fix the stock and the flows only as ratios, so the queue is run with one unit of work
 * per working day. Volumes come back when the number of files of an injection is known.
 *
 * @returns `undefined` with `too-few-quarters` when there are more parameters than delays, or a gap between them.
 */
export function calibrateCert(
  question: CalibrationQuestion,
):
  | { fit: Calibration; end: CalibratedEnd }
  | { fit: undefined; reason: 'too-few-quarters' | 'gap-between-quarters' } {
  const { injections = [], load } = question
  const observed = [...question.observed].sort((a, b) => (a.quarter < b.quarter ? -1 : 1))
  const loadCount = load === 'steady' ? 0 : observed.length - 1
  const parameters = 1 + loadCount + injections.length
  const [head] = observed
  const tail = observed.at(-1)
  if (head === undefined || tail === undefined || parameters > observed.length)
    return { fit: undefined, reason: 'too-few-quarters' }
  if (quarterNumber(tail.quarter) - quarterNumber(head.quarter) + 1 !== observed.length)
    return { fit: undefined, reason: 'gap-between-quarters' }

  const from = addDays(firstDay(head.quarter), -WARM_UP_DAYS)
  const days = daysFrom(from, lastDay(tail.quarter))
  const capacity = Float64Array.from(days, day => (isWorkingDay(day) ? 1 : 0))
  const worked = capacity.reduce((sum, c) => sum + c, 0) / capacity.length
  const loadAt = loadIndex(days, observed, load)
  const runOf = (point: readonly number[]) => {
    const [startDays = 0, ...rest] = point
    return runCert({
      from,
      capacity,
      arrivals: capacity.map((c, i) => c * (loadAt[i]! < 0 ? 1 : rest[loadAt[i]!]!)),
      start: evenlyAged(startDays * worked, startDays),
      injections: injections.map(({ day }, i) => ({ day, files: worked * rest[loadCount + i]! })),
    })
  }
  const delaysOf = (point: readonly number[]) => {
    const { quarters } = runOf(point)
    return observed.map(o => quarters.find(q => q.quarter === o.quarter)?.backwardDays ?? Number.NaN)
  }
  const fit = leastSquares(
    point => delaysOf(point).map((delay, i) => delay - observed[i]!.days),
    [head.days, ...new Array<number>(loadCount).fill(1), ...injections.map(() => 20)],
    [
      [0, LONGEST_DELAY_DAYS],
      ...new Array<[number, number]>(loadCount).fill([0.2, 3]),
      ...injections.map((): [number, number] => [0, LONGEST_DELAY_DAYS]),
    ],
    [0.1, ...new Array<number>(loadCount).fill(1e-3), ...injections.map(() => 0.1)],
  )
  const [startDays = 0, ...rest] = fit.point
  const fitted = delaysOf(fit.point)
  const works = injections.map((injection, i) => ({
    day: injection.day,
    workDays: rest[loadCount + i]!,
    files: injection.files,
  }))
  const sized = load === 'steady' && works.find(work => work.files !== undefined && work.workDays > 0)
  const loads = Array.from({ length: loadCount }, (_, i) => ({
    quarter: observed[i + 1]!.quarter,
    load: rest[i]!,
  }))
  const filesPerWorkingDay = sized ? sized.files! / (sized.workDays * worked) : undefined
  const { stock, oldestDays } = runOf(fit.point).days
  return {
    end: { stock: stock.at(-1) ?? 0, oldest: oldestDays.at(-1) ?? 0 },
    fit: {
      startDays,
      loads,
      injections: works,
      filesPerWorkingDay,
      quarters: observed.map((o, i) => ({ quarter: o.quarter, observed: o.days, fitted: fitted[i]! })),
      rootMeanSquareDays: Math.sqrt(fit.sumOfSquares / observed.length),
      degreesOfFreedom: observed.length - parameters,
      notIdentifiable: [
        ...unmoved(fit.jacobian, loads),
        ...limits(filesPerWorkingDay, injections.length > 0, observed.length - parameters),
      ],
    },
  }
}

/** Which load rules each day: −1 is steady. */
function loadIndex(
  days: readonly Day[],
  observed: readonly QuarterDelay[],
  load: CalibrationQuestion['load'],
): number[] {
  if (load === 'steady') return days.map(() => -1)
  return days.map(day => Math.max(-1, observed.findIndex(o => o.quarter === quarterOf(day)) - 1))
}

/** Loads that move no published delay by a tenth of a day for one point of load. */
function unmoved(jacobian: number[][], loads: Calibration['loads']): string[] {
  return loads.flatMap(({ quarter }, j) => {
    const effect = largest(jacobian.map(row => Math.abs(row[j + 1]!)))
    return effect * 0.01 < 0.1 ? [`la charge du trimestre ${quarter}`] : []
  })
}

function limits(filesPerWorkingDay: number | undefined, injected: boolean, freedom: number): string[] {
  return [
    'si la charge vient de demandes en hausse ou d’une capacité en baisse',
    ...(filesPerWorkingDay === undefined ? ['le nombre de dossiers reçus, traités ou en stock'] : []),
    ...(injected
      ? ['la part des dossiers traités hors du rang et la date exacte de l’entrée des dossiers anciens']
      : []),
    ...(freedom === 0 ? ['la justesse du modèle : il a autant de paramètres que de délais publiés'] : []),
  ]
}
