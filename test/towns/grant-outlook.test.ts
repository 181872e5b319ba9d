import { expect, it } from 'vitest'
import { grantOutlook, grantWords } from '../../src/towns/grant-outlook.ts'

/** A hundred futures of one hall, from 1,010 to 5,000 requests a year. */
const futures = Array.from({ length: 100 }, (_, p) => 1_010 + (p * 3_990) / 99)
const outlook = (stations: number | undefined, year: number) => {
  const found = grantOutlook(futures, { stations }, year)
  if (!('requests' in found)) throw new Error(found.reason)
  return found
}

it('gives the chances of each level, which add up to one, for the requests of the year before', () => {
  const found = outlook(1, 2024)
  expect(found).toMatchObject({ requestsYear: 2023, scaleYear: 2024, reason: undefined })
  expect(found.levels.map(level => level.from)).toEqual([0, 1_876, 2_501, 4_000])
  expect(found.levels.reduce((sum, level) => sum + level.probability, 0)).toBeCloseTo(1, 12)
  expect(found.levels.map(level => Math.round(100 * level.probability))).toEqual([22, 15, 38, 25])
  expect(found.levels[0]?.euros).toBe(0)
})

it('steps are per station: two stations need twice the requests', () => {
  expect(outlook(2, 2024).levels.map(level => level.from)).toEqual([0, 3_752, 5_002, 8_000])
})

it('stations that nobody published are taken as one, and a scale that nobody published as the last known', () => {
  const found = outlook(undefined, 2027)
  expect(found.stations).toEqual({ count: 1, known: false, deduced: false })
  expect(found).toMatchObject({ scaleYear: 2024, requestsYear: 2026 })
  expect(found.reason).toContain('2027')
})

it('answers the mayor: chances to keep the variable part, and the nearest step', () => {
  expect(grantWords(outlook(1, 2024)).replace(/\s/g, ' ')).toBe(
    '8 chances sur 10 de toucher la part variable en 2024 : il faut 1 876 demandes en 2023. Le seuil le plus proche, 2 501 demandes, est environ 500 en dessous du nombre attendu.',
  )
})

it('a hall that is not projected has no grant, with the reason', () => {
  expect(grantOutlook(undefined, { stations: 1 }, 2024)).toEqual({
    reason: 'Cette mairie n’est pas dans la projection de la demande.',
  })
})
