/** A forecast whose intervals are still to come: `spread` is the size of an ordinary error at each step. */
export type Uncalibrated = { mean: readonly number[]; spread: readonly number[] }

/** A forecast made in the past, or as if in the past, with what then happened (NaN where it is not known). */
export type PastForecast = Uncalibrated & { actual: readonly number[] }

/** Absolute errors per step ahead, in units of the spread, ascending. */
export type Calibration = readonly (readonly number[])[]

/** Bounds that should hold the truth with probability `level`, step by step. */
export type Interval = { level: number; lower: number[]; upper: number[] }

/**
 * Absolute errors of the ensemble over its spread at the probabilities 1/80, 3/80 … 79/80, measured by holding out
 * the end of about 950 training series (economy, industry, tourism; steps 1–8 of quarters, 1–18 of months). They
 * stand in for a calibration until there are past forecasts, and count as forty errors beside them.
 */
const USUAL_ERRORS: readonly number[] = [
  0.02, 0.05, 0.09, 0.12, 0.15, 0.19, 0.22, 0.26, 0.29, 0.33, 0.36, 0.4, 0.44, 0.48, 0.52, 0.56, 0.61, 0.65,
  0.69, 0.73, 0.78, 0.82, 0.87, 0.93, 0.99, 1.06, 1.12, 1.18, 1.26, 1.34, 1.43, 1.53, 1.64, 1.77, 1.93, 2.1,
  2.33, 2.6, 3.08, 4.32,
]

/**
 * Calibration by split conformal prediction, pooled over series and normalised (Papadopoulos, Proedrou, Vovk &
 * Gammerman 2002; Lei et al. 2018): past absolute errors divided by their forecast's spread. Each step borrows
 * those of its two neighbours, because a tail needs many. The usual errors are added once per step, so that one
 * series alone has sane intervals and a hundred series speak for themselves.
 *
 * Example: with no past forecast every step holds the usual errors.
 */
export function calibrate(past: readonly PastForecast[], horizon: number): Calibration {
  const own = Array.from({ length: horizon }, (_, h) =>
    past.flatMap(({ actual, mean, spread }) => {
      const error = Math.abs(actual[h]! - mean[h]!)
      if (!Number.isFinite(error)) return []
      if (spread[h]! > 0) return [error / spread[h]!]
      return error === 0 ? [0] : []
    }),
  )
  return own.map((_, h) =>
    [...USUAL_ERRORS, ...own.slice(Math.max(0, h - 1), h + 2).flat()].sort((a, b) => a - b),
  )
}

/**
 * Interval whose half-width at each step is the conformal quantile of the calibration, rank ⌈(n + 1) level⌉, times
 * the spread. Steps beyond the calibration use its last.
 *
 * Example: errors 1, 2, 3, 4 with level .8 take rank 4: mean 10 and spread 2 give 2 to 18.
 */
export function interval(forecast: Uncalibrated, calibration: Calibration, level: number): Interval {
  const half = forecast.spread.map((spread, h) => {
    const errors = calibration[Math.min(h, calibration.length - 1)] ?? USUAL_ERRORS
    const rank = Math.min(errors.length, Math.ceil((errors.length + 1) * level))
    return spread * errors[rank - 1]!
  })
  return {
    level,
    lower: forecast.mean.map((value, h) => value - half[h]!),
    upper: forecast.mean.map((value, h) => value + half[h]!),
  }
}
