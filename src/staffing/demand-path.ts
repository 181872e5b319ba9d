import type { Month } from '../pure/calendar/period.ts'
import { normal, seededRandom } from '../pure/numerics/series/random.ts'

/**
 * Possible futures of the demand: files of each month ÷ a mean month of the present, season included. The same seed
 * gives the same paths, another one fresh ones.
 */
export type RelativePaths = (months: readonly Month[], count: number, seed: number) => Float64Array[]

/** What makes paths differ where no projection is at hand. */
export interface PathModel {
  /** Demands of each month of the year ÷ a mean month, January first. */
  season: readonly number[]
  growthPerYear: number
  /** Relative standard deviation of an error that lasts over the whole path. */
  levelError: number
  /** Relative standard deviation of each month around that level, and the part that passes on to the next. */
  monthError: number
  monthPersistence: number
  surgeProbability: number
  surgeSize: number
  surgeMonths: number
}

/**
 * Paths with a lognormal error of level, an autoregressive error of months (both of mean 1), and an unforeseen surge at a
 * month drawn at random. The error of level is what decides the risk of a plan: errors drawn anew each month average out.
 */
export function lognormalPaths(model: PathModel): RelativePaths {
  return (months, count, seed) => {
    const random = seededRandom(seed)
    const { season, levelError, monthError, monthPersistence } = model
    const innovation = monthError * Math.sqrt(1 - monthPersistence ** 2)
    return Array.from({ length: count }, () => {
      const level = Math.exp(levelError * normal(random) - levelError ** 2 / 2)
      const surges = random() < model.surgeProbability
      const surgeAt = Math.floor(random() * months.length)
      let error = monthError * normal(random)
      return Float64Array.from(months, (month, t) => {
        const inSurge = surges && t >= surgeAt && t < surgeAt + model.surgeMonths
        const expected =
          season[Number(month.slice(5)) - 1]! *
          (1 + model.growthPerYear) ** (t / 12) *
          (inSurge ? 1 + model.surgeSize : 1)
        const value = expected * level * Math.exp(error - monthError ** 2 / 2)
        error = monthPersistence * error + innovation * normal(random)
        return value
      })
    })
  }
}

/** Mean of paths, month by month. */
export function meanPath(paths: readonly Float64Array[]): Float64Array {
  const mean = new Float64Array(paths[0]?.length ?? 0)
  for (const path of paths) for (let t = 0; t < mean.length; t++) mean[t]! += path[t]! / paths.length
  return mean
}
