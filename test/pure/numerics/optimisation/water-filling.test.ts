import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fillEvenly } from '../../../../src/pure/numerics/optimisation/water-filling.ts'

it('is worked by hand', () => {
  expect(fillEvenly([0, 30], [10, 10], 20)).toEqual([20, 0])
  expect(fillEvenly([0, 30], [10, 10], 50)).toEqual([40, 10])
  expect(fillEvenly([5, 0], [1, 0], 3)).toEqual([3, 0])
  expect(fillEvenly([5, 5], [0, 0], 3)).toEqual([0, 0])
})

it('shares all of it, and ends with receivers even and below the others', () => {
  const place = fc.record({ held: fc.nat(400).map(n => n / 4), rate: fc.integer({ min: 1, max: 9 }) })
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 8 }), fc.nat(500), (places, amount) => {
      const received = fillEvenly(
        places.map(p => p.held),
        places.map(p => p.rate),
        amount,
      )
      expect(received.reduce((a, b) => a + b, 0)).toBeCloseTo(amount, 6)
      const levels = places.map((p, i) => (p.held + received[i]!) / p.rate)
      const filled = levels.filter((_, i) => received[i]! > 1e-9)
      if (filled.length === 0) return
      expect(Math.max(...filled) - Math.min(...filled)).toBeLessThan(1e-9)
      expect(Math.min(...levels)).toBeGreaterThan(Math.max(...filled) - 1e-9)
    }),
  )
})
