import { conjugateGradients } from '../optimisation/conjugate-gradients.ts'
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
export interface Reconciliation {
  method: 'mint-shrink' | 'wls-struct' | 'wls'
  /** Shrinkage intensity of the covariance, where one was estimated. */
  intensity?: number
  reconcile: (base: ArrayLike<number>) => Float64Array
}

/**
 * MinT-shrink (Wickramasuriya, Athanasopoulos and Hyndman 2019): the linear coherent forecast of least total
 * error variance, ỹ = ŷ − W C'(C W C')⁻¹ C ŷ with C = [I, −A] and W the shrunk covariance of the one-step errors
 * of each node. This form asks for one factor of the size of the totals only, and is computed once for all
 * horizons and paths. Where errors are degenerate it falls back on WLS-struct, W = number of leaves of each node.
 * Worked example: total 10, leaves 3 and 5, equal uncorrelated errors: the gap of 2 is shared by three nodes,
 * 28/3 = 11/3 + 17/3.
 */
export function minTrace(hierarchy: Hierarchy, errors: readonly ArrayLike<number>[]): Reconciliation {
  const shrunk = shrunkCovariance(errors)
  const gain = shrunk && leafGain(hierarchy, shrunk.covariance)
  if (gain)
    return { method: 'mint-shrink', intensity: shrunk.intensity, reconcile: applying(hierarchy, gain) }
  const structural = leafGain(hierarchy, diagonalMatrix(structuralVariances(hierarchy)))!
  return { method: 'wls-struct', reconcile: applying(hierarchy, structural) }
}

/**
 * Weighted least squares for a nation: minimises Σ (ŷ − S b)² ÷ variance by conjugate gradients on S'W⁻¹S, never
 * writing the matrix. A variance that is zero or not finite is replaced by the number of leaves of its node times
 * the median variance per leaf, so that a silent series cannot freeze its neighbours.
 */
export function weightedLeastSquares(
  hierarchy: Hierarchy,
  variances: ArrayLike<number> = structuralVariances(hierarchy),
): Reconciliation {
  const offset = hierarchy.totals.length
  const precision = Float64Array.from(usableVariances(hierarchy, variances), variance => 1 / variance)
  // One flat list of leaves and one buffer: the inner loop runs over a hundred thousand entries per iteration.
  const members = Int32Array.from(hierarchy.totals.flatMap(total => [...total]))
  const ends = new Int32Array(offset)
  hierarchy.totals.forEach((total, i) => {
    ends[i] = (i > 0 ? ends[i - 1]! : 0) + total.length
  })
  const spreadToLeaves = (nodes: Float64Array, result: Float64Array) => {
    for (let leaf = 0; leaf < hierarchy.leaves; leaf++) result[leaf] = nodes[offset + leaf]!
    for (let total = 0, k = 0; total < offset; total++) {
      const value = nodes[total]!
      for (; k < ends[total]!; k++) result[members[k]!] = result[members[k]!]! + value
    }
  }
  const nodes = new Float64Array(offset + hierarchy.leaves)
  const normal = (leafValues: Float64Array, result: Float64Array) => {
    for (let leaf = 0; leaf < hierarchy.leaves; leaf++)
      nodes[offset + leaf] = leafValues[leaf]! * precision[offset + leaf]!
    for (let total = 0, k = 0; total < offset; total++) {
      let sum = 0
      for (; k < ends[total]!; k++) sum += leafValues[members[k]!]!
      nodes[total] = sum * precision[total]!
    }
    spreadToLeaves(nodes, result)
  }
  const diagonal = new Float64Array(hierarchy.leaves)
  spreadToLeaves(precision, diagonal)
  return {
    method: 'wls',
    reconcile: base => {
      const weighted = Float64Array.from(precision, (value, i) => value * base[i]!)
      const right = new Float64Array(hierarchy.leaves)
      spreadToLeaves(weighted, right)
      const start = Float64Array.from({ length: hierarchy.leaves }, (_, i) => base[offset + i]!)
      const { solution } = conjugateGradients(normal, diagonal, right, { start, tolerance: 1e-10 })
      return nonNegative(hierarchy, solution)
    },
  }
}

/** Leaves under each node: the variances of WLS-struct (Athanasopoulos et al. 2017), up to a factor. */
export function structuralVariances(hierarchy: Hierarchy): Float64Array {
  const sizes = hierarchy.totals.map(members => members.length)
  return Float64Array.from([...sizes, ...Array.from({ length: hierarchy.leaves }, () => 1)])
}

function usableVariances(hierarchy: Hierarchy, variances: ArrayLike<number>): Float64Array {
  const sizes = structuralVariances(hierarchy)
  const perLeaf = Array.from(sizes, (size, i) => variances[i]! / size)
    .filter(value => Number.isFinite(value) && value > 0)
    .sort((a, b) => a - b)
  const median = perLeaf[Math.floor(perLeaf.length / 2)] ?? 1
  return Float64Array.from(sizes, (size, i) => {
    const variance = variances[i]!
    return Number.isFinite(variance) && variance > 0 ? Math.max(variance, 1e-8 * median) : size * median
  })
}

function nonNegative(hierarchy: Hierarchy, leafValues: Float64Array): Float64Array {
  return aggregate(
    hierarchy,
    leafValues.map(value => Math.max(0, value)),
  )
}

function applying(hierarchy: Hierarchy, gain: Matrix): Reconciliation['reconcile'] {
  return base => {
    const leafValues = new Float64Array(gain.rows)
    for (let i = 0; i < gain.rows; i++) {
      let sum = 0
      const row = i * gain.columns
      for (let j = 0; j < gain.columns; j++) sum += gain.values[row + j]! * base[j]!
      leafValues[i] = sum
    }
    return nonNegative(hierarchy, leafValues)
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
