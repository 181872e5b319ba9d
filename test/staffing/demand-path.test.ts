import { expect, it } from 'vitest'
import { monthsBetween } from '../../src/pure/calendar/period.ts'
import { lognormalPaths, meanPath } from '../../src/staffing/demand-path.ts'

const months = monthsBetween('2027-01', '2028-12')
const model = {
  season: [1.2, ...new Array<number>(11).fill(1)],
  growthPerYear: 0.1,
  levelError: 0.06,
  monthError: 0.05,
  monthPersistence: 0.5,
  surgeProbability: 0,
  surgeSize: 0.25,
  surgeMonths: 6,
}

it('has the mean that it is given: season and growth', () => {
  const mean = meanPath(lognormalPaths(model)(months, 20_000, 3))
  expect(mean[0]).toBeCloseTo(1.2, 2)
  expect(mean[6]).toBeCloseTo(1.1 ** 0.5, 2)
  expect(mean[12]).toBeCloseTo(1.2 * 1.1, 2)
})

it('keeps an error of level over the whole path, and passes half of a month on', () => {
  const paths = lognormalPaths({ ...model, season: new Array<number>(12).fill(1), growthPerYear: 0 })(
    months,
    20_000,
    3,
  )
  const covariance = (a: number, b: number) =>
    paths.reduce((sum, path) => sum + Math.log(path[a]!) * Math.log(path[b]!), 0) / paths.length -
    (paths.reduce((sum, path) => sum + Math.log(path[a]!), 0) / paths.length) *
      (paths.reduce((sum, path) => sum + Math.log(path[b]!), 0) / paths.length)
  expect(covariance(3, 3)).toBeCloseTo(0.06 ** 2 + 0.05 ** 2, 3)
  expect(covariance(3, 4)).toBeCloseTo(0.06 ** 2 + 0.05 ** 2 / 2, 3)
  expect(covariance(0, 20)).toBeCloseTo(0.06 ** 2, 3)
})

it('repeats itself from its seed and draws others from another', () => {
  const of = (seed: number) => lognormalPaths({ ...model, surgeProbability: 0.1 })(months, 3, seed)
  expect(of(5)).toEqual(of(5))
  expect(of(5)).not.toEqual(of(6))
})

it('surges for as long and as much as said', () => {
  const calm = {
    ...model,
    levelError: 0,
    monthError: 0,
    growthPerYear: 0,
    season: new Array<number>(12).fill(1),
  }
  const [path] = lognormalPaths({ ...calm, surgeProbability: 1, surgeMonths: 3 })(
    monthsBetween('2027-01', '2027-01'),
    1,
    1,
  )
  expect(path).toEqual(Float64Array.of(1.25))
})
