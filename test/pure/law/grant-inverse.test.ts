import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { grant } from '../../../src/pure/law/grant.ts'
import {
  fittingReading,
  grantCombinations,
  toldRequests,
  toldStations,
} from '../../../src/pure/law/grant-inverse.ts'

const amount = (
  year: number,
  stations: number,
  connectedStations: number,
  requests: number,
  reading: 'station' | 'commune',
) => {
  const found = grant(year, { stations, connectedStations, requests, reading })
  if ('reason' in found) throw new Error(found.reason)
  return found.total
}

describe('an amount read backwards', () => {
  test('18,185 € in 2024: one connected station and 3,000 requests first', () => {
    expect(amount(2024, 1, 1, 3_000, 'station')).toBe(18_185)
    const [first] = grantCombinations(2024, 18_185, 'station')
    expect(first).toMatchObject({ stations: 1, connected: 1, requests: 3_000, certifications: 0 })
    expect(first?.probability).toBeGreaterThan(0.5)
  })

  test('9,500 € in 2024: one connected station, below 1,876 requests, and nothing else', () => {
    expect(grantCombinations(2024, 9_500, 'station')).toEqual([
      { stations: 1, connected: 1, requests: 1_875, requestsFrom: 0, certifications: 0, probability: 1 },
    ])
  })

  test('Brest, 272,539 € in 2024: every pair that it gives earns it', () => {
    for (const reading of ['station', 'commune'] as const) {
      const all = grantCombinations(2024, 272_539, reading)
      expect(all.length).toBeGreaterThan(10)
      for (const { stations, connected, requests, certifications } of all) {
        const back = grant(2024, {
          stations,
          connectedStations: connected,
          requests,
          certifications,
          reading,
        })
        expect('total' in back && Math.abs(back.total - 272_539)).toBeLessThanOrEqual(0.51)
      }
      expect(all.reduce((sum, one) => sum + one.probability, 0)).toBeCloseTo(1, 9)
    }
  })

  test('2023 tells a bracket of the requests of 2022', () => {
    const [first] = grantCombinations(2023, 18_000, 'station')
    expect(first).toMatchObject({ stations: 1, connected: 1, requestsFrom: 2_501, requests: 3_999 })
  })

  test('an amount below one station, or of a year whose scale is unknown, tells nothing', () => {
    expect(grantCombinations(2024, 8_999, 'station')).toEqual([])
    expect(grantCombinations(2026, 18_185, 'station')).toEqual([])
  })
})

test('everything that the scales produce is inverted to a set that holds the truth', () => {
  const town = fc.record({
    year: fc.constantFrom(2018, 2021, 2023, 2024),
    stations: fc.integer({ min: 1, max: 60 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
    requests: fc.oneof(fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: 0, max: 12_000 })),
    reading: fc.constantFrom('station' as const, 'commune' as const),
    rounded: fc.boolean(),
  })
  fc.assert(
    fc.property(town, ({ year, stations, part, requests, reading, rounded }) => {
      const connected = year < 2023 ? 0 : Math.round(part * stations)
      const exact = amount(year, stations, connected, requests, reading)
      const found = grantCombinations(year, rounded ? Math.round(exact) : exact, reading)
      const truth = found.filter(
        one =>
          one.stations === stations &&
          one.connected === connected &&
          one.requestsFrom <= requests &&
          requests <= one.requests,
      )
      expect(truth).toHaveLength(1)
      expect(found.every(one => one.probability >= 0)).toBe(true)
    }),
    { numRuns: 300, seed: 23 },
  )
})

test('the reading that explains a department is found', () => {
  const towns = [
    [1, 1, 3_000],
    [2, 2, 4_600],
    [2, 2, 3_100],
    [3, 3, 7_100],
    [4, 4, 15_111],
  ] as const
  for (const reading of ['station', 'commune'] as const) {
    const amounts = towns.map(([stations, connected, requests]) => ({
      euros: amount(2024, stations, connected, requests, reading),
      expected: requests * 1.1,
    }))
    expect(fittingReading(2024, amounts).reading).toBe(reading)
  }
})

test('what is told of requests and stations', () => {
  const told = toldRequests(grantCombinations(2024, 18_185, 'station', 2_900))
  expect(told?.requests).toBeGreaterThan(2_700)
  expect(told?.requests).toBeLessThan(3_200)
  // Between 625 and 1,875 on the log scale.
  const below = toldRequests(grantCombinations(2024, 9_500, 'station'))
  expect(below?.requests).toBeCloseTo(Math.sqrt(625 * 1_875), 6)
  expect(below?.spread).toBeCloseTo(Math.log(3) / Math.sqrt(12), 9)
  expect(toldRequests([])).toBeUndefined()
  expect(toldStations(grantCombinations(2024, 9_500, 'station'))).toEqual([{ stations: 1, probability: 1 }])
})
