import type { Quarter } from '../../pure/calendar/period.ts'
import { truncatedNormal } from '../../pure/numerics/series/truncated-normal.ts'
import { ASSUMPTIONS } from './assumption.ts'

/** Requests of a year that an amount tells: between two counts, equal where it tells one, with the chance of each bracket. */
export interface ToldYear {
  year: number
  brackets: readonly { low: number; high: number; probability: number }[]
}

/** A town hall among which the requests of a department are shared: what it draws, from the model of catchments. */
export interface SharingHall {
  insee: string
  /** Inhabitants whose requests it receives while every listed hall is open. */
  people: number
  /** Standard deviation of the logarithm of `people`. */
  spread: number
  /** What it draws from each quarter on, as openings and closings move people, in parts of `people`; 0 while closed. */
  presence: readonly { from: Quarter; share: number }[]
  /** Requests counted there for one title in some months, each beside those of the nation; absent without local counts. */
  counted: { months: readonly { requests: number; nationalRequests: number }[]; years: number } | undefined
  /** What its grants tell of whole years, for both titles, beside the requests of the nation in the same years. */
  told?: readonly ToldAgo[] | undefined
}

/** What an amount tells of a year some years before those to come. */
interface ToldAgo extends Omit<ToldYear, 'year'> {
  nationalRequests: number
  years: number
}

/** What is believed of a hall: logarithm of its part of the national requests. */
export interface HallLevel {
  insee: string
  mean: number
  spread: number
  /** Whether local counts were used, or amounts that tell a count. */
  counted: boolean
  /** How far the level follows what each amount told, then what was counted, where the nation asked for more or less then. */
  follows: readonly number[]
}

/**
 * How far the part of a hall moves in a year, on the log scale: an assumption, below what is published (Nantes + 21 % from
 * 2022 to 2023, where the nation rose by a tenth at most).
 */
const YEAR_DRIFT = 0.08
/** Month-to-month noise of one hall's counts around its level, on the log scale, and the months that this is worth. */
const MONTH_NOISE = { spread: 0.25, months: 3 }

/**
 * Level of each hall as a part of the national requests: what it draws times the local intensity, as a prior, then what
 * its grants tell, and what was counted there; each weighs the inverse of its variance, on the log scale. How far a
 * part moves with the years does not shrink with a thousand requests.
 *
 * @example A prior of 0.02 ± 0.3 (log) and counts of 0.03 ± 0.1: ln level = ln 0.03 − ln 1.5 × 0.1² ÷ (0.3² + 0.1²), 0.0288.
 */
export function hallLevels(halls: readonly SharingHall[], nationalPopulation: number): HallLevel[] {
  const { value: intensity, spread: intensitySpread } = ASSUMPTIONS.localIntensity
  return halls.map(hall => {
    let level: Level = {
      mean: Math.log((intensity * Math.max(1, hall.people)) / nationalPopulation),
      variance: hall.spread ** 2 + intensitySpread ** 2,
    }
    const follows: number[] = []
    const learn = ({ level: learnt, weight }: Learnt) => {
      level = learnt
      follows.forEach((before, i) => {
        follows[i] = before * (1 - weight)
      })
      follows.push(weight)
    }
    for (const year of hall.told ?? []) learn(cutTo(level, year))
    const counts = hall.counted && countedLevel(hall.counted, level)
    if (counts !== undefined) learn(seen(level, counts))
    const known = follows.length > 0
    return {
      insee: hall.insee,
      mean: level.mean,
      // Without counts the intensity is drawn apart, for the department as a whole.
      spread: known ? Math.sqrt(level.variance) : hall.spread,
      counted: known,
      follows,
    }
  })
}

interface Level {
  mean: number
  variance: number
}

interface Learnt {
  level: Level
  /** How far the new level follows what was seen. */
  weight: number
}

function seen(level: Level, { mean, variance }: Level): Learnt {
  const weight = level.variance / (level.variance + variance)
  return {
    level: { mean: level.mean + weight * (mean - level.mean), variance: (1 - weight) * level.variance },
    weight,
  }
}

/**
 * A level once an amount is known: what the model expected of that year is cut to each bracket, and the level follows it
 * as far as the model tells the year (linear update of both moments). A bound that was expected anyway changes nothing.
 */
function cutTo(level: Level, { brackets, nationalRequests, years }: ToldAgo): Learnt {
  const total = level.variance + YEAR_DRIFT ** 2 * years
  const gain = level.variance / total
  let [weight, mean, square] = [0, 0, 0]
  for (const { low, high, probability } of brackets) {
    const logOf = (requests: number) => Math.log(requests / nationalRequests)
    const cut = truncatedNormal(level.mean, Math.sqrt(total), logOf(low), logOf(high))
    weight += probability
    mean += probability * cut.mean
    square += probability * (cut.variance + cut.mean ** 2)
  }
  if (!(weight > 0 && nationalRequests > 0)) return { level, weight: 0 }
  mean /= weight
  const variance = Math.max(0, square / weight - mean ** 2)
  return {
    level: {
      mean: level.mean + gain * (mean - level.mean),
      variance: Math.max(0, level.variance - gain ** 2 * (total - variance)),
    },
    weight: gain * Math.max(0, 1 - variance / total),
  }
}

/**
 * What counted months say of a level. Their own noise is learnt from how they differ from one another, beside what is
 * usual: `(3 × 0.25² + (n − 1) × s²) ÷ (n + 2)`, the noise of counting taken off s². A count far below what the model
 * expected says more than its square root: at none of 40,000 the likelihood has no width of its own, so that its information
 * is taken half-way, in logs, to that of the count expected.
 */
function countedLevel(
  { months, years }: NonNullable<SharingHall['counted']>,
  before: Level,
): Level | undefined {
  const sum = (of: (month: (typeof months)[number]) => number) =>
    months.reduce((total, month) => total + of(month), 0)
  const national = sum(month => month.nationalRequests)
  if (!(national > 0)) return undefined
  // Half a request more (Anscombe 1948): a hall that counted nothing at all is not a hall without counts.
  const requests = sum(month => month.requests) + 0.5
  const rate = requests / national
  const squares = sum(month => {
    const expected = Math.max(0.5, rate * month.nationalRequests)
    return Math.log((month.requests + 0.5) / expected) ** 2 - 1 / expected
  })
  const information = Math.max(requests, Math.sqrt(requests * Math.exp(before.mean) * national))
  const { spread, months: usual } = MONTH_NOISE
  const noise = (usual * spread ** 2 + Math.max(0, squares)) / (usual + months.length - 1)
  return {
    mean: Math.log(rate),
    variance: 1 / information + YEAR_DRIFT ** 2 * years + noise / months.length,
  }
}

/**
 * One draw of the levels. Halls with counts stand on their own; those without share what is left of what the department
 * receives, whose own level is known better than the split: anyone may apply anywhere, so what one hall gains another
 * loses.
 * @param noiseOf a standard normal number for each hall.
 * @param shiftOf what this path adds to the logarithm of a level that was counted, as the nation asked for less or more then.
 * @param received part of the nation's requests that the department receives on this path.
 */
export function drawLevels(
  levels: readonly HallLevel[],
  received: number,
  noiseOf: (hall: number) => number,
  shiftOf: (hall: number) => number = () => 0,
): number[] {
  const drawn = levels.map((level, hall) =>
    Math.exp(level.mean + shiftOf(hall) + level.spread * noiseOf(hall)),
  )
  const sumWhere = (counted: boolean) =>
    drawn.reduce((sum, level, i) => sum + (levels[i]?.counted === counted ? level : 0), 0)
  const uncounted = sumWhere(false)
  if (uncounted === 0) return drawn
  const priorUncounted = levels.reduce((sum, level) => sum + (level.counted ? 0 : Math.exp(level.mean)), 0)
  const left = Math.max(received - sumWhere(true), priorUncounted / 4)
  return drawn.map((level, i) => (levels[i]?.counted ? level : (level * left) / uncounted))
}

/** What each hall draws in a quarter, in parts of what it draws while all are open. */
export function presences(halls: readonly Pick<SharingHall, 'presence'>[], quarter: Quarter): number[] {
  return halls.map(({ presence }) => presence.findLast(({ from }) => from <= quarter)?.share ?? 1)
}

/** Levels in a quarter: who applied at a closed hall goes to its neighbours, by the weights of catchments. The sum is kept. */
export function levelsAmong(levels: readonly number[], presence: readonly number[]): number[] {
  const total = levels.reduce((sum, level) => sum + level, 0)
  const there = levels.reduce((sum, level, i) => sum + level * (presence[i] ?? 1), 0)
  return levels.map((level, i) => (there > 0 ? (level * (presence[i] ?? 1) * total) / there : 0))
}
