import { expect, test } from 'vitest'
import { minimise } from '../../../../src/pure/numerics/optimisation/optimise.ts'

test('a bowl is walked to its bottom', () => {
  const { point } = minimise(
    (x, gradient) => {
      gradient[0] = 2 * (x[0]! - 3)
      gradient[1] = 20 * (x[1]! + 1)
      return (x[0]! - 3) ** 2 + 10 * (x[1]! + 1) ** 2
    },
    [0, 0],
    { tolerance: 1e-14 },
  )
  expect(point[0]).toBeCloseTo(3, 6)
  expect(point[1]).toBeCloseTo(-1, 6)
})

test("Rosenbrock's valley from (−1.2, 1) ends at (1, 1)", () => {
  const { point } = minimise(
    (x, gradient) => {
      const [a, b] = [x[0]!, x[1]!]
      gradient[0] = -400 * a * (b - a * a) - 2 * (1 - a)
      gradient[1] = 200 * (b - a * a)
      return 100 * (b - a * a) ** 2 + (1 - a) ** 2
    },
    [-1.2, 1],
    { iterations: 200, tolerance: 1e-14 },
  )
  expect(point[0]).toBeCloseTo(1, 5)
  expect(point[1]).toBeCloseTo(1, 5)
})

test('an infinite wall is walked back from', () => {
  const { point } = minimise(
    (x, gradient) => {
      gradient[0] = 1 - 1 / x[0]!
      return x[0]! > 0 ? x[0]! - Math.log(x[0]!) : Number.POSITIVE_INFINITY
    },
    [5],
    { tolerance: 1e-14 },
  )
  expect(point[0]).toBeCloseTo(1, 6)
})
