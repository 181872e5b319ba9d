import { aggregate, type Hierarchy, hierarchyOf } from '../../../src/pure/numerics/hierarchy/hierarchy.ts'
import { structuralVariances } from '../../../src/pure/numerics/hierarchy/reconcile.ts'
import { conjugateGradients } from './conjugate-gradients.ts'

/** A place where one kind of title is asked for: the leaf of the house's hierarchy. */
export interface TownTitle {
  town: string
  department: string
  title: string
}

/** Town × title, town, department × title, department, title, nation: the totals that the pages show. */
export function nationHierarchy(leaves: readonly TownTitle[]): Hierarchy {
  return hierarchyOf(leaves, [
    () => 'nation',
    leaf => `title ${leaf.title}`,
    leaf => `${leaf.department}`,
    leaf => `${leaf.department} title ${leaf.title}`,
    leaf => `${leaf.department}/${leaf.town}`,
  ])
}

/** The largest distance between a total and the sum of its leaves, in the unit of the values. */
export function coherenceGap(hierarchy: Hierarchy, nodes: ArrayLike<number>): number {
  const offset = hierarchy.totals.length
  return hierarchy.totals.reduce((worst, members, total) => {
    let sum = 0
    for (const leaf of members) sum += nodes[offset + leaf]!
    return Math.max(worst, Math.abs(sum - nodes[total]!))
  }, 0)
}

/**
 * Weighted least squares for a nation: minimises Σ (ŷ − S b)² ÷ variance by conjugate gradients on S'W⁻¹S, never
 * writing the matrix. A variance that is zero or not finite is replaced by the number of leaves of its node times
 * the median variance per leaf, so that a silent series cannot freeze its neighbours.
 */
export function weightedLeastSquares(
  hierarchy: Hierarchy,
  variances: ArrayLike<number> = structuralVariances(hierarchy),
): (base: ArrayLike<number>) => Float64Array {
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
  return base => {
    const weighted = Float64Array.from(precision, (value, i) => value * base[i]!)
    const right = new Float64Array(hierarchy.leaves)
    spreadToLeaves(weighted, right)
    const start = Float64Array.from({ length: hierarchy.leaves }, (_, i) => base[offset + i]!)
    const { solution } = conjugateGradients(normal, diagonal, right, { start, tolerance: 1e-10 })
    return aggregate(
      hierarchy,
      solution.map(value => Math.max(0, value)),
    )
  }
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
