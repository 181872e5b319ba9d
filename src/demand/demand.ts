import { quantileSorted } from 'simple-statistics'
import { type Month, monthsOfQuarter, type Quarter, quartersBetween } from '../pure/calendar/period.ts'
import { normal, seededRandom } from '../pure/numerics/random.ts'
import { ASSUMPTIONS, type AssumptionName, type Draw, drawAssumptions } from './assumption.ts'
import { type NationalModel, nationalModel, nationalPath } from './cohort-path.ts'
import { COUNTER_TITLES, type CounterTitle, type YearVolume } from './national-issues.ts'
import { type Parts, PartTally, shareOf } from './part-tally.ts'
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
export const MODEL_VERSION = 'cohort-1'
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

/** Requests projected for one place, title and quarter. Always an estimate. */
export interface ProjectedPoint {
  place: string
  title: CounterTitle
  quarter: Quarter
  mean: number
  quantiles: Quantiles
  parts: Parts
}

/** A projection of a department and of each of its equipped town halls. */
export interface Projection {
  points: ProjectedPoint[]
  levels: Record<CounterTitle, HallLevel[]>
}

/** Quarter-to-quarter noise of one hall's requests, on the log scale. */
const QUARTER_SPREAD = 0.07

/**
 * Projects the requests of a department and of its town halls by quarter. Each path draws the assumptions once (errors
 * of level persist), runs the national cohorts, and shares the result among the halls; the department is the sum of its
 * halls on every path, so means add up exactly and quantiles come from the same paths. Deterministic for a given seed.
 */
export function projectDepartment(inputs: DemandInputs): Projection {
  const quarters = quartersBetween(inputs.firstQuarter, inputs.lastQuarter)
  const model = nationalModel(
    inputs.volumes,
    inputs.suppressed,
    inputs.department,
    monthsOfQuarter(inputs.lastQuarter)[2],
  )
  const levels = levelsOf(inputs, centralPath(model))
  const tally = new PartTally(quarters, model.months)
  const departmentShare = inputs.departmentPopulation / inputs.nationalPopulation
  const halls = sharingHalls(inputs)
  const open = quarters.map(quarter => openHalls(halls, quarter))
  const samples = new Map<string, Float64Array>()
  const sampleOf = (key: string) => {
    const found = samples.get(key) ?? new Float64Array(inputs.paths)
    samples.set(key, found)
    return found
  }
  for (let path = 0; path < inputs.paths; path++) {
    const random = seededRandom(inputs.seed + 7919 * path)
    const draw = drawAssumptions(random)
    const drawn = Object.fromEntries(
      COUNTER_TITLES.map(title => [
        title,
        drawLevels(levels[title], draw.localIntensity, departmentShare, random),
      ]),
    ) as Record<CounterTitle, number[]>
    const total = (title: CounterTitle) => drawn[title].reduce((sum, level) => sum + level, 0)
    tally.startPath({ cni: total('cni') / inputs.paths, passport: total('passport') / inputs.paths })
    const national = nationalPath(model, draw, () => normal(random), tally)
    for (const title of COUNTER_TITLES) {
      quarters.forEach((quarter, q) => {
        const requests = monthsOfQuarter(quarter).reduce(
          (sum, month) => sum + (national[title][monthIndex(month)] ?? 0),
          0,
        )
        const shares = levelsAmong(drawn[title], open[q] ?? [])
        const noisy = shares.map(share => withNoise(requests * share, normal(random), normal(random)))
        const scale =
          (requests * total(title)) /
          Math.max(
            1e-12,
            noisy.reduce((sum, value) => sum + value, 0),
          )
        noisy.forEach((value, i) => {
          sampleOf(`${halls[i]?.insee}|${title}|${quarter}`)[path] = value * scale
        })
        sampleOf(`${inputs.department}|${title}|${quarter}`)[path] = requests * total(title)
      })
    }
  }
  const points: ProjectedPoint[] = []
  for (const title of COUNTER_TITLES) {
    for (const quarter of quarters) {
      const mean = (place: string) => average(sampleOf(`${place}|${title}|${quarter}`))
      const whole = mean(inputs.department)
      const parts = tally.parts(title, quarter)
      for (const place of [inputs.department, ...halls.map(hall => hall.insee)]) {
        const sample = sampleOf(`${place}|${title}|${quarter}`)
        const share = whole > 0 ? mean(place) / whole : 0
        points.push({
          place,
          title,
          quarter,
          mean: mean(place),
          quantiles: quantilesOf(sample),
          parts: shareOf(parts, share),
        })
      }
    }
  }
  return { points, levels }
}

function withNoise(expected: number, levelNoise: number, countNoise: number): number {
  const level = expected * Math.exp(QUARTER_SPREAD * levelNoise - QUARTER_SPREAD ** 2 / 2)
  return Math.max(0, level + Math.sqrt(level) * countNoise)
}

/** The path in which every assumption holds its central value. */
function centralPath(model: NationalModel): Record<CounterTitle, Float64Array> {
  const central = Object.fromEntries(
    (Object.keys(ASSUMPTIONS) as AssumptionName[]).map(name => [name, ASSUMPTIONS[name].value]),
  ) as Draw
  return nationalPath(model, central, () => 0)
}

function sharingHalls(inputs: DemandInputs, title?: CounterTitle, national?: Float64Array): SharingHall[] {
  const exceptional = new Set(inputs.exceptional)
  return inputs.halls.map(hall => {
    const months = inputs.counted.filter(
      row => row.insee === hall.insee && row.title === title && !exceptional.has(row.month),
    )
    const sum = (of: (row: CountedMonth) => number) => months.reduce((total, row) => total + of(row), 0)
    return {
      insee: hall.insee,
      population: hall.population,
      openedOn: hall.openedOn,
      closedOn: hall.closedOn,
      counted:
        months.length === 0 || national === undefined
          ? undefined
          : {
              requests: sum(row => row.requests),
              nationalRequests: sum(row => national[monthIndex(row.month)] ?? 0),
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
  return sample.reduce((sum, value) => sum + value, 0) / sample.length
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
