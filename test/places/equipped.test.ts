import { expect, test } from 'vitest'
import { assumedHalls, attractions } from '../../src/places/equipped.ts'

const hall = (insee: string, population: number | undefined, stations: number | undefined) => ({
  insee,
  department: 'A',
  population,
  stations,
  lat: 46,
  lon: 0,
})

test('a station is worth the inhabitants that a station has where both are known', () => {
  const sites = attractions([hall('a', 12_000, 2), hall('b', 3_000, undefined), hall('c', 1_000, 1)])
  // 13,000 inhabitants for 3 stations.
  expect(sites.map(site => Math.round(site.attraction))).toEqual([8667, 3000, 4333])
})

test('the halls of departments without a list are the largest communes, the others keep theirs', () => {
  const commune = (code: string, department: string, population: number) => ({
    code,
    department,
    population,
    lat: 46,
    lon: 0,
  })
  const communes = [
    commune('1', 'A', 10),
    commune('2', 'B', 30),
    commune('3', 'A', 40),
    commune('4', 'B', 20),
  ]
  expect(assumedHalls(communes, new Set(['A']), 3).map(({ insee }) => insee)).toEqual(['2', '4'])
})
