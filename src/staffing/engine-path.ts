import type { DemandInputs } from '../demand/engine/demand.ts'
import type { NationalFuture } from '../demand/engine/national-future.ts'
import { COUNTER_TITLES, type CounterTitle } from '../demand/engine/national-issues.ts'
import { monthIndex } from '../demand/engine/simulated-month.ts'
import { addMonths, type Month } from '../pure/calendar/period.ts'
import type { Title } from '../pure/law/title.ts'
import { lognormalPaths, type PathModel, type RelativePaths } from './demand-path.ts'

/** Titles whose national demand the engine projects, and the counter titles that each adds up. */
export const ENGINE_TITLES: Partial<Record<Title, readonly CounterTitle[]>> = {
  'cni-passport': COUNTER_TITLES,
  cni: ['cni'],
  passport: ['passport'],
}

/** Futures of a run of the engine that are kept: as many as the horizon of a plan can tell apart. */
export interface EngineFutures {
  /** National requests by month index, one list per path. */
  paths: NationalFuture['national'][]
}

/**
 * Demand paths of the engine for a centre: the national month ÷ the mean of the twelve months before the plan on the same
 * path (the present level is known, its course is not), times the error left on the present level and on each month.
 */
export function enginePaths(
  futures: (seed: number) => EngineFutures,
  titles: readonly CounterTitle[],
  model: PathModel,
): RelativePaths {
  const noise = lognormalPaths({ ...model, season: new Array<number>(12).fill(1) })
  return (months, count, seed) => {
    const { paths } = futures(seed)
    const year = Array.from({ length: 12 }, (_, back) => monthIndex(addMonths(months[0]!, -1 - back)))
    const ahead = months.map(monthIndex)
    return noise(months, count, seed).map((errors, i) => {
      const national = paths[i % paths.length]!
      const requests = (month: number) =>
        titles.reduce((sum, title) => sum + (national[title][month] ?? 0), 0)
      const present = year.reduce((sum, month) => sum + requests(month), 0) / 12
      return errors.map((error, t) => (error * requests(ahead[t]!)) / present)
    })
  }
}

/** Last month that a run of the engine knows. */
export function engineHorizon(inputs: DemandInputs): Month {
  return `${inputs.lastQuarter.slice(0, 4)}-12`
}
