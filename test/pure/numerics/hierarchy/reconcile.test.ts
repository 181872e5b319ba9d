import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aggregate, type Hierarchy, hierarchyOf } from '../../../../src/pure/numerics/hierarchy/hierarchy.ts'
import { minTrace } from '../../../../src/pure/numerics/hierarchy/reconcile.ts'
import { shrunkCovariance } from '../../../../src/pure/numerics/hierarchy/shrinkage-covariance.ts'
import {
  cholesky,
  type Matrix,
  multiply,
  solveCholesky,
  transpose,
  zeros,
} from '../../../../src/pure/numerics/optimisation/linear-algebra.ts'
import { normal, seededRandom } from '../../../../src/pure/numerics/series/random.ts'
import { coherenceGap, nationHierarchy } from './nation.ts'

const pair = hierarchyOf(['a', 'b'], [() => 'all'])

const grid = nationHierarchy(
  ['16', '17'].flatMap(department =>
    ['north', 'south', 'east'].flatMap(town =>
      ['cni', 'passport'].map(title => ({ department, town, title })),
    ),
  ),
)

/** Forecasts that miss coherence by a tenth, far from zero so that nothing is clipped. */
function incoherent(phase: number): Float64Array {
  const leaves = Float64Array.from({ length: grid.leaves }, (_, i) => 100 + 5 * i)
  return aggregate(grid, leaves).map((value, i) => value * (1 + 0.1 * Math.sin(phase * i)))
}

function randomErrors(hierarchy: Hierarchy, periods: number, seed: number): Float64Array[] {
  const random = seededRandom(seed)
  const rows = Array.from({ length: periods }, () => {
    const shared = normal(random)
    return aggregate(
      hierarchy,
      Float64Array.from({ length: hierarchy.leaves }, () => 3 * normal(random) + shared),
    )
  })
  const nodes = hierarchy.totals.length + hierarchy.leaves
  return Array.from({ length: nodes }, (_, node) =>
    Float64Array.from(rows, row => row[node]! * 1.1 + normal(random)),
  )
}

/** S (S'W⁻¹S)⁻¹ S'W⁻¹ ŷ, computed as it is written. */
function generalisedLeastSquares(hierarchy: Hierarchy, covariance: Matrix, base: Float64Array): Float64Array {
  const offset = hierarchy.totals.length
  const summing = zeros(offset + hierarchy.leaves, hierarchy.leaves)
  const set = (row: number, leaf: number) => {
    summing.values[row * hierarchy.leaves + leaf] = 1
  }
  hierarchy.totals.forEach((members, row) => {
    for (const leaf of members) set(row, leaf)
  })
  for (let leaf = 0; leaf < hierarchy.leaves; leaf++) set(offset + leaf, leaf)
  const weighted = transpose(solveCholesky(cholesky(covariance)!, summing))
  const column = { rows: base.length, columns: 1, values: base }
  const solved = solveCholesky(cholesky(multiply(weighted, summing))!, multiply(weighted, column))
  return multiply(summing, solved).values
}

describe('minTrace', () => {
  it('shares a gap of two between three equal nodes, as in the worked example', () => {
    // Errors orthogonal two by two: the shrunk covariance is the identity.
    const reconcile = minTrace(pair, [
      [1, 1, 1, 1],
      [1, -1, 1, -1],
      [1, -1, -1, 1],
    ])
    const [total, a, b] = reconcile([10, 3, 5])
    expect(total).toBeCloseTo(28 / 3, 12)
    expect(a).toBeCloseTo(11 / 3, 12)
    expect(b).toBeCloseTo(17 / 3, 12)
  })

  it('equals generalised least squares written out', () => {
    const errors = randomErrors(grid, 40, 7)
    const { covariance, intensity } = shrunkCovariance(errors)!
    expect(intensity).toBeGreaterThan(0)
    expect(intensity).toBeLessThan(1)
    const base = incoherent(13)
    const expected = generalisedLeastSquares(grid, covariance, base)
    minTrace(
      grid,
      errors,
    )(base).forEach((value, node) => {
      expect(Math.abs(value - expected[node]!) / expected[node]!).toBeLessThan(1e-9)
    })
  })

  it('leaves coherent forecasts as they are', () => {
    const base = aggregate(
      grid,
      Float64Array.from({ length: grid.leaves }, (_, i) => 10 + i),
    )
    minTrace(
      grid,
      randomErrors(grid, 30, 3),
    )(base).forEach((value, node) => {
      expect(value).toBeCloseTo(base[node]!, 8)
    })
  })

  it('falls back on the number of leaves where nothing errs', () => {
    const reconcile = minTrace(pair, [
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ])
    // Variances 2, 1, 1: the gap of 2 goes for half to the total, a quarter to each leaf.
    const [total, a, b] = reconcile([10, 3, 5])
    expect(total).toBeCloseTo(9, 12)
    expect(a).toBeCloseTo(3.5, 12)
    expect(b).toBeCloseTo(5.5, 12)
  })

  it('moves neither a hall that never errs nor, without errors, one of three requests by the gap of a city', () => {
    const steady = minTrace(pair, [
      [9, -8, 7, 9],
      [0, 0, 0, 0],
      [8, 9, -7, 9],
    ])
    expect(steady([1_500, 0, 1_000])[1]).toBeLessThan(1e-6)
    const reconcile = minTrace(pair, [[], [], []], Float64Array.of(1_504, 4, 1_001))
    expect(reconcile([1_500, 3, 1_000])[1]).toBeLessThan(4)
  })

  it('is coherent and never negative, whatever the base forecasts', () => {
    const reconcile = minTrace(grid, randomErrors(grid, 30, 11))
    const nodes = grid.totals.length + grid.leaves
    const base = fc.array(fc.double({ min: -50, max: 1e6, noNaN: true }), {
      minLength: nodes,
      maxLength: nodes,
    })
    fc.assert(
      fc.property(base, values => {
        const coherent = reconcile(values)
        expect(coherenceGap(grid, coherent)).toBeLessThanOrEqual(1e-6)
        expect(coherent.every(value => value >= 0 && Number.isFinite(value))).toBe(true)
      }),
    )
  })
})
