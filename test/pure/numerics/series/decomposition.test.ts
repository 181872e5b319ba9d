import { expect, test } from 'vitest'
import {
  centredMovingAverage,
  deseasonalise,
  seasonalIndices,
  shrunkenIndices,
} from '../../../../src/pure/numerics/series/decomposition.ts'
import { AIR_PASSENGERS, NILE } from './air-passengers.ts'

test('centred moving averages of the examples', () => {
  expect([...centredMovingAverage([1, 2, 3, 4, 5], 3)]).toEqual([Number.NaN, 2, 3, 4, Number.NaN])
  expect([...centredMovingAverage([1, 2, 3, 4, 5], 4)]).toEqual([
    Number.NaN,
    Number.NaN,
    3,
    Number.NaN,
    Number.NaN,
  ])
})

test('indices of the airline passengers: `decompose` of R 4.2.2', () => {
  const product = seasonalIndices(AIR_PASSENGERS, 12, 'multiplicative')
  const sum = seasonalIndices(AIR_PASSENGERS, 12, 'additive')
  expect(product[0]).toBeCloseTo(0.910230367372201, 12)
  expect(product[6]).toBeCloseTo(1.226555542931201, 12)
  expect(sum[0]).toBeCloseTo(-24.74873737373739, 10)
  expect(sum[10]).toBeCloseTo(-53.59343434343435, 10)
})

test('indices of the example', () => {
  expect([...seasonalIndices([1, 3, 1, 3, 1, 3], 2, 'multiplicative')]).toEqual([0.5, 1.5])
  expect([...seasonalIndices([1, 3, 1, 3, 1, 3], 2, 'additive')]).toEqual([-1, 1])
  expect([...deseasonalise([1, 3, 1, 3], Float64Array.of(0.5, 1.5), 'multiplicative')]).toEqual([2, 2, 2, 2])
})

test('indices that repeat keep everything, noise keeps little', () => {
  const repeated = Array.from({ length: 24 }, (_, t) => [8, 12, 9, 11][t % 4]!)
  expect([...shrunkenIndices(repeated, 4, 'multiplicative')]).toEqual([
    ...seasonalIndices(repeated, 4, 'multiplicative'),
  ])
  const spread = (indices: Float64Array) => indices.reduce((sum, index) => sum + (index - 1) ** 2, 0)
  expect(spread(shrunkenIndices(NILE, 12, 'multiplicative'))).toBeLessThan(
    0.6 * spread(seasonalIndices(NILE, 12, 'multiplicative')),
  )
})
