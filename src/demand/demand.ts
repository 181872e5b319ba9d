import { quantileSorted } from 'simple-statistics'
import {
  type Month,
  monthsBetween,
  monthsOfQuarter,
  type Quarter,
  quartersBetween,
} from '../pure/calendar/period.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { normal, type Random, seededRandom } from '../pure/numerics/random.ts'
import { ASSUMPTIONS, type AssumptionName, type Draw, drawAssumptions } from './assumption.ts'
import { type NationalModel, nationalModel, nationalPath } from './cohort-path.ts'
import { type GateYear, gateYears } from './gate.ts'
import { type LocalQuestion, localForecasts } from './local-series.ts'
import { COUNTER_TITLES, type CounterTitle, type YearVolume } from './national-issues.ts'
import { KIND, type Parts, PartTally, shareOf } from './part-tally.ts'
import { type ResidenceInputs, residencePath } from './residence.ts'
import { monthIndex } from './simulated-month.ts'
import {
  drawLevels,
  type HallLevel,
  hallLevels,
  levelsAmong,
  openHalls,
  type SharingHall,
} from './town-share.ts'

/** Version of the projection model; it changes with any number that a run would give. */
export const MODEL_VERSION = 'cohort-2'
/** Last quarter projected. */
export const HORIZON: Quarter = '2033-Q4'

/** One counted month of a hall: requests received for one title. */
export interface CountedMonth {
  insee: string
  title: CounterTitle
  month: Month
  requests: number
}

/** Everything a projection stands on; kept whole with the run, so that it can be done again. */
export interface DemandInputs {
  department: string
  departmentPopulation: number
  nationalPopulation: number
  volumes: Record<CounterTitle, YearVolume[]>
  suppressed: Record<CounterTitle, number>
  halls: { insee: string; population: number; openedOn?: string | undefined; closedOn?: string | undefined }[]
  counted: CountedMonth[]
  residence: ResidenceInputs
  /** Months not to learn from: lockdowns. */
  exceptional: Month[]
  firstQuarter: Quarter
  lastQuarter: Quarter
  paths: number
  seed: number
}

/** Quantiles of a projected number. */
export interface Quantiles {
  p05: number
  p10: number
  p25: number
  p50: number
  p75: number
  p90: number
  p95: number
}

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
/** Correlation of what two titles of one hall draw from elsewhere: people ask for both at the same counter. */
const TITLE_CORRELATION = 0.8

/** One possible future: requests of the nation by month, and the part of them that each hall receives. */
export interface DemandPath {
  index: number
  /** By month index (`monthIndex`). */
  national: Record<CounterTitle, Float64Array>
  /** In the order of the halls of the inputs, while all are open. */
  levels: Record<CounterTitle, number[]>
  random: Random
}

/**
 * Draws the paths of a projection one after the other, and hands each to `visit`. Each path draws the assumptions once,
 * so that errors of level persist, and runs the national cohorts. The same inputs give the same paths.
 */
export function demandPaths(
  inputs: DemandInputs,
  visit: (path: DemandPath) => void,
  tally?: PartTally,
): void {
  const model = modelOf(inputs)
  const levels = levelsOf(
    inputs,
    nationalPath(model, CENTRAL, () => 0),
  )
  const departmentShare = inputs.departmentPopulation / inputs.nationalPopulation
  for (let index = 0; index < inputs.paths; index++) {
    const random = seededRandom(inputs.seed + 7919 * index)
    const draw = drawAssumptions(random)
    const shared = inputs.halls.map(() => normal(random))
    const drawn = (title: CounterTitle) =>
      drawLevels(levels[title], draw.localIntensity, departmentShare, hall => {
        const own = Math.sqrt(1 - TITLE_CORRELATION) * normal(random)
        return Math.sqrt(TITLE_CORRELATION) * (shared[hall] ?? 0) + own
      })
    const pathLevels = { cni: drawn('cni'), passport: drawn('passport') }
    tally?.startPath({
      cni: sum(pathLevels.cni) / inputs.paths,
      passport: sum(pathLevels.passport) / inputs.paths,
    })
    const national = nationalPath(model, draw, () => normal(random), tally)
    visit({ index, national, levels: pathLevels, random })
  }
}

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

type Samples = readonly (readonly (readonly Float64Array[])[])[]

/**
 * Pools, path by path, what the counts of a hall say with what the cohorts say: a logarithmic opinion pool (Genest and
 * Zidek 1986), both errors of level persisting along a path. The department and both titles are summed anew.
 */
function poolWithCounts(inputs: DemandInputs, quarters: readonly Quarter[], samples: Samples): void {
  const local = localForecasts(localQuestion(inputs))
  if (local.length === 0) return
  const random = seededRandom(inputs.seed + 1)
  for (const forecast of local) {
    const t = COUNTER_TITLES.indexOf(forecast.title)
    const place = 1 + inputs.halls.findIndex(hall => hall.insee === forecast.insee)
    const errors = Float64Array.from({ length: inputs.paths }, () => normal(random))
    for (const { quarter, mean, logSpread, weight } of forecast.quarters) {
      const sample = samples[t]?.[quarters.indexOf(quarter)]?.[place]
      const expected = sample ? average(sample) : 0
      if (sample === undefined || expected <= 0) continue
      const target = expected ** (1 - weight) * mean ** weight
      for (let path = 0; path < sample.length; path++) {
        sample[path] =
          Math.max(sample[path]!, 1e-9) ** (1 - weight) *
          (mean * Math.exp(logSpread * errors[path]!)) ** weight
      }
      const scale = target / average(sample)
      for (let path = 0; path < sample.length; path++) sample[path]! *= scale
    }
  }
  COUNTER_TITLES.forEach((_, t) => {
    samples[t]!.forEach(places => {
      places[0]!.forEach((_, path) => {
        places[0]![path] = places.slice(1).reduce((total, hall) => total + hall[path]!, 0)
      })
    })
  })
  samples[BOTH]!.forEach((places, q) => {
    places.forEach((sample, place) => {
      sample.forEach((_, path) => {
        sample[path] = COUNTER_TITLES.reduce((total, _title, t) => total + samples[t]![q]![place]![path]!, 0)
      })
    })
  })
}

/** How far the titles coming due in each projected year differ from those of the last one. */
export function exposureGate(inputs: DemandInputs): GateYear[] {
  const start = monthIndex(monthsOfQuarter(inputs.firstQuarter)[0])
  const { due } = centralFuture(inputs)
  return gateYears(due, start)
}

function localQuestion(inputs: DemandInputs): LocalQuestion {
  const months = inputs.counted.map(row => row.month).sort()
  const [firstMonth, lastMonth] = [months[0] ?? '2000-01', months.at(-1) ?? '2000-01']
  const { national } = centralFuture(inputs)
  const series = [...groupBy(inputs.counted, row => `${row.insee}|${row.title}`).values()].flatMap(rows => {
    const [row] = rows
    if (row === undefined) return []
    const byMonth = new Map(rows.map(one => [one.month, one.requests]))
    const counts = monthsBetween(firstMonth, lastMonth).map(month => byMonth.get(month))
    return [{ insee: row.insee, title: row.title, counts }]
  })
  return {
    series: series.filter(one =>
      inputs.halls.some(hall => hall.insee === one.insee && hall.closedOn === undefined),
    ),
    firstMonth,
    exceptional: new Set(inputs.exceptional),
    firstQuarter: inputs.firstQuarter,
    lastQuarter: inputs.lastQuarter,
    gate: exposureGate(inputs),
    expected: (title, month) => national[title][monthIndex(month)] ?? 0,
  }
}

/** The central path, with the titles of the department that come back in each month. */
function centralFuture(inputs: DemandInputs): {
  national: Record<CounterTitle, Float64Array>
  due: Float64Array
} {
  const model = modelOf(inputs)
  const due = new Float64Array(model.months)
  const share = (ASSUMPTIONS.localIntensity.value * inputs.departmentPopulation) / inputs.nationalPopulation
  const national = nationalPath(model, CENTRAL, () => 0, {
    add: (kind, _title, month, amount) => {
      if (kind === KIND.end || kind === KIND.travelEnd || kind === KIND.early) due[month]! += amount * share
    },
  })
  return { national, due }
}

function withNoise(expected: number, levelNoise: number, countNoise: number): number {
  const level = expected * Math.exp(QUARTER_SPREAD * levelNoise - QUARTER_SPREAD ** 2 / 2)
  return Math.max(0, level + Math.sqrt(level) * countNoise)
}

function modelOf(inputs: DemandInputs): NationalModel {
  const lastMonth = monthsOfQuarter(inputs.lastQuarter)[2]
  return nationalModel(inputs.volumes, inputs.suppressed, inputs.department, lastMonth)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** Every assumption at its central value. */
const CENTRAL = Object.fromEntries(
  (Object.keys(ASSUMPTIONS) as AssumptionName[]).map(name => [name, ASSUMPTIONS[name].value]),
) as Draw

function sharingHalls(inputs: DemandInputs, title?: CounterTitle, national?: Float64Array): SharingHall[] {
  const exceptional = new Set(inputs.exceptional)
  return inputs.halls.map(hall => {
    const months = inputs.counted.filter(
      row => row.insee === hall.insee && row.title === title && !exceptional.has(row.month),
    )
    return {
      insee: hall.insee,
      population: hall.population,
      openedOn: hall.openedOn,
      closedOn: hall.closedOn,
      counted:
        months.length === 0 || national === undefined
          ? undefined
          : {
              requests: sum(months.map(row => row.requests)),
              nationalRequests: sum(months.map(row => national[monthIndex(row.month)] ?? 0)),
              months: months.length,
            },
    }
  })
}

function levelsOf(
  inputs: DemandInputs,
  national: Record<CounterTitle, Float64Array>,
): Record<CounterTitle, HallLevel[]> {
  const of = (title: CounterTitle) =>
    hallLevels(
      sharingHalls(inputs, title, national[title]),
      inputs.departmentPopulation,
      inputs.nationalPopulation,
    )
  return { cni: of('cni'), passport: of('passport') }
}

function average(sample: Float64Array): number {
  return sample.reduce((total, value) => total + value, 0) / sample.length
}

function quantilesOf(sample: Float64Array): Quantiles {
  const sorted = sample.slice().sort()
  const at = (share: number) => quantileSorted(sorted as unknown as number[], share)
  return {
    p05: at(0.05),
    p10: at(0.1),
    p25: at(0.25),
    p50: at(0.5),
    p75: at(0.75),
    p90: at(0.9),
    p95: at(0.95),
  }
}
