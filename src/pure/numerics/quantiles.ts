import { quantileSorted } from 'simple-statistics'
import { sum } from './sum.ts'

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

/** Mean of a sample of paths. */
export function average(sample: Float64Array): number {
  return sum(sample) / sample.length
}

/** The seven quantiles of a sample of paths. */
export function quantilesOf(sample: Float64Array): Quantiles {
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
