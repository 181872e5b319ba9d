import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aggregate, hierarchyOf } from '../../../../src/pure/numerics/hierarchy/hierarchy.ts'
import { coherenceGap, nationHierarchy } from './nation.ts'

const leaves = ['16/Angoulême', '16/Cognac', '17/Saintes']
  .flatMap(place => ['cni', 'passport'].map(title => ({ place, title })))
  .map(({ place, title }) => {
    const [department, town] = place.split('/') as [string, string]
    return { department, town, title }
  })

it('builds the totals of a nation and leaves out those that repeat another', () => {
  // Saintes is alone in its department, and its department has but one hall.
  expect(nationHierarchy(leaves).totals.map(members => [...members])).toEqual([
    [0, 1, 2, 3, 4, 5],
    [0, 2, 4],
    [1, 3, 5],
    [0, 1, 2, 3],
    [4, 5],
    [0, 2],
    [1, 3],
    [0, 1],
    [2, 3],
  ])
})

it('adds leaves up', () => {
  const hierarchy = hierarchyOf(['a', 'b'], [() => 'all'])
  expect([...aggregate(hierarchy, [2, 3])]).toEqual([5, 2, 3])
  expect(coherenceGap(hierarchy, [6, 2, 3])).toBe(1)
})

it('is coherent whatever the leaves', () => {
  const hierarchy = nationHierarchy(leaves)
  const values = fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { minLength: 6, maxLength: 6 })
  fc.assert(fc.property(values, each => coherenceGap(hierarchy, aggregate(hierarchy, each)) <= 1e-6))
})
