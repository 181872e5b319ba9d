import { type Month, monthsOfQuarter, type Quarter, quarterOf } from '../pure/calendar/period.ts'
import { normal } from '../pure/numerics/series/random.ts'
import { type DemandInputs, type DemandPath, demandPaths } from './engine/demand.ts'
import type { LocalForecast } from './engine/local-series.ts'
import { COUNTER_TITLES, type CounterTitle } from './engine/national-issues.ts'
import { countedForecasts, poolWithCounts } from './engine/pool.ts'
import { monthIndex } from './engine/simulated-month.ts'
import { levelsAmong, presences, type SharingHall } from './engine/town-share.ts'

/** Some futures of a projection of demand, kept so that queues can be run along them. */
export interface DemandSample {
  halls: readonly Pick<SharingHall, 'insee' | 'presence'>[]
  paths: readonly SampledPath[]
  /** Quarters in which the counts of halls correct their futures; empty without counts. */
  corrected: ReadonlyMap<Quarter, number>
}

/** One future, and a standard normal number for what a queue draws beside its demand. */
export interface SampledPath {
  national: DemandPath['national']
  levels: Record<CounterTitle, readonly number[]>
  noise: number
  /** What the future was drawn from, and the share of holders who come back in it: its flows are told again from these. */
  seed: number
  returnRate: number
  /** What its counts make of a hall's requests, by title, corrected quarter after corrected quarter, hall after hall. */
  corrections: Record<CounterTitle, Float64Array>
}

/** Futures along which queues are run: enough for a band of 95 %, few enough to answer at once. */
export const QUEUE_PATHS = 400

/** A run of demand as it is needed to draw its futures; `local` is computed again where it was not kept. */
export interface SampledRun {
  inputs: DemandInputs
  local?: readonly LocalForecast[] | undefined
}

/** The first `paths` futures of a projection; the same inputs give the same futures. */
export function sampleDemand({ inputs, local }: SampledRun, paths = QUEUE_PATHS): DemandSample {
  const some = { ...inputs, paths: Math.min(paths, inputs.paths) }
  const drawn: SampledPath[] = []
  demandPaths(some, ({ national, levels, random, draw: { returnRate }, seed }) => {
    const corrections = { cni: new Float64Array(), passport: new Float64Array() }
    drawn.push({ national, levels, noise: normal(random), seed, returnRate, corrections })
  })
  const plain = { halls: inputs.halls, paths: drawn, corrected: new Map<Quarter, number>() }
  return inputs.counted.length === 0
    ? plain
    : correctedByCounts(some, plain, local ?? countedForecasts(inputs))
}

/** The futures as the projection publishes them: those of halls with counts follow what their counts say. */
function correctedByCounts(
  inputs: DemandInputs,
  plain: DemandSample,
  local: readonly LocalForecast[],
): DemandSample {
  const quarters = [...new Set(local.flatMap(one => one.quarters.map(({ quarter }) => quarter)))].sort()
  const places = 1 + plain.halls.length
  const samples = COUNTER_TITLES.map(() =>
    quarters.map(() => Array.from({ length: places }, () => new Float64Array(plain.paths.length))),
  )
  const calendar = quarters.map(quarter => ({
    months: monthsOfQuarter(quarter).map(monthIndex),
    present: presences(plain.halls, quarter),
  }))
  for (const [p, path] of plain.paths.entries()) {
    for (const [q, { months, present }] of calendar.entries()) {
      for (const [t, title] of COUNTER_TITLES.entries()) {
        const among = levelsAmong(path.levels[title], present)
        for (const month of months) {
          const all = path.national[title][month] ?? 0
          for (let h = 0; h < among.length; h++) samples[t]![q]![h + 1]![p]! += all * among[h]!
        }
      }
    }
  }
  const before = structuredClone(samples)
  poolWithCounts(inputs, local, quarters, samples)
  const correction = (t: number, p: number) => {
    const corrections = new Float64Array(quarters.length * plain.halls.length)
    for (let q = 0, at = 0; q < quarters.length; q++) {
      for (let place = 1; place < places; place++, at++) {
        const was = before[t]![q]![place]![p]!
        corrections[at] = was > 0 ? samples[t]![q]![place]![p]! / was : 1
      }
    }
    return corrections
  }
  return {
    halls: plain.halls,
    paths: plain.paths.map((path, p) => ({
      ...path,
      corrections: { cni: correction(0, p), passport: correction(1, p) },
    })),
    corrected: new Map(quarters.map((quarter, q) => [quarter, q])),
  }
}

/**
 * Requests for both titles in each month: for each future, one list per hall, or per hall asked by its rank; months before
 * the run are modelled too.
 */
export function requestsByHall(
  { halls, paths, corrected }: DemandSample,
  months: readonly Month[],
  asked: readonly number[] = [...halls.keys()],
): Float64Array[][] {
  // What halls draw changes a few times in a projection: that of a month is looked up by the index of its group.
  const groups: number[][] = []
  const places = months.map(month => {
    const quarter = quarterOf(month)
    const present = presences(halls, quarter)
    const known = groups.findIndex(group => group.every((one, h) => one === present[h]))
    const group = known < 0 ? groups.push(present) - 1 : known
    return { at: monthIndex(month), group, corrected: corrected.get(quarter) }
  })
  return paths.map(({ national, levels, corrections }) => {
    // One piece of memory for a future: a large department has sixty thousand of these lists.
    const all = new Float64Array(asked.length * months.length)
    const shared = groups.map(present => ({
      cni: levelsAmong(levels.cni, present),
      passport: levelsAmong(levels.passport, present),
    }))
    for (const title of COUNTER_TITLES) {
      const [own, whole] = [
        corrections[title],
        Float64Array.from(places, ({ at }) => national[title][at] ?? 0),
      ]
      let to = 0
      for (const h of asked) {
        for (let m = 0; m < places.length; m++, to++) {
          const { group, corrected } = places[m]!
          const correction = corrected === undefined ? 1 : own[corrected * halls.length + h]!
          all[to]! += whole[m]! * shared[group]![title][h]! * correction
        }
      }
    }
    return asked.map((_, at) => all.subarray(at * months.length, (at + 1) * months.length))
  })
}

/** Requests of the whole department in each month, along each future: the sum of its halls. */
export function departmentRequests(sample: DemandSample, months: readonly Month[]): Float64Array[] {
  return requestsByHall(sample, months).map(halls =>
    Float64Array.from(months, (_, m) => halls.reduce((sum, hall) => sum + hall[m]!, 0)),
  )
}

/** Futures that a mean is made of: a mean is not sensitive to more. */
const MEAN_PATHS = 100

/** Mean requests of each hall in each month. */
export function meanRequests(sample: DemandSample, months: readonly Month[]): Map<string, Float64Array> {
  const paths = sample.paths.slice(0, MEAN_PATHS)
  const sums = sample.halls.map(() => new Float64Array(months.length))
  for (const halls of requestsByHall({ ...sample, paths }, months))
    for (const [h, counts] of halls.entries())
      for (let m = 0; m < counts.length; m++) sums[h]![m]! += counts[m]! / paths.length
  return new Map(sample.halls.map(({ insee }, h) => [insee, sums[h]!]))
}
