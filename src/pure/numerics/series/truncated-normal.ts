import { cumulativeStdNormalProbability } from 'simple-statistics'

/** Mass below which only the nearer bound is told: the ratio of two tails is noise there. */
const LEAST_MASS = 1e-6

/**
 * Mean and variance of a normal number known to lie between two bounds, either of which may be infinite (Johnson, Kotz and
 * Balakrishnan 1994, 13.10.1).
 *
 * @example A standard normal number known to be positive: √(2/π) = 0.7979, and 1 − 2/π = 0.3634.
 */
export function truncatedNormal(
  mean: number,
  spread: number,
  low: number,
  high: number,
): { mean: number; variance: number } {
  const within = (value: number): number => Math.min(high, Math.max(low, value))
  const [a, b] = [(low - mean) / spread, (high - mean) / spread]
  const mass = below(b) - below(a)
  if (!(mass > LEAST_MASS)) {
    return { mean: within(mean), variance: 0 }
  }
  const shift = (density(a) - density(b)) / mass
  const curve = (timesDensity(a) - timesDensity(b)) / mass
  return {
    // Between two bounds that are close, the ratio of two small masses is noise.
    mean: within(mean + spread * shift),
    variance: Math.max(0, spread ** 2 * (1 + curve - shift ** 2)),
  }
}

function density(z: number): number {
  return Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI)
}

function timesDensity(z: number): number {
  return Number.isFinite(z) ? z * density(z) : 0
}

function below(z: number): number {
  return Number.isFinite(z) ? cumulativeStdNormalProbability(z) : z > 0 ? 1 : 0
}
