import { monthsOfQuarter, type Quarter, quartersBetween } from '../pure/calendar/period.ts'
import { normal, seededRandom } from '../pure/numerics/random.ts'
import { drawAssumptions } from './assumption.ts'
import { type DemandInputs, type DemandPath, demandPaths, modelOf, sharingHalls } from './demand.ts'
import { COUNTER_TITLES } from './national-issues.ts'
import { type Parts, PartTally, shareOf } from './part-tally.ts'
import { poolWithCounts } from './pool.ts'
import { average, type Quantiles, quantilesOf } from './quantiles.ts'
import { residencePath } from './residence.ts'
import { monthIndex } from './simulated-month.ts'
import { levelsAmong, openHalls } from './town-share.ts'

/** Version of the projection model; it changes with any number that a run would give. */
export const MODEL_VERSION = 'cohort-2'
/** Last quarter projected. */
export const HORIZON: Quarter = '2033-Q4'

/** Titles projected: both counter titles, their sum, and the renewals of residence permits at the prefecture. */
export const PROJECTED_TITLES = [...COUNTER_TITLES, 'cni-passport', 'residence-renewal'] as const
const COUNTER_SAMPLES = [...COUNTER_TITLES, 'cni-passport'] as const
/** A projected title. */
export type ProjectedTitle = (typeof PROJECTED_TITLES)[number]
const BOTH = COUNTER_SAMPLES.indexOf('cni-passport')

/** Requests projected for one place, title and quarter. Always an estimate. */
export interface ProjectedPoint {
  place: string
  title: ProjectedTitle
  quarter: Quarter
  mean: number
  quantiles: Quantiles
  parts: Parts
}

/** Quarter-to-quarter noise of one hall's requests, on the log scale. */
const QUARTER_SPREAD = 0.07
/**
 * Projects the requests of a department and of its town halls by quarter. On every path the department is the sum of
 * its halls and `cni-passport` the sum of both titles, so means add up exactly and quantiles come from the same paths.
 */
export function projectDepartment(inputs: DemandInputs): ProjectedPoint[] {
  const quarters = quartersBetween(inputs.firstQuarter, inputs.lastQuarter)
  const halls = sharingHalls(inputs)
  const open = quarters.map(quarter => openHalls(halls, quarter))
  const places = [inputs.department, ...halls.map(hall => hall.insee)]
  const tally = new PartTally(quarters, modelOf(inputs).months)
  const samples = COUNTER_SAMPLES.map(() =>
    quarters.map(() => places.map(() => new Float64Array(inputs.paths))),
  )
  const visit = ({ index, national, levels, random }: DemandPath) => {
    COUNTER_TITLES.forEach((title, t) => {
      const total = sum(levels[title])
      quarters.forEach((quarter, q) => {
        const months = monthsOfQuarter(quarter)
        const requests = months.reduce((all, month) => all + (national[title][monthIndex(month)] ?? 0), 0)
        const noisy = levelsAmong(levels[title], open[q] ?? []).map(level =>
          withNoise(requests * level, normal(random), normal(random)),
        )
        const scale = (requests * total) / Math.max(Number.MIN_VALUE, sum(noisy))
        const values = [requests * total, ...noisy.map(value => value * scale)]
        values.forEach((value, place) => {
          samples[t]![q]![place]![index]! += value
          samples[BOTH]![q]![place]![index]! += value
        })
      })
    })
  }
  demandPaths(inputs, visit, tally)
  poolWithCounts(inputs, quarters, samples)
  const counter = COUNTER_SAMPLES.flatMap((title, t) =>
    quarters.flatMap((quarter, q) => {
      const parts = title === 'cni-passport' ? tally.sumOfParts(quarter) : tally.parts(title, quarter)
      const means = samples[t]![q]!.map(average)
      const whole = parts.renewals + parts.other
      return places.map((place, i) => {
        const mean = means[i] ?? 0
        return {
          place,
          title,
          quarter,
          mean,
          quantiles: quantilesOf(samples[t]![q]![i]!),
          parts: shareOf(parts, whole > 0 ? mean / whole : 0),
        }
      })
    }),
  )
  return [...counter, ...residencePoints(inputs, quarters)]
}

/** Renewals of residence permits of the department; none without a year of counts. */
function residencePoints(inputs: DemandInputs, quarters: readonly Quarter[]): ProjectedPoint[] {
  if (inputs.residence.renewals.length < 12) return []
  const paths = Array.from({ length: inputs.paths }, (_, index) => {
    const random = seededRandom(inputs.seed + 7919 * index + 3)
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

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
