import { expect, it } from 'vitest'
import {
  bootstrapPaths,
  innovationWeights,
  pathQuantiles,
} from '../../../../scripts/lab/backtest/regional-forecast.ts'
import { aggregate, hierarchyOf } from '../../../../src/pure/numerics/hierarchy/hierarchy.ts'
import { minTrace } from '../../../../src/pure/numerics/hierarchy/reconcile.ts'
import { seededRandom } from '../../../../src/pure/numerics/series/random.ts'

const errors = [
  [1, -2, 3, -2],
  [10, -20, 30, -20],
]

it('takes the errors of all series from the same past period', () => {
  const paths = bootstrapPaths({
    means: [
      [100, 100],
      [1000, 1000],
    ],
    errors,
    paths: 50,
    random: seededRandom(1),
  })
  for (const path of paths)
    for (const nodes of path) expect(nodes[1]! - 1000).toBeCloseTo(10 * (nodes[0]! - 100), 9)
})

it('gives the same paths from the same seed', () => {
  const draw = () =>
    bootstrapPaths({ means: [[5, 6]], errors: [[1, -1, 2, -2]], paths: 3, random: seededRandom(9) })
  expect(draw()).toEqual(draw())
})

it('makes running sums of a spread that grows as √h, as in the worked example', () => {
  expect(
    [...innovationWeights([2, 2 * Math.SQRT2, 2 * Math.sqrt(3)], 3)].map(w => Math.round(w * 1e9) / 1e9),
  ).toEqual([1, 1, 1])
  expect([...innovationWeights(undefined, 3)]).toEqual([1, 0, 0])
})

it('reaches the spread that was asked for', () => {
  const random = seededRandom(3)
  const spread = [1, 1.5, 2]
  const paths = bootstrapPaths({
    means: [[1000, 1000, 1000]],
    errors: [[3, -3, 1, -1]],
    spread: [spread],
    paths: 20_000,
    random,
  })
  spread.forEach((ratio, h) => {
    const deviation = Math.sqrt(
      paths.reduce((sum, path) => sum + (path[h]![0]! - 1000) ** 2, 0) / paths.length,
    )
    expect(deviation).toBeGreaterThan(0.97 * ratio * Math.sqrt(5))
    expect(deviation).toBeLessThan(1.03 * ratio * Math.sqrt(5))
  })
})

it('reconciles every path', () => {
  const hierarchy = hierarchyOf(['a', 'b'], [() => 'all'])
  const reconcile = minTrace(hierarchy, [[], [], []])
  const paths = bootstrapPaths({
    means: [[4], [1], [2]],
    errors: [
      [1, -1, 3, -3],
      [2, -2, 1, -1],
      [0, 0, 5, -5],
    ],
    paths: 40,
    random: seededRandom(2),
    reconcile,
  })
  for (const [nodes] of paths) {
    expect(Math.abs(nodes![0]! - nodes![1]! - nodes![2]!)).toBeLessThanOrEqual(1e-6)
    expect(nodes!.every(value => value >= 0)).toBe(true)
    expect([...aggregate(hierarchy, nodes!.slice(1))]).toEqual([...nodes!])
  }
})

it('reads quantiles off the paths', () => {
  const paths = Array.from({ length: 101 }, (_, value) => [Float64Array.of(value, 2 * value)])
  const [low, middle, high] = pathQuantiles(paths, [0.1, 0.5, 0.9])
  expect([low![0]![0], middle![0]![0], high![1]![0]]).toEqual([10, 50, 180])
})
