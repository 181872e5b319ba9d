import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  CENTRAL_CHOICE,
  catchments,
  departmentBalance,
  flows,
  type HallSite,
  kilometres,
  type Residents,
} from '../../src/places/catchment.ts'
import { normal, seededRandom } from '../../src/pure/numerics/series/random.ts'

const KM_NORTH = 1 / 111.195
const residents = (code: string, population: number, km: number): Residents => ({
  code,
  department: km < 50 ? 'A' : 'B',
  population,
  lat: 46 + km * KM_NORTH,
  lon: 0,
})
const hall = (insee: string, attraction: number, km: number): HallSite => ({
  insee,
  department: km < 50 ? 'A' : 'B',
  attraction,
  lat: 46 + km * KM_NORTH,
  lon: 0,
})

test('Angoulême is 37.9 km from Cognac', () => {
  const [angouleme, cognac] = [
    { lat: 45.6492, lon: 0.1566 },
    { lat: 45.6937, lon: -0.3274 },
  ]
  expect(kilometres(angouleme, cognac)).toBeCloseTo(37.93, 2)
  expect(kilometres(cognac, angouleme)).toBe(kilometres(angouleme, cognac))
})

test('a small hall on the spot keeps four fifths of those whom one eight times as large calls from 9 km', () => {
  const choice = { ...CENTRAL_CHOICE, sizeExponent: 2 / 3 }
  const { share } = flows([residents('a', 500, 0)], [hall('near', 1000, 0), hall('far', 8000, 9)], choice)
  // 100 / 3² against 400 / 12².
  expect(share[0]).toBeCloseTo(0.8, 6)
  expect(share[0]! + share[1]!).toBeCloseTo(1, 12)
})

test('beyond the reach of every hall, people go to the nearest one of their department', () => {
  const far = residents('a', 500, 49)
  const { hall: chosen, share } = flows([far], [hall('own', 1000, 0), hall('other', 1000, 95)])
  expect([...chosen]).toEqual([0])
  expect([...share]).toEqual([1])
})

const nation = fc.record({
  people: fc.array(
    fc.record({ population: fc.integer({ min: 1, max: 1e6 }), km: fc.integer({ min: 0, max: 100 }) }),
    {
      minLength: 1,
      maxLength: 30,
    },
  ),
  halls: fc.array(
    fc.record({ attraction: fc.integer({ min: 1, max: 1e6 }), km: fc.integer({ min: 0, max: 100 }) }),
    {
      minLength: 1,
      maxLength: 10,
    },
  ),
})

test('nobody is lost: halls receive the whole nation, and a department what stays and what enters', () => {
  fc.assert(
    fc.property(nation, ({ people, halls }) => {
      const points = people.map(({ population, km }, i) => residents(String(i), population, km))
      const sites = halls.map(({ attraction, km }, h) => hall(String(h), attraction, km))
      const total = points.reduce((sum, { population }) => sum + population, 0)
      const received = catchments(points, sites).reduce((sum, one) => sum + one.people, 0)
      expect(Math.abs(received - total)).toBeLessThan(1e-6)
      const there = flows(points, sites)
      const [a, b] = ['A', 'B'].map(code => departmentBalance(points, sites, there, code))
      for (const one of [a!, b!])
        expect(one.received).toBeCloseTo(one.residents - one.leaving + one.entering, 6)
      expect(a!.leaving).toBeCloseTo(b!.entering, 6)
    }),
  )
})

test('nine halls in ten of synthetic nations lie in the band: exponents .4–.9 and 1.5–3, an effect of .25 (log) a hall', () => {
  let [inside, all, width] = [0, 0, 0]
  for (let seed = 1; seed <= 6; seed++) {
    const random = seededRandom(seed)
    const where = () => ({ lat: 45 + 3 * random(), lon: 4 * random() })
    const people = Array.from({ length: 1_500 }, (_, i) => ({
      code: String(i),
      department: 'A',
      population: Math.round(300 * Math.exp(1.3 * normal(random))),
      ...where(),
    }))
    const sites = people
      .toSorted((a, b) => b.population - a.population)
      .slice(0, 120)
      .map(({ code, department, population, lat, lon }) => ({
        insee: code,
        department,
        attraction: population,
        lat,
        lon,
      }))
    const said = catchments(people, sites)
    const truth = catchments(people, sites, {
      ...CENTRAL_CHOICE,
      sizeExponent: 0.4 + 0.5 * random(),
      distanceExponent: 1.5 + 1.5 * random(),
    })
    for (const [h, { people: drawn, spread }] of said.entries()) {
      const error = Math.log(truth[h]!.people / drawn) + 0.25 * normal(random)
      if (Math.abs(error) <= 1.645 * spread) inside++
      width += spread
      all++
    }
  }
  expect(inside / all).toBeGreaterThan(0.85)
  expect(inside / all).toBeLessThan(0.95)
  // Between the lowest and the highest of nine halls in ten, a factor of 2.6 at most.
  expect(Math.exp((2 * 1.645 * width) / all)).toBeLessThan(2.6)
})
