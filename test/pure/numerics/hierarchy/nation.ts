import { type Hierarchy, hierarchyOf } from '../../../../src/pure/numerics/hierarchy/hierarchy.ts'

/** Town × title, town, department × title, department, title, nation. */
export function nationHierarchy(leaves: readonly { town: string; department: string; title: string }[]) {
  return hierarchyOf(leaves, [
    () => 'nation',
    leaf => `title ${leaf.title}`,
    leaf => leaf.department,
    leaf => `${leaf.department} title ${leaf.title}`,
    leaf => `${leaf.department}/${leaf.town}`,
  ])
}

/** The largest distance between a total and the sum of its leaves, in the unit of the values. */
export function coherenceGap({ totals }: Hierarchy, nodes: ArrayLike<number>): number {
  const gaps = totals.map((members, total) => {
    const sum = members.reduce((all, leaf) => all + nodes[totals.length + leaf]!, 0)
    return Math.abs(sum - nodes[total]!)
  })
  return Math.max(0, ...gaps)
}
