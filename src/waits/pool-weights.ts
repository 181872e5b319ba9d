import { type Quarter, quarterOf } from '../pure/calendar/period.ts'
import { average } from '../pure/numerics/quantiles.ts'
import type { LevelSighting } from '../pure/numerics/series/momentum-reversion.ts'
import { factKind, factMonth, isFirstSlot, type WaitFact } from './wait-fact.ts'
import { modelPaths, POOLED, type PoolWeights, poolWeights, type WaitPast } from './wait-pool.ts'

const HALF_LIFE = 8
/** Quarters of the mean weights that a place's own record is added to. */
const PRIOR_QUARTERS = 4
const PATHS = 40
const LONGEST_QUARTERS = 8
/** Rolling origins looked at: the last ones, older ones weigh little. */
const MOST_ORIGINS = 8
const SEED = 8

/** Quarters of which a place published a value of the mean wait, in order. */
export function ownQuarters(facts: readonly WaitFact[], place: string): Quarter[] {
  const own = facts.filter(fact => fact.place === place && factKind(fact) === 'value')
  const means = own.filter(fact => !isFirstSlot(fact) && fact.granularity !== 'year')
  return [...new Set(means.map(fact => quarterOf(factMonth(fact))))].sort()
}

/**
 * Weights of the three models learned from the past of a place, from eight quarters of its own on: by the inverse square of
 * the discounted CRPS (Gneiting and Raftery 2007) of what each would have said, horizon by horizon, with a half-life of
 * eight quarters, and four quarters of the usual weights. Where what came lay further off than the spread of the pool tells,
 * the pool is stretched by the root mean square of those errors, in the same proportion; it is never narrowed.
 *
 * @returns `undefined` when the place has too few quarters.
 */
export function learnedWeights(
  past: WaitPast,
  quarters: readonly Quarter[],
  growth: readonly Float64Array[],
): ((quartersAhead: number) => PoolWeights) | undefined {
  if (quarters.length < HALF_LIFE) return undefined
  const values = past.sightings.filter(one => one.kind === 'value').sort((a, b) => a.step - b.step)
  const none = { count: 0, square: 0, last: 0, queue: 0, reversion: 0 }
  const scores = Array.from({ length: LONGEST_QUARTERS }, () => ({ ...none }))
  const origins = [...new Set(values.map(one => one.step))].slice(2, -1).slice(-MOST_ORIGINS)
  for (const origin of origins) {
    const known = values.filter(one => one.step <= origin)
    const start = known.at(-1)!.value
    const { paths, demand } = modelPaths({
      past: { ...past, sightings: known, steps: origin + 1, smoothed: interpolated(known, origin + 1) },
      starts: new Float64Array(PATHS).fill(start),
      months: Math.min(3 * LONGEST_QUARTERS, past.steps - 1 - origin),
      growth: growth.map(future => future.subarray(origin + 1)),
      seed: SEED + origin,
    })
    for (const later of values) {
      const lead = later.step - origin
      const horizon = Math.ceil(lead / 3) - 1
      if (lead < 1 || horizon >= LONGEST_QUARTERS) continue
      const weight = 0.5 ** ((past.steps - 1 - later.step) / 3 / HALF_LIFE)
      const score = scores[horizon]!
      score.count += weight
      const usual = poolWeights(lead / 3)
      let [mean, spread] = [0, 0]
      for (const model of POOLED) {
        const sample = Float64Array.from(
          paths[model],
          (path, p) => path[lead - 1]! + (model === 'queue' ? demand[p]![lead - 1]! : 0),
        )
        score[model] += weight * crps(sample, later.value)
        const centre = average(sample)
        mean += usual[model] * centre
        spread += usual[model] * Math.sqrt(average(sample.map(value => (value - centre) ** 2)))
      }
      score.square += (weight * (later.value - mean) ** 2) / (spread ** 2 + 2 * later.error ** 2)
    }
  }
  return quartersAhead => {
    const usual = poolWeights(quartersAhead)
    const score = scores[Math.min(LONGEST_QUARTERS, Math.max(1, Math.ceil(quartersAhead))) - 1]!
    if (score.count === 0) return usual
    const inverse = POOLED.map(model => (score[model] / score.count) ** -2)
    const all = inverse.reduce((sum, one) => sum + one, 0)
    // Targets h quarters away overlap: of n quarters only n ÷ h episodes are apart.
    const own = Math.min(score.count, quarters.length / Math.max(1, quartersAhead))
    const joined = (seen: number, before: number) =>
      (own * seen + PRIOR_QUARTERS * before) / (own + PRIOR_QUARTERS)
    const [last, queue, reversion] = POOLED.map((model, i) => joined(inverse[i]! / all, usual[model]))
    return {
      last: last!,
      queue: queue!,
      reversion: reversion!,
      stretch: Math.sqrt(Math.max(1, joined(score.square / score.count, 1))),
    }
  }
}

/** Continuous ranked probability score of a sample: mean |x − y| less half the mean |x − x′|; 0 is a perfect forecast. */
export function crps(sample: Float64Array, fact: number): number {
  const sorted = sample.slice().sort()
  const n = sorted.length
  let distance = 0
  let between = 0
  for (let i = 0; i < n; i++) {
    distance += Math.abs(sorted[i]! - fact) / n
    between += ((2 * i - n + 1) * sorted[i]!) / (n * n)
  }
  return distance - between
}

/** Straight lines between the values known, and the first and last ones beyond: the past as it looked at an origin. */
function interpolated(values: readonly LevelSighting[], steps: number): Float64Array {
  const line = new Float64Array(steps)
  for (let step = 0; step < steps; step++) {
    const before = values.findLast(one => one.step <= step) ?? values[0]!
    const after = values.find(one => one.step >= step) ?? values.at(-1)!
    const span = after.step - before.step
    line[step] =
      span > 0 ? before.value + ((after.value - before.value) * (step - before.step)) / span : before.value
  }
  return line
}
