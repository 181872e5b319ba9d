/** What an iterative solution reached: the vector, its iterations and its residual relative to the right side. */
export interface IterativeSolution {
  solution: Float64Array
  iterations: number
  relativeResidual: number
}

/**
 * Solves A x = b for a symmetric positive definite A known only by its action on a vector: conjugate gradients
 * (Hestenes and Stiefel 1952) preconditioned by the diagonal of A (Jacobi).
 * Worked example: [[4, 1], [1, 3]] x = [1, 2] gives [1/11, 7/11] in at most two iterations.
 */
export function conjugateGradients(
  apply: (vector: Float64Array, result: Float64Array) => void,
  diagonal: Float64Array,
  right: Float64Array,
  { tolerance = 1e-12, maxIterations = 500, start }: ConjugateGradientOptions = {},
): IterativeSolution {
  const n = right.length
  const x = start ? Float64Array.from(start) : new Float64Array(n)
  const image = new Float64Array(n)
  const residual = new Float64Array(n)
  apply(x, image)
  for (let i = 0; i < n; i++) residual[i] = right[i]! - image[i]!
  const scaled = new Float64Array(n)
  const direction = new Float64Array(n)
  const rightNorm = Math.sqrt(dot(right, right)) || 1
  let descent = 0
  for (let i = 0; i < n; i++) {
    scaled[i] = residual[i]! / diagonal[i]!
    direction[i] = scaled[i]!
    descent += residual[i]! * scaled[i]!
  }
  let iterations = 0
  let norm = Math.sqrt(dot(residual, residual))
  while (norm > tolerance * rightNorm && iterations < maxIterations) {
    apply(direction, image)
    const step = descent / dot(direction, image)
    let next = 0
    for (let i = 0; i < n; i++) {
      x[i] = x[i]! + step * direction[i]!
      residual[i] = residual[i]! - step * image[i]!
      scaled[i] = residual[i]! / diagonal[i]!
      next += residual[i]! * scaled[i]!
    }
    const memory = next / descent
    for (let i = 0; i < n; i++) direction[i] = scaled[i]! + memory * direction[i]!
    descent = next
    norm = Math.sqrt(dot(residual, residual))
    iterations++
  }
  return { solution: x, iterations, relativeResidual: norm / rightNorm }
}

/** When to stop, and where to begin: by default from zero, to 1e-12 of the right side, at most 500 iterations. */
export interface ConjugateGradientOptions {
  tolerance?: number
  maxIterations?: number
  start?: Float64Array
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0
  for (let i = 0; i < left.length; i++) sum += left[i]! * right[i]!
  return sum
}
