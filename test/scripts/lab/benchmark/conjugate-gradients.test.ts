import { expect, it } from 'vitest'
import { conjugateGradients } from '../../../../scripts/lab/benchmark/conjugate-gradients.ts'

it('solves the worked example in at most two iterations', () => {
  const { solution, iterations } = conjugateGradients(
    ([x, y], result) => {
      result[0] = 4 * x! + y!
      result[1] = x! + 3 * y!
    },
    Float64Array.of(4, 3),
    Float64Array.of(1, 2),
  )
  expect(solution[0]).toBeCloseTo(1 / 11, 12)
  expect(solution[1]).toBeCloseTo(7 / 11, 12)
  expect(iterations).toBeLessThanOrEqual(2)
})

it('leaves an exact start untouched', () => {
  const start = Float64Array.of(3, -1)
  const { solution, iterations } = conjugateGradients(
    (vector, result) => result.set(vector),
    Float64Array.of(1, 1),
    Float64Array.of(3, -1),
    { start },
  )
  expect([...solution]).toEqual([3, -1])
  expect(iterations).toBe(0)
})

it('says how far it is from a solution when it may not go on', () => {
  const { relativeResidual, iterations } = conjugateGradients(
    (vector, result) =>
      vector.forEach((value, i) => {
        result[i] = (i + 1) ** 3 * value
      }),
    new Float64Array(30).fill(1),
    new Float64Array(30).fill(1),
    { maxIterations: 2 },
  )
  expect(iterations).toBe(2)
  expect(relativeResidual).toBeGreaterThan(1e-6)
})
