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

test('the halls of departments without a list are spaced out where people are, the others keep theirs', () => {
  const commune = (code: string, department: string, population: number, km: number) => ({
    code,
    department,
    population,
    lat: 46 + km / 111.195,
    lon: 0,
  })
  const communes = [
    commune('listed', 'A', 100, 0),
    commune('city', 'B', 50, 0),
    // A quarter of the way to where a hall no longer serves: 30 count as 7.5.
    commune('suburb', 'B', 30, 3),
    commune('market', 'B', 20, 30),
    commune('hamlet', 'B', 1, 60),
  ]
  const assumed = (count: number) => assumedHalls(communes, new Set(['A']), count).map(({ insee }) => insee)
  expect(assumed(4)).toEqual(['city', 'market'])
  expect(assumed(6)).toEqual(['city', 'market', 'suburb'])
  expect(assumed(1_000).sort()).toEqual(['city', 'hamlet', 'market', 'suburb'])
})
