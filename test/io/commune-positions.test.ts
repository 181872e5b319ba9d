import { expect, test } from 'vitest'
import { officialPlaces } from '../../src/io/official-geography.ts'

const communes = (await officialPlaces()).filter(place => place.kind === 'commune' && !place.mergedInto)
const byCode = new Map(communes.map(place => [place.code, place]))
const positionOf = (code: string) => byCode.get(code)?.position

test('every inhabited commune has a position, four fifths of the people at their own place', () => {
  expect(communes.filter(place => place.position === undefined && (place.population ?? 0) > 0)).toEqual([])
  const people = (of: typeof communes) => of.reduce((sum, place) => sum + (place.population ?? 0), 0)
  const own = communes.filter(({ position }) => position?.origin === 'place')
  expect(people(own) / people(communes)).toBeGreaterThan(0.79)
})

test('Cognac is where it is, a village of its postal code where Cognac is', () => {
  expect(positionOf('16102')).toMatchObject({ origin: 'place', lat: 45.69581, lon: -0.32867 })
  expect(positionOf('16060')?.origin).toBe('postal-code')
})

test('Paris, Lyon and Marseille are known by arrondissement, and overseas each by its own places', () => {
  for (const [code, whole] of [
    ['75115', '75056'],
    ['69383', '69123'],
    ['13208', '13055'],
  ] as const) {
    expect(byCode.get(code)).toMatchObject({ partOf: whole, position: { origin: 'arrondissement' } })
  }
  for (const code of ['97411', '97502', '97701', '97801', '98735', '98818'])
    expect(positionOf(code)?.origin).toBe('place')
  expect(positionOf('97801')?.lat).toBeCloseTo(18.1, 1)
})
