/**
 * Scale of the scaled errors (Hyndman & Koehler 2006): mean |y_t − y_{t−m}| of the training series. Falls back to
 * one-step differences when the season leaves none, and to NaN when the series never moves.
 */
export function naiveScale(training: ArrayLike<number>, period: number): number {
  for (const lag of [period, 1]) {
    let sum = 0
    let count = 0
    for (let t = lag; t < training.length; t++) {
      const move = Math.abs(training[t]! - training[t - lag]!)
      if (Number.isNaN(move)) continue
      sum += move
      count++
    }
    if (sum > 0) return sum / count
  }
  return Number.NaN
}
