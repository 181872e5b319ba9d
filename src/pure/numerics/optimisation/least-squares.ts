import { cholesky, matrixOf, multiply, solveCholesky, transpose } from './linear-algebra.ts'

const MOST_ITERATIONS = 100
const TOLERANCE = 1e-10

/**
 * Non-linear least squares in a box by damped Gauss–Newton steps (Levenberg 1944, Marquardt 1963), derivatives by
 * central differences. Made for a handful of parameters and a model that costs little.
 *
 * Example: residuals (x − 3, 10(y − x²)) from (1, 1) inside [0, 20]² end at (3, 9).
 *
 * @param residuals model − observation, one per observation.
 * @param steps how far to move each parameter when taking a derivative: its own scale × about 1e-3.
 * @returns where the fit stopped; `jacobian[i][j]` is how residual `i` moves per unit of parameter `j`.
 */
export function leastSquares(
  residuals: (point: readonly number[]) => number[],
  start: readonly number[],
  bounds: readonly (readonly [low: number, high: number])[],
  steps: readonly number[],
) {
  const inBox = (point: readonly number[]) =>
    point.map((x, j) => Math.min(bounds[j]![1], Math.max(bounds[j]![0], x)))
  const cost = (point: readonly number[]) => residuals(point).reduce((sum, r) => sum + r * r, 0)
  let point = inBox(start)
  let value = cost(point)
  let damping = 1e-3
  let iteration = 0
  for (; iteration < MOST_ITERATIONS; iteration++) {
    const jacobian = derivatives(residuals, point, bounds, steps)
    const now = residuals(point)
    let moved = false
    for (let tries = 0; tries < 12 && !moved; tries++) {
      const step = stepOf(jacobian, now, damping)
      const next = inBox(point.map((x, j) => x - (step?.[j] ?? 0)))
      const trial = cost(next)
      if (trial < value) {
        moved = value - trial > TOLERANCE * (1 + value)
        point = next
        value = trial
        damping = Math.max(damping / 10, 1e-12)
        break
      }
      damping *= 10
    }
    if (!moved) break
  }
  return {
    point,
    sumOfSquares: value,
    jacobian: derivatives(residuals, point, bounds, steps),
    iterations: iteration,
  }
}

function derivatives(
  residuals: (point: readonly number[]) => number[],
  point: readonly number[],
  bounds: readonly (readonly [number, number])[],
  steps: readonly number[],
): number[][] {
  const columns = point.map((x, j) => {
    const high = Math.min(bounds[j]![1], x + steps[j]!)
    const low = Math.max(bounds[j]![0], x - steps[j]!)
    const above = residuals(point.with(j, high))
    const below = residuals(point.with(j, low))
    return above.map((r, i) => (r - below[i]!) / (high - low))
  })
  return (columns[0] ?? []).map((_, i) => columns.map(column => column[i]!))
}

/** Solution of (JᵀJ + damping · diag(JᵀJ)) step = Jᵀr; a parameter that moves nothing stays where it is. */
function stepOf(jacobian: number[][], residual: number[], damping: number): Float64Array | undefined {
  const j = matrixOf(jacobian)
  const squares = multiply(transpose(j), j)
  for (let a = 0; a < squares.rows; a++) {
    const diagonal = squares.values[a * squares.rows + a]!
    squares.values[a * squares.rows + a] = diagonal > 0 ? diagonal * (1 + damping) : 1
  }
  const factor = cholesky(squares)
  return factor && solveCholesky(factor, multiply(transpose(j), matrixOf(residual.map(r => [r])))).values
}
