import { type Month, quarterOf } from '../pure/calendar/period.ts'
import { normal } from '../pure/numerics/random.ts'
import { type DemandInputs, demandPaths } from './demand.ts'
import { COUNTER_TITLES, type CounterTitle } from './national-issues.ts'
import { monthIndex } from './simulated-month.ts'
import { levelsAmong, openHalls, type SharingHall } from './town-share.ts'

/** Some futures of a projection of demand, kept so that queues can be run along them. */
export interface DemandSample {
  halls: readonly SharingHall[]
  paths: readonly SampledPath[]
}

/** One future, and a standard normal number for what a queue draws beside its demand. */
export interface SampledPath {
  national: Record<CounterTitle, Float64Array>
  levels: Record<CounterTitle, readonly number[]>
  noise: number
}

/** Futures along which queues are run: enough for a band of 95 %, few enough to answer at once. */
const QUEUE_PATHS = 400
const MOST_KEPT = 3

// A run never changes: what is drawn from it is kept under its name, the oldest forgotten first.
const kept = new Map<string, DemandSample>()

/** The futures of a run of demand, drawn once. */
export function sampleOf(run: { id: string; inputs: DemandInputs }): DemandSample {
  const known = kept.get(run.id)
  if (known) return known
  const sample = sampleDemand(run.inputs, QUEUE_PATHS)
  kept.set(run.id, sample)
  for (const id of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(id)
  return sample
}

/** The first `paths` futures of a projection; the same inputs give the same futures. */
export function sampleDemand(inputs: DemandInputs, paths: number): DemandSample {
  const drawn: SampledPath[] = []
  demandPaths({ ...inputs, paths: Math.min(paths, inputs.paths) }, ({ national, levels, random }) => {
    drawn.push({ national, levels, noise: normal(random) })
  })
  return {
    halls: inputs.halls.map(({ insee, population, openedOn, closedOn }) => ({
      insee,
      population,
      openedOn,
      closedOn,
      counted: undefined,
    })),
    paths: drawn,
  }
}

/** Requests for both titles in each month along one future, one list per hall; months before the run are modelled too. */
export function requestsByHall(
  { halls }: DemandSample,
  { national, levels }: SampledPath,
  months: readonly Month[],
): Float64Array[] {
  const requests = halls.map(() => new Float64Array(months.length))
  for (const [m, month] of months.entries()) {
    const open = openHalls(halls, quarterOf(month))
    for (const title of COUNTER_TITLES) {
      const all = national[title][monthIndex(month)] ?? 0
      for (const [h, level] of levelsAmong(levels[title], open).entries()) requests[h]![m]! += all * level
    }
  }
  return requests
}

/** Requests of the whole department in each month along one future. */
export function departmentRequests(
  { national, levels }: SampledPath,
  months: readonly Month[],
): Float64Array {
  const shares = COUNTER_TITLES.map(title => levels[title].reduce((sum, level) => sum + level, 0))
  return Float64Array.from(months, month =>
    COUNTER_TITLES.reduce(
      (sum, title, t) => sum + (national[title][monthIndex(month)] ?? 0) * (shares[t] ?? 0),
      0,
    ),
  )
}
