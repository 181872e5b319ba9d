import { groupBy } from '../../figures/group-by.ts'

/**
 * Which leaves each total adds up. Node i < `totals.length` is a total, the following nodes are the leaves in
 * the order given: the order of rows in S of Hyndman and Athanasopoulos (2021), ch. 11.
 */
export interface Hierarchy {
  leaves: number
  /** For each total, the leaves that it adds up; at least two and never twice the same set. */
  totals: readonly Int32Array[]
}

/**
 * The hierarchy, nested or grouped, of leaves under several groupings. A total over one leaf, or over the same
 * leaves as another, carries no constraint of its own and would make the covariance singular: it becomes a twin.
 */
export function hierarchyOf<Leaf>(
  leaves: readonly Leaf[],
  groupings: readonly ((leaf: Leaf) => string)[],
): Hierarchy {
  const distinct = new Map<string, Int32Array>()
  for (const grouping of groupings) {
    const members = groupBy(
      leaves.map((leaf, index) => ({ index, name: grouping(leaf) })),
      one => one.name,
    )
    for (const group of members.values()) {
      const indices = group.map(one => one.index)
      if (indices.length > 1 && !distinct.has(indices.join()))
        distinct.set(indices.join(), Int32Array.from(indices))
    }
  }
  return { leaves: leaves.length, totals: [...distinct.values()] }
}

/** All nodes, totals first, from the leaves: S b. */
export function aggregate(hierarchy: Hierarchy, leafValues: ArrayLike<number>): Float64Array {
  const offset = hierarchy.totals.length
  const nodes = new Float64Array(offset + hierarchy.leaves)
  for (let i = 0; i < hierarchy.leaves; i++) nodes[offset + i] = leafValues[i]!
  hierarchy.totals.forEach((members, total) => {
    let sum = 0
    for (const leaf of members) sum += leafValues[leaf]!
    nodes[total] = sum
  })
  return nodes
}
