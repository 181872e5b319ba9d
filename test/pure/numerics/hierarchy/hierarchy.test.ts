import fc from 'fast-check'
import { expect, it } from 'vitest'
import { coherenceGap, nationHierarchy } from '../../../../scripts/lab/benchmark/nation-hierarchy.ts'
import { aggregate, hierarchyOf } from '../../../../src/pure/numerics/hierarchy/hierarchy.ts'

const leaves = ['16/Angoulême', '16/Cognac', '17/Saintes']
  .flatMap(place => ['cni', 'passport'].map(title => ({ place, title })))
  .map(({ place, title }) => {
    const [department, town] = place.split('/') as [string, string]
    return { department, town, title }
  })

it('builds the totals of a nation and makes twins of those that repeat another', () => {
  const hierarchy = nationHierarchy(leaves)
  expect(hierarchy.names.slice(0, hierarchy.totals.length)).toEqual([
    'nation',
    'title cni',
    'title passport',
    '16',
    '17',
    '16 title cni',
    '16 title passport',
    '16/Angoulême',
    '16/Cognac',
  ])
  expect(hierarchy.names[hierarchy.twins.get('17/Saintes')!]).toBe('17')
  expect(hierarchy.names[hierarchy.twins.get('17 title cni')!]).toBe('17/Saintes/cni')
})

it('adds leaves up', () => {
  const hierarchy = hierarchyOf(['a', 'b'], name => name, [() => 'all'])
  expect([...aggregate(hierarchy, [2, 3])]).toEqual([5, 2, 3])
  expect(coherenceGap(hierarchy, [6, 2, 3])).toBe(1)
})

it('is coherent whatever the leaves', () => {
  const hierarchy = nationHierarchy(leaves)
  const values = fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { minLength: 6, maxLength: 6 })
  fc.assert(fc.property(values, each => coherenceGap(hierarchy, aggregate(hierarchy, each)) <= 1e-6))
})
