import { expect, test } from 'vitest'
import {
  drawMomentum,
  learnMomentum,
  momentumPath,
  monthly,
} from '../../../../src/pure/numerics/series/momentum-reversion.ts'
import { normal, seededRandom } from '../../../../src/pure/numerics/series/random.ts'

test('three months of the monthly process are one quarter of the quarterly one', () => {
  for (const [rho, theta] of [
    [0.85, 0.45],
    [0.95, 0.1],
    [0.6, 0.8],
  ] as const) {
    const { first, second } = monthly(rho, theta, 1)
    // Roots to the third power: trace and determinant of the cubed companion matrix.
    const trace = first ** 3 + 3 * first * second
    expect(trace).toBeCloseTo(rho + theta, 9)
    expect(-(second ** 3) * -1).toBeCloseTo(-theta, 9)
  }
  expect(monthly(0.85, 0.45, 0.4)).toEqual({
    first: expect.closeTo(1.745, 3),
    second: expect.closeTo(-0.766, 3),
    noise: expect.closeTo(0.132, 3),
  })
})

test('a service that has drifted for ten years is not called back to the usual level', () => {
  const sightings = Array.from({ length: 40 }, (_, q) => ({
    step: 3 * q,
    value: Math.log(5) + 0.06 * q,
    error: 0.05,
    kind: 'value' as const,
  }))
  const cells = learnMomentum(sightings, 118)
  const level = cells.reduce((sum, cell) => sum + cell.weight * cell.mean[2], 0)
  const rho = cells.reduce((sum, cell) => sum + cell.weight * cell.rho, 0)
  expect(Math.exp(level)).toBeGreaterThan(22)
  const random = seededRandom(1)
  const draws = Array.from({ length: 300 }, () => {
    const start = drawMomentum(cells, Math.log(5) + 0.06 * 39, random(), () => normal(random))
    const shocks = Array.from({ length: 12 }, () => normal(random))
    return momentumPath(start, shocks, new Float64Array(12))[11]!
  }).sort((a, b) => a - b)
  // A year later it is nearer to where it stands than to the usual twenty days.
  expect(draws[150]).toBeGreaterThan((Math.log(5) + 0.06 * 39 + Math.log(20)) / 2)
  expect(rho).toBeGreaterThan(0.85)
})

test('weights sum to one, and a path starts where the last value is', () => {
  const cells = learnMomentum([{ step: 0, value: 3, error: 0.1, kind: 'value' }], 1)
  expect(cells.reduce((sum, cell) => sum + cell.weight, 0)).toBeCloseTo(1, 12)
  const random = seededRandom(2)
  const start = drawMomentum(cells, 3.2, random(), () => normal(random))
  expect(start.level + start.deviation).toBeCloseTo(3.2, 12)
})
