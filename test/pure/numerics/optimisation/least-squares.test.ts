import { expect, it } from 'vitest'
import { leastSquares } from '../../../../src/pure/numerics/optimisation/least-squares.ts'

it('finds (3, 9) on a curved valley', () => {
  const fit = leastSquares(
    ([x = 0, y = 0]) => [x - 3, 10 * (y - x * x)],
    [1, 1],
    [
      [0, 20],
      [0, 20],
    ],
    [1e-3, 1e-3],
  )
  expect(fit.point[0]).toBeCloseTo(3, 6)
  expect(fit.point[1]).toBeCloseTo(9, 6)
})

it('fits a line as the textbook does, and stays in its box', () => {
  const xs = [1, 2, 3, 4, 5]
  const ys = [2.1, 3.9, 6.2, 7.8, 10.1]
  const residuals = ([a = 0, b = 0]: readonly number[]) => xs.map((x, i) => a + b * x - ys[i]!)
  const free: [number, number] = [-100, 100]
  const fit = leastSquares(residuals, [0, 0], [free, free], [1e-3, 1e-3])
  expect(fit.point[1]).toBeCloseTo(1.99, 6)
  expect(fit.point[0]).toBeCloseTo(0.05, 6)
  expect(leastSquares(residuals, [0, 0], [free, [0, 1]], [1e-3, 1e-3]).point[1]).toBe(1)
})

it('leaves alone a parameter that moves nothing', () => {
  const fit = leastSquares(
    ([x = 0]) => [x - 3],
    [1, 7],
    [
      [0, 9],
      [0, 9],
    ],
    [1e-3, 1e-3],
  )
  expect(fit.point[0]).toBeCloseTo(3, 9)
  expect(fit.point[1]).toBe(7)
  expect(fit.jacobian[0]![1]).toBe(0)
})
