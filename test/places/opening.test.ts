import fc from 'fast-check'
import { expect, test } from 'vitest'
import { surroundings, type WorkingHall } from '../../src/places/drawing.ts'
import { type HallChange, movedBy, movedRequests } from '../../src/places/opening.ts'

const at = (km: number) => ({ lat: 46 + km / 111.195, lon: 0 })
const hall = (insee: string, km: number, department = 'A', population = 5_000): WorkingHall => ({
  insee,
  department,
  population,
  stations: undefined,
  from: undefined,
  to: undefined,
  ...at(km),
})
const residents = [0, 5, 10, 15, 20, 25, 30, 38, 45].map((km, i) => ({
  code: String(i),
  department: km > 35 ? 'B' : 'A',
  population: 1_000 * (i + 1),
  ...at(km),
}))
const halls = [hall('a', 0), hall('b', 20), hall('c', 30), hall('x', 45, 'B')]
const moved = (change: HallChange) => movedBy(surroundings(residents, halls, 'A'), 'A', '2027-Q1', change)
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

test('neighbours lose what a new hall takes, the nearest most, and the department is unchanged', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 34 }), fc.integer({ min: 100, max: 50_000 }), (km, population) => {
      const effect = moved({ kind: 'open', hall: hall('n', km, 'A', population) })
      const before = total(effect.map(one => one.before))
      expect(Math.abs(total(effect.map(one => one.after)) - before)).toBeLessThan(1e-9 * before)
      expect(effect.find(one => one.insee === 'n')).toMatchObject({ before: 0 })
      expect(effect.filter(one => one.insee !== 'n').every(one => one.after < one.before)).toBe(true)
      const requests = movedRequests(effect, () => 1_234.5)
      const sum = total(requests.map(one => one.requestsBefore))
      expect(Math.abs(total(requests.map(one => one.requestsAfter)) - sum)).toBeLessThan(1e-9 * sum)
    }),
  )
  const near = moved({ kind: 'open', hall: hall('n', 22) })
  const lost = (insee: string) => {
    const one = near.find(other => other.insee === insee)!
    return 1 - one.after / one.before
  }
  expect(lost('b')).toBeGreaterThan(lost('a'))
})

test('a closed hall gives everything, more hours draw from all', () => {
  const closed = moved({ kind: 'close', insee: 'b' })
  expect(closed.find(one => one.insee === 'b')).toMatchObject({ after: 0 })
  const more = moved({ kind: 'offer', insee: 'b', factor: 1.5 })
  expect(more.map(one => Math.sign(one.after - one.before))).toEqual([-1, 1, -1])
})
