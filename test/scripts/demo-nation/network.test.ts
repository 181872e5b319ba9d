import { expect, test } from 'vitest'
import { demoNetwork } from '../../../scripts/demo-nation/network.ts'
import type { KnownPlace } from '../../../src/places/place-queries.ts'

const place = (code: string, kind: KnownPlace['kind'], parent: string, population: number): KnownPlace => ({
  code,
  kind,
  name: code,
  parent,
  population,
  mergedInto: undefined,
  position: 'place',
})

test('equips four communes of a small department, and shares each department among its halls', () => {
  const places = [
    place('01', 'department', 'FR', 1_000),
    place('02', 'department', 'FR', 90_000),
    ...Array.from({ length: 6 }, (_, i) => place(`A${i}`, 'commune', '01', 100 + i)),
    ...Array.from({ length: 30 }, (_, i) => place(`B${i}`, 'commune', '02', 3_000)),
    { ...place('gone', 'commune', '02', 99_000), mergedInto: 'B1' },
  ]
  const network = demoNetwork(places, 20)
  expect(network).toHaveLength(20)
  expect(network.filter(hall => hall.department === '01').map(hall => hall.insee)).toEqual([
    'A2',
    'A3',
    'A4',
    'A5',
  ])
  const served = network
    .filter(hall => hall.department === '02')
    .reduce((sum, hall) => sum + hall.inhabitants, 0)
  expect(served).toBeCloseTo(90_000, 6)
})
