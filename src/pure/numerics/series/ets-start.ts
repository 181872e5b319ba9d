import { seasonalIndices } from './decomposition.ts'
import type { EtsForm } from './ets-model.ts'
import { fillGaps } from './gaps.ts'

/** States before the first value; `middle` is the level to start from without a slope, `spread` an ordinary move. */
export type Start = { level: number; slope: number; middle: number; season: Float64Array; spread: number }

const LINE_VALUES = 10
const LEAST_FACTOR = 0.01

/**
 * States to start from (Hyndman, Koehler, Ord & Snyder 2008, 2.6.1): the season by classical decomposition, level and
 * slope from the line through the first ten deseasonalised values, or through the first two years of months.
 *
 * Example: 11, 12, 13, … starts from level 10 and slope 1.
 */
export function startingStates(values: Float64Array, period: number, season: EtsForm['season']): Start {
  const n = values.length
  const filled = fillGaps(values, season === 'N' ? 1 : period)
  const product = season === 'M'
  const indices =
    season === 'N'
      ? new Float64Array(Math.max(1, period))
      : seasonalIndices(filled, period, product ? 'multiplicative' : 'additive')
  // A factor of zero would forbid every model that multiplies.
  if (product) for (let j = 0; j < period; j++) indices[j] = Math.max(indices[j]!, LEAST_FACTOR)
  const m = indices.length
  const count = Math.min(n, season === 'N' ? LINE_VALUES : Math.max(LINE_VALUES, Math.min(2 * m, 24)))
  const centre = (count + 1) / 2
  let middle = 0
  let moment = 0
  let square = 0
  for (let t = 0; t < count; t++) {
    const value = product ? filled[t]! / indices[t % m]! : filled[t]! - indices[t % m]!
    middle += value / count
    moment += (t + 1 - centre) * value
    square += (t + 1 - centre) ** 2
  }
  let spread = 0
  for (let t = 1; t < n; t++) spread += Math.abs(filled[t]! - filled[t - 1]!) / n
  const slope = square > 0 ? moment / square : 0
  return { level: middle - slope * centre, slope, middle, season: indices, spread: Math.max(spread, 1e-6) }
}
