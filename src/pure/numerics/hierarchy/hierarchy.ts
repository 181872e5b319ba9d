/**
 * Which leaves each total adds up. Node i < `totals.length` is a total, the following nodes are the leaves in
 * the order given: the order of rows in S of Hyndman and Athanasopoulos (2021), ch. 11.
 */
export interface Hierarchy {
  names: readonly string[]
  leaves: number
  /** For each total, the leaves that it adds up; at least two and never twice the same set. */
  totals: readonly Int32Array[]
  /** Names whose leaves are those of another node (an only child, or one department in a nation), with that node. */
  twins: ReadonlyMap<string, number>
}

/** A way to add leaves up: the name of the total to which a leaf belongs. */
export type Grouping<Leaf> = (leaf: Leaf) => string

/**
 * The hierarchy, nested or grouped, of leaves under several groupings. A total over one leaf, or over the same
 * leaves as another, carries no constraint of its own and would make the covariance singular: it becomes a twin.
 */
export function hierarchyOf<Leaf>(
  leaves: readonly Leaf[],
  leafName: (leaf: Leaf) => string,
  groupings: readonly Grouping<Leaf>[],
): Hierarchy {
  const members = new Map<string, number[]>()
  for (const grouping of groupings)
    leaves.forEach((leaf, index) => {
      const name = grouping(leaf)
      const known = members.get(name)
      if (known) known.push(index)
      else members.set(name, [index])
    })
  const distinct = new Map<string, string>()
  const totals: [string, Int32Array][] = []
  const twinOf: [string, string | number][] = []
  for (const [name, indices] of members) {
    const key = indices.join(',')
    const first = distinct.get(key)
    if (indices.length === 1) twinOf.push([name, indices[0]!])
    else if (first !== undefined) twinOf.push([name, first])
    else {
      distinct.set(key, name)
      totals.push([name, Int32Array.from(indices)])
    }
  }
  const position = new Map(totals.map(([name], index) => [name, index]))
  return {
    names: [...totals.map(([name]) => name), ...leaves.map(leafName)],
    leaves: leaves.length,
    totals: totals.map(([, indices]) => indices),
    twins: new Map(
      twinOf.map(([name, twin]) => [
        name,
        typeof twin === 'number' ? totals.length + twin : position.get(twin)!,
      ]),
    ),
  }
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
