import { monthsOfQuarter, type Quarter, quartersBetween } from '../../pure/calendar/period.ts'
import { average, type Quantiles, quantilesOf } from '../../pure/numerics/quantiles.ts'
import { normal, seededRandom } from '../../pure/numerics/series/random.ts'
import { sum } from '../../pure/numerics/sum.ts'
import { drawAssumptions } from './assumption.ts'
import { type DemandInputs, demandPaths, sharingHalls } from './demand.ts'
import type { LocalForecast } from './local-series.ts'
import { futureSeed } from './national-future.ts'
import { COUNTER_TITLES, type CounterTitle } from './national-issues.ts'
import { addParts, type Parts, shareOf } from './part-tally.ts'
import { countedForecasts, poolWithCounts } from './pool.ts'
import { residencePath } from './residence.ts'
import { monthIndex } from './simulated-month.ts'
import { levelsAmong, presences } from './town-share.ts'

/** Version of the projection model; it changes with any number that a run would give. */
export const MODEL_VERSION = 'cohort-12'
/** Last quarter projected. */
export const HORIZON: Quarter = '2033-Q4'

/** Titles projected: both counter titles, their sum, and the renewals of residence permits at the prefecture. */
export const PROJECTED_TITLES = [...COUNTER_TITLES, 'cni-passport', 'residence-renewal'] as const
const COUNTER_SAMPLES = [...COUNTER_TITLES, 'cni-passport'] as const
/** A projected title. */
export type ProjectedTitle = (typeof PROJECTED_TITLES)[number]

/** Requests projected for one place, title and quarter. Always an estimate. */
export interface ProjectedPoint {
  place: string
  title: ProjectedTitle
  quarter: Quarter
  mean: number
  quantiles: Quantiles
  parts: Parts
}

/** A point as the model gives it: the parts are those of the department, and its halls are made of the same shares. */
export type ModelledPoint = Omit<ProjectedPoint, 'parts'> & { parts?: Parts }

/** What the model gives: the points, and what the counts of halls said, for whoever follows the same futures. */
export interface Projection {
  points: ModelledPoint[]
  local: LocalForecast[]
}

/** Whether a point says what it is made of: those of a department do. */
export function isWhole(point: ModelledPoint): point is ProjectedPoint {
  return point.parts !== undefined
}

/** Quarter-to-quarter noise of one hall's requests, on the log scale. */
const QUARTER_SPREAD = 0.07

/** Requests on every path, by place, the department first; on each it is the sum of its halls. */
function counterSamples(inputs: DemandInputs) {
  const quarters = quartersBetween(inputs.firstQuarter, inputs.lastQuarter)
  const halls = sharingHalls(inputs)
  const present: number[][] = []
  for (const quarter of quarters) {
    const [before, now] = [present.at(-1), presences(halls, quarter)]
    present.push(before?.every((share, hall) => share === now[hall]) ? before : now)
  }
  const months = quarters.map(quarter => monthsOfQuarter(quarter).map(monthIndex))
  const places = [inputs.department, ...halls.map(hall => hall.insee)]
  // Path after path, as they are drawn, each with all its places: written in order, and turned when all are known.
  const drawn = COUNTER_TITLES.map(() => quarters.map(() => new Float64Array(places.length * inputs.paths)))
  const origins = demandPaths(inputs, ({ index, national, levels, random }) => {
    COUNTER_TITLES.forEach((title, t) => {
      const total = sum(levels[title])
      let among: number[] = []
      quarters.forEach((_, q) => {
        if (q === 0 || present[q] !== present[q - 1]) among = levelsAmong(levels[title], present[q]!)
        const requests = months[q]!.reduce((all, month) => all + (national[title][month] ?? 0), 0)
        const noisy = drawn[t]![q]!.subarray(index * places.length, (index + 1) * places.length)
        let all = 0
        for (let hall = 0; hall < among.length; hall++) {
          noisy[hall + 1] = withNoise(requests * among[hall]!, normal(random), normal(random))
          all += noisy[hall + 1]!
        }
        const scale = (requests * total) / all
        noisy[0] = requests * total
        // Where chance leaves none to any hall, they share as expected: nothing has no shares.
        for (let hall = 1; hall < noisy.length; hall++)
          noisy[hall] = all > 0 ? noisy[hall]! * scale : requests * among[hall - 1]!
      })
    })
  })
  const samples = drawn.map(ofTitle => ofTitle.map(rows => turned(rows, places.length, inputs.paths)))
  const local = countedForecasts(inputs)
  poolWithCounts(inputs, local, quarters, samples)
  return { quarters, places, samples, origins, local }
}

/** Mean requests of both titles in a year by place: those of `projectDepartment`, without its bands and its parts. */
export function yearOfRequests(inputs: DemandInputs, year: number): ReadonlyMap<string, number> {
  const { quarters, places, samples } = counterSamples(inputs)
  const of = (place: number) => (quarter: Quarter, q: number) =>
    quarter.startsWith(`${year}-`) ? average(together(samples[0]![q]![place]!, samples[1]![q]![place]!)) : 0
  return new Map(places.map((place, i) => [place, sum(quarters.map(of(i)))]))
}

/**
 * Projects the requests of a department and of its town halls by quarter. On every path the department is the sum of
 * its halls and `cni-passport` the sum of both titles, so means add up exactly and quantiles come from the same paths.
 */
export function projectDepartment(inputs: DemandInputs): Projection {
  const { quarters, places, samples, origins, local } = counterSamples(inputs)
  const tally = origins()
  const counter = COUNTER_SAMPLES.flatMap(title =>
    quarters.flatMap((quarter, q) =>
      places.map((place, i) => {
        const sampleOf = (one: CounterTitle) => samples[COUNTER_TITLES.indexOf(one)]![q]![i]!
        const partsOf = (one: CounterTitle) => scaled(tally.parts(one, quarter), average(sampleOf(one)))
        const both = title === 'cni-passport'
        const sample = both ? together(sampleOf('cni'), sampleOf('passport')) : sampleOf(title)
        const point = { place, title, quarter, mean: average(sample), quantiles: quantilesOf(sample) }
        if (place !== inputs.department) return point
        return { ...point, parts: both ? addParts(partsOf('cni'), partsOf('passport')) : partsOf(title) }
      }),
    ),
  )
  return { points: [...counter, ...residencePoints(inputs, quarters)], local }
}

/** Numbers of each path of each place, from those of each place on each path, in one piece of memory: a nation has seven hundred thousand such lists. */
function turned(rows: Float64Array, places: number, paths: number): Float64Array[] {
  const all = new Float64Array(places * paths)
  // A few paths at a time, so that what is read and what is written both stay near the processor.
  for (let first = 0; first < paths; first += 16)
    for (let place = 0; place < places; place++)
      for (let path = first; path < Math.min(paths, first + 16); path++)
        all[place * paths + path] = rows[path * places + place]!
  return Array.from({ length: places }, (_, place) => all.subarray(place * paths, (place + 1) * paths))
}

function together(cni: Float64Array, passport: Float64Array): Float64Array {
  return cni.map((requests, path) => requests + passport[path]!)
}

function scaled(parts: Parts, mean: number): Parts {
  const whole = parts.renewals + parts.other
  return shareOf(parts, whole > 0 ? mean / whole : 0)
}

/** Renewals of residence permits of the department; none without a year of counts. */
function residencePoints(inputs: DemandInputs, quarters: readonly Quarter[]): ModelledPoint[] {
  if (inputs.residence.renewals.length < 12) return []
  const paths = Array.from({ length: inputs.paths }, (_, index) => {
    const random = seededRandom(futureSeed(inputs.seed + 3, index))
    return residencePath(inputs.residence, quarters, drawAssumptions(random), random)
  })
  return quarters.map((quarter, q) => {
    const total = Float64Array.from(paths, path => (path[q]?.exchanged ?? 0) + (path[q]?.other ?? 0))
    const end = average(Float64Array.from(paths, path => path[q]?.exchanged ?? 0))
    const mean = average(total)
    return {
      place: inputs.department,
      title: 'residence-renewal',
      quarter,
      mean,
      quantiles: quantilesOf(total),
      parts: { renewals: end, other: mean - end, end, travelEnd: 0, early: 0, suppressed: 0, cohorts: [] },
    }
  })
}

function withNoise(expected: number, levelNoise: number, countNoise: number): number {
  const level = expected * Math.exp(QUARTER_SPREAD * levelNoise - QUARTER_SPREAD ** 2 / 2)
  return Math.max(0, level + Math.sqrt(level) * countNoise)
}
