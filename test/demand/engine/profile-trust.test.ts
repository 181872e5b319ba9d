import fc from 'fast-check'
import { expect, it } from 'vitest'
import { profileTrust, trustedProfile } from '../../../src/demand/engine/profile-trust.ts'

const alternating = Array.from({ length: 60 }, (_, t) => (t % 2 ? 150 : 50))
const flat = alternating.map(() => 100)

it('believes a profile that observations follow, and not one that they ignore', () => {
  expect(profileTrust(alternating, alternating, 12)).toBeCloseTo(1, 12)
  expect(profileTrust(flat, alternating, 12)).toBeLessThan(0.02)
})

it('keeps its prior while nothing is known', () => {
  expect(profileTrust([], [], 12)).toBe(1)
  expect(profileTrust([1, 2, undefined], [1, 2, 3], 3)).toBe(1)
})

it('draws a profile toward its mean, as in the worked example, and keeps its total', () => {
  const [low, high] = trustedProfile([50, 150], 0.4, 2)
  expect(low).toBeCloseTo(80, 12)
  expect(high).toBeCloseTo(120, 12)
  const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (each, trust) => {
      const total = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0)
      const drawn = trustedProfile(each, trust, 12)
      expect(Math.abs(total(drawn) - total(each))).toBeLessThanOrEqual(1e-9 * Math.max(1, total(each)))
      expect(drawn.every(value => value >= -1e-9)).toBe(true)
    }),
  )
})
