import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byWait, type LatestWait, ratioSteps, type TownHall } from '../../src/places/town-hall.ts'
import { twoFigures } from '../../src/pure/french/french.ts'

const hall = (insee: string, withoutAppointment = false): TownHall => ({
  insee,
  name: insee,
  department: '16',
  population: undefined,
  stations: undefined,
  lat: undefined,
  lon: undefined,
  openedOn: undefined,
  closedOn: undefined,
  status: 'confirmed',
  withoutAppointment,
  source: { publisher: '', document: '', locator: '' },
})
const wait = (days: number): LatestWait => ({
  days,
  status: 'observed',
  period: '2026-Q3',
  until: '2026-09-30',
  publisher: 'Mairie',
  publishedOn: '2026-10-01',
})

test('halls without appointment come first, then the shortest waits, the unpublished ones last', () => {
  const ranked = byWait(
    [hall('16015'), hall('16028'), hall('16070', true), hall('16102')],
    new Map([
      ['16015', wait(60)],
      ['16102', wait(12)],
    ]),
  )
  expect(ranked.map(row => row.hall.insee)).toEqual(['16070', '16102', '16015', '16028'])
})

test('an estimate keeps two figures that count', () => {
  expect([12_958, 8_812, 947, 7, 0].map(twoFigures)).toEqual([13_000, 8_800, 950, 7, 0])
})

test('the limits of the map part the span in equal ratios, and always rise', () => {
  expect(ratioSteps([2_700, 5_300, 8_800])).toEqual([3_600, 4_900, 6_500])
  fc.assert(
    fc.property(fc.array(fc.nat(100_000), { minLength: 1, maxLength: 30 }), counts => {
      const [first, second, third] = ratioSteps(counts)
      expect(first < second && second < third).toBe(true)
    }),
  )
})
