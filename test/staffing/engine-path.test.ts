import { expect, it } from 'vitest'
import { monthIndex } from '../../src/demand/engine/simulated-month.ts'
import { monthsBetween } from '../../src/pure/calendar/period.ts'
import { type EngineFutures, enginePaths } from '../../src/staffing/engine-path.ts'

const still = {
  season: new Array<number>(12).fill(1),
  growthPerYear: 0,
  levelError: 0,
  monthError: 0,
  monthPersistence: 0.5,
  surgeProbability: 0,
  surgeSize: 0,
  surgeMonths: 1,
}
const national = (level: number, later: number) =>
  Float64Array.from({ length: 300 }, (_, i) => (i < monthIndex('2027-01') ? level : later))
const futures: EngineFutures = {
  paths: [
    { cni: national(100, 150), passport: national(300, 300) },
    { cni: national(200, 100), passport: national(200, 200) },
  ],
}

it('measures each future against its own present, and uses it again for longer lists', () => {
  const months = monthsBetween('2027-01', '2027-03')
  const cards = enginePaths(() => futures, ['cni'], still)(months, 3, 1)
  expect(cards.map(path => [...path])).toEqual([
    [1.5, 1.5, 1.5],
    [0.5, 0.5, 0.5],
    [1.5, 1.5, 1.5],
  ])
  const both = enginePaths(() => futures, ['cni', 'passport'], still)(months, 2, 1)
  expect([both[0]![0], both[1]![0]]).toEqual([450 / 400, 300 / 400])
})

it('adds the error left on the present level', () => {
  const months = monthsBetween('2027-01', '2027-01')
  const paths = enginePaths(() => futures, ['passport'], { ...still, levelError: 0.06 })(months, 20_000, 1)
  const logs = paths.map(path => Math.log(path[0]!))
  const mean = logs.reduce((a, b) => a + b, 0) / logs.length
  expect(Math.sqrt(logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / logs.length)).toBeCloseTo(0.06, 3)
})
