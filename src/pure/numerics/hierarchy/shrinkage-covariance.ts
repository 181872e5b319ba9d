import { largest, smallest } from '../extremes.ts'
import { zeros } from '../optimisation/linear-algebra.ts'

/**
 * Covariance of forecast errors (one array per series, same periods, mean taken as zero) shrunk toward its
 * diagonal with the intensity of Schäfer and Strimmer (2005, "A shrinkage approach to large-scale covariance
 * matrix estimation"): λ = Σ Var(r_ij) ÷ Σ r_ij² over i ≠ j, held in [0, 1]. Unit: that of the errors, squared.
 * Worked example: errors (1, −1, 1, −1) and (1, −1, −1, 1) are uncorrelated: λ = 1 and the covariance is the
 * identity. A series that never errs is given a millionth of the greatest error: it stays where it is. `undefined` where
 * none errs, or too few periods are known.
 */
export function shrunkCovariance(errors: readonly ArrayLike<number>[]) {
  const n = errors.length
  const periods = smallest(errors.map(series => series.length))
  if (n === 0 || periods < 3) return undefined
  const sizes = errors.map(series => rootMeanSquare(series, periods))
  const least = 1e-6 * largest(sizes)
  if (!(least > 0)) return undefined
  const deviations = sizes.map(size => Math.max(least, size))
  const standard = errors.map((series, i) =>
    Float64Array.from({ length: periods }, (_, t) => series[series.length - periods + t]! / deviations[i]!),
  )
  const correlation = zeros(n, n)
  let spread = 0
  let strength = 0
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const left = standard[i]!
      const right = standard[j]!
      let sum = 0
      let squares = 0
      for (let t = 0; t < periods; t++) {
        const product = left[t]! * right[t]!
        sum += product
        squares += product * product
      }
      const r = sum / periods
      spread += (squares - periods * r * r) / (periods * (periods - 1))
      strength += r * r
      correlation.values[i * n + j] = r
    }
  const intensity = strength > 0 ? Math.min(1, Math.max(0, spread / strength)) : 1
  const covariance = zeros(n, n)
  for (let i = 0; i < n; i++) {
    covariance.values[i * n + i] = deviations[i]! ** 2
    for (let j = 0; j < i; j++) {
      const value = (1 - intensity) * correlation.values[i * n + j]! * deviations[i]! * deviations[j]!
      covariance.values[i * n + j] = value
      covariance.values[j * n + i] = value
    }
  }
  return { covariance, intensity }
}

/** Root mean square of the last `periods` values. */
export function rootMeanSquare(values: ArrayLike<number>, periods = values.length): number {
  let sum = 0
  for (let t = values.length - periods; t < values.length; t++) sum += values[t]! ** 2
  return Math.sqrt(sum / periods)
}
