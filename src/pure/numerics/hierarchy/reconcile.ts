import {
  cholesky,
  type Matrix,
  multiply,
  solveCholesky,
  transpose,
  zeros,
} from '../optimisation/linear-algebra.ts'
import { aggregate, type Hierarchy } from './hierarchy.ts'
import { shrunkCovariance } from './shrinkage-covariance.ts'

/** Turns one horizon of base forecasts (totals first, then leaves) into coherent, non-negative ones. */
export type Reconciliation = (base: ArrayLike<number>) => Float64Array

/**
 * MinT-shrink (Wickramasuriya, Athanasopoulos and Hyndman 2019): the linear coherent forecast of least total
 * error variance, ỹ = ŷ − W C'(C W C')⁻¹ C ŷ with C = [I, −A] and W the shrunk covariance of the one-step errors
 * of each node. This form asks for one factor of the size of the totals only, and is computed once for all
 * horizons and paths. Where errors are degenerate it falls back on WLS-struct, W = number of leaves of each node, or their
 * sizes where `usual` gives them: a gap of hundreds is none of a hall of three requests.
 * Worked example: total 10, leaves 3 and 5, equal uncorrelated errors: the gap of 2 is shared by three nodes,
 * 28/3 = 11/3 + 17/3.
 */
export function minTrace(
  hierarchy: Hierarchy,
  errors: readonly ArrayLike<number>[],
  usual = structuralVariances(hierarchy),
): Reconciliation {
  const shrunk = shrunkCovariance(errors)
  const gain = shrunk && leafGain(hierarchy, shrunk.covariance)
  return applying(hierarchy, gain ?? leafGain(hierarchy, diagonalMatrix(usual))!)
}

/** Leaves under each node: the variances of WLS-struct (Athanasopoulos et al. 2017), up to a factor. */
function structuralVariances(hierarchy: Hierarchy): Float64Array {
  const sizes = hierarchy.totals.map(members => members.length)
  return Float64Array.from([...sizes, ...Array.from({ length: hierarchy.leaves }, () => 1)])
}

function applying(hierarchy: Hierarchy, gain: Matrix): Reconciliation {
  return base => {
    const leafValues = new Float64Array(gain.rows)
    for (let i = 0; i < gain.rows; i++) {
      let sum = 0
      const row = i * gain.columns
      for (let j = 0; j < gain.columns; j++) sum += gain.values[row + j]! * base[j]!
      leafValues[i] = Math.max(0, sum)
    }
    return aggregate(hierarchy, leafValues)
  }
}

/** The matrix G of ỹ = S G ŷ: leaves from all nodes. `undefined` where C W C' is singular. */
function leafGain(hierarchy: Hierarchy, covariance: Matrix): Matrix | undefined {
  const totals = hierarchy.totals.length
  const nodes = totals + hierarchy.leaves
  const constraint = zeros(totals, nodes)
  hierarchy.totals.forEach((members, total) => {
    constraint.values[total * nodes + total] = 1
    for (const leaf of members) constraint.values[total * nodes + totals + leaf] = -1
  })
  const crossed = multiply(constraint, covariance)
  const factor = cholesky(multiply(crossed, transpose(constraint)))
  if (!factor) return undefined
  const correction = multiply(transpose(crossed), solveCholesky(factor, constraint))
  const gain = zeros(hierarchy.leaves, nodes)
  for (let i = 0; i < hierarchy.leaves; i++)
    for (let j = 0; j < nodes; j++)
      gain.values[i * nodes + j] = (j === totals + i ? 1 : 0) - correction.values[(totals + i) * nodes + j]!
  return gain
}

function diagonalMatrix(diagonal: Float64Array): Matrix {
  const matrix = zeros(diagonal.length, diagonal.length)
  diagonal.forEach((value, i) => {
    matrix.values[i * diagonal.length + i] = value
  })
  return matrix
}
