/** A function to minimise: its value at `point`, its gradient written into `gradient`. */
export type Differentiable = (point: Float64Array, gradient: Float64Array) => number

const MEMORY = 6
const ARMIJO = 1e-4

/** Where a minimisation stopped. */
export type Minimum = { point: Float64Array; value: number; iterations: number }

/**
 * Unconstrained minimum by limited-memory BFGS with backtracking (Nocedal & Wright 2006, algorithm 7.4, 3.1).
 * Infinite values are allowed: the line search walks back out of them.
 *
 * Example: (x − 3)² + 10(y + 1)² from (0, 0) ends at (3, −1).
 */
export function minimise(
  f: Differentiable,
  start: ArrayLike<number>,
  { iterations = 60, tolerance = 1e-7 }: { iterations?: number; tolerance?: number } = {},
): Minimum {
  const size = start.length
  let point = Float64Array.from(start)
  let gradient = new Float64Array(size)
  let trial = new Float64Array(size)
  let trialGradient = new Float64Array(size)
  const direction = new Float64Array(size)
  const steps: Float64Array[] = []
  const turns: Float64Array[] = []
  const curvatures: number[] = []
  const weights = new Float64Array(MEMORY)
  let value = f(point, gradient)
  let iteration = 0
  let flat = 0
  for (; iteration < iterations && Number.isFinite(value); iteration++) {
    for (let i = 0; i < size; i++) direction[i] = -gradient[i]!
    for (let k = steps.length - 1; k >= 0; k--) {
      weights[k] = dot(steps[k]!, direction) / curvatures[k]!
      shift(direction, turns[k]!, -weights[k]!)
    }
    const last = steps.length - 1
    const stretch =
      last >= 0
        ? curvatures[last]! / dot(turns[last]!, turns[last]!)
        : 1 / Math.max(1, Math.sqrt(dot(gradient, gradient)))
    for (let i = 0; i < size; i++) direction[i]! *= stretch
    for (let k = 0; k <= last; k++)
      shift(direction, steps[k]!, weights[k]! - dot(turns[k]!, direction) / curvatures[k]!)
    let slope = dot(gradient, direction)
    if (!(slope < 0)) {
      for (let i = 0; i < size; i++) direction[i] = -gradient[i]!
      slope = -dot(gradient, gradient)
      steps.length = turns.length = curvatures.length = 0
    }
    if (slope > -1e-14) break
    let length = 1
    let next = Number.POSITIVE_INFINITY
    for (let tries = 0; tries < 20; tries++) {
      for (let i = 0; i < size; i++) trial[i] = point[i]! + length * direction[i]!
      next = f(trial, trialGradient)
      if (next <= value + ARMIJO * length * slope) break
      // The parabola through both values and the slope; a tenth at least, a half at most (Nocedal & Wright, 3.5).
      const parabola = Number.isFinite(next) ? (-slope * length) / (2 * ((next - value) / length - slope)) : 0
      length *= Math.min(0.5, Math.max(0.1, parabola))
      next = Number.POSITIVE_INFINITY
    }
    if (!(next < value)) break
    const recycled = steps.length === MEMORY
    const step = recycled ? steps.shift()! : new Float64Array(size)
    const turn = recycled ? turns.shift()! : new Float64Array(size)
    if (recycled) curvatures.shift()
    for (let i = 0; i < size; i++) {
      step[i] = trial[i]! - point[i]!
      turn[i] = trialGradient[i]! - gradient[i]!
    }
    const curvature = dot(step, turn)
    if (curvature > 1e-12 * dot(turn, turn)) {
      steps.push(step)
      turns.push(turn)
      curvatures.push(curvature)
    }
    flat = value - next <= tolerance * (Math.abs(value) + tolerance) ? flat + 1 : 0
    ;[point, trial] = [trial, point]
    ;[gradient, trialGradient] = [trialGradient, gradient]
    value = next
    if (flat >= 2) break
  }
  return { point, value, iterations: iteration }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

function shift(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i]! += factor * b[i]!
}
