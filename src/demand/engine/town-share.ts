import type { Day } from '../../pure/calendar/day.ts'
import { type Quarter, quarterOf } from '../../pure/calendar/period.ts'
import { ASSUMPTIONS, TOWN_SPREAD } from './assumption.ts'

/** A town hall among which the requests of a department are shared. */
export interface SharingHall {
  insee: string
  population: number
  openedOn: Day | undefined
  closedOn: Day | undefined
  /** Requests counted there for one title, and those of the nation in the same months; absent without local counts. */
  counted: { requests: number; nationalRequests: number; months: number } | undefined
}

/** What is believed of a hall: logarithm of its part of the national requests. */
export interface HallLevel {
  insee: string
  mean: number
  spread: number
  /** Whether local counts were used. */
  counted: boolean
}

/** Error of the national model over the months counted, on the log scale. */
const MODEL_SPREAD = 0.1
/** Month-to-month noise of one hall's counts around its level, on the log scale: closures, queues, campaigns. */
const MONTH_SPREAD = 0.25

/**
 * Level of each hall as a part of the national requests: its own population and an equal part of the population of
 * communes without a station, times the local intensity, as a prior; then its own counts (gamma–Poisson, Gelman et al.
 * 2013, § 2.6). Counts are worth the share of their variance that is chance: the errors of the national model and of
 * single months do not shrink with a thousand requests. A year of a few hundred requests already outweighs the prior.
 */
export function hallLevels(
  halls: readonly SharingHall[],
  departmentPopulation: number,
  nationalPopulation: number,
): HallLevel[] {
  const own = halls.reduce((sum, hall) => sum + hall.population, 0)
  const catchment = Math.max(0, departmentPopulation - own) / halls.length
  const { value: intensity, spread: intensitySpread } = ASSUMPTIONS.localIntensity
  return halls.map(hall => {
    const prior = Math.log((intensity * (hall.population + catchment)) / nationalPopulation)
    const priorVariance = TOWN_SPREAD.value ** 2 + intensitySpread ** 2
    if (hall.counted === undefined || !(hall.counted.nationalRequests > 0)) {
      return { insee: hall.insee, mean: prior, spread: Math.sqrt(priorVariance), counted: false }
    }
    const { requests, nationalRequests, months } = hall.counted
    const chance = 1 / (requests + 0.5)
    const worth = chance / (chance + MODEL_SPREAD ** 2 + MONTH_SPREAD ** 2 / months)
    const priorShape = 1 / (Math.exp(priorVariance) - 1)
    const shape = priorShape + worth * requests
    const rate = priorShape / Math.exp(prior) + worth * nationalRequests
    return {
      insee: hall.insee,
      mean: Math.log(shape / rate),
      spread: Math.sqrt(Math.log1p(1 / shape)),
      counted: true,
    }
  })
}

/**
 * One draw of the levels. Halls with counts stand on their own; those without share what is left of the department,
 * whose own level is known better than the split: anyone may apply anywhere, so what one hall gains another loses.
 * @param noiseOf a standard normal number for each hall.
 * @param intensity local intensity drawn for this path, around 0.9.
 */
export function drawLevels(
  levels: readonly HallLevel[],
  intensity: number,
  departmentShare: number,
  noiseOf: (hall: number) => number,
): number[] {
  const drawn = levels.map((level, hall) =>
    Math.exp(level.mean + (level.counted ? level.spread : TOWN_SPREAD.value) * noiseOf(hall)),
  )
  const sumWhere = (counted: boolean) =>
    drawn.reduce((sum, level, i) => sum + (levels[i]?.counted === counted ? level : 0), 0)
  const uncounted = sumWhere(false)
  if (uncounted === 0) return drawn
  const priorUncounted = levels.reduce((sum, level) => sum + (level.counted ? 0 : Math.exp(level.mean)), 0)
  const left = Math.max(intensity * departmentShare - sumWhere(true), priorUncounted / 4)
  return drawn.map((level, i) => (levels[i]?.counted ? level : (level * left) / uncounted))
}

/** Which halls take requests in a quarter: a hall works from the quarter of its opening to that of its closing. */
export function openHalls(halls: readonly SharingHall[], quarter: Quarter): boolean[] {
  return halls.map(
    hall =>
      (hall.openedOn === undefined || quarterOf(hall.openedOn) <= quarter) &&
      (hall.closedOn === undefined || quarterOf(hall.closedOn) >= quarter),
  )
}

/** Levels in a quarter: those who apply at a closed hall go to the others, in proportion. The sum is kept. */
export function levelsAmong(levels: readonly number[], open: readonly boolean[]): number[] {
  const total = levels.reduce((sum, level) => sum + level, 0)
  const there = levels.reduce((sum, level, i) => sum + (open[i] ? level : 0), 0)
  return levels.map((level, i) => (open[i] && there > 0 ? (level * total) / there : 0))
}
