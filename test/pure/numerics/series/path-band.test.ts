import { expect, it } from 'vitest'
import { pathBand } from '../../../../src/pure/numerics/series/path-band.ts'

it('gives quantiles and the share of the paths above a limit', () => {
  const band = pathBand(
    Array.from({ length: 1_001 }, (_, i) => (i * 8) % 1_001),
    900,
  )
  expect(band).toEqual({
    low95: 25,
    low90: 50,
    low80: 100,
    low50: 250,
    median: 500,
    high50: 750,
    high80: 900,
    high90: 950,
    high95: 975,
    probabilityOver: 100 / 1_001,
  })
})

it('says nothing of what is beyond the calendar, but counts it as late', () => {
  const band = pathBand([1, 2, Number.POSITIVE_INFINITY], 30)
  expect(band).toMatchObject({ median: 2, high95: undefined, probabilityOver: 1 / 3 })
  expect(() => pathBand([], 1)).toThrow(RangeError)
})
