import { expect, test } from 'vitest'
import { officialPlaces } from '../../src/io/official-geography.ts'

const places = await officialPlaces()
const byCode = new Map(places.map(place => [place.code, place]))

test('Charente is what the geographic code of 2026 says: 359 communes, 352,683 inhabitants', () => {
  expect(places.filter(place => place.parent === '16' && place.mergedInto === undefined)).toHaveLength(359)
  expect(byCode.get('16')).toMatchObject({ name: 'Charente', kind: 'department', population: 352_683 })
})

test('a merged commune names its successor', () => {
  expect(byCode.get('16344')?.mergedInto).toBe('16281')
  expect(byCode.get('16140')?.mergedInto).toBe('16206')
  expect(byCode.get('16281')?.mergedInto).toBeUndefined()
})

test('codes are unique and every parent and successor exists', () => {
  expect(byCode.size).toBe(places.length)
  for (const { parent, mergedInto } of places) {
    expect(parent === undefined || byCode.has(parent)).toBe(true)
    expect(mergedInto === undefined || byCode.has(mergedInto)).toBe(true)
  }
})
