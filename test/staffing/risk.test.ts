import { expect, it } from 'vitest'
import { lognormalPaths } from '../../src/staffing/demand-path.ts'
import {
  delayBands,
  hardestFirst,
  keepsPromise,
  meanExcess,
  promisedRisk,
  riskOf,
  safetyGuess,
} from '../../src/staffing/risk.ts'
import { teamOf } from '../../src/staffing/team.ts'
import { question } from './synthetic.ts'

const ASSUMED = {
  growthPerYear: 0,
  levelError: 0.06,
  monthError: 0.05,
  monthPersistence: 0.5,
  surgeProbability: 0.1,
  surgeSize: 0.25,
  surgeMonths: 6,
}

const team = teamOf(question({ months: 3, unpromisedMonths: 1, startStock: 10_000 }))
const capacity = new Float64Array(team.days.length).fill(30_000)
/** Three months: one path that ends at the target, one just above it in March, one late in January only. */
const atTarget = (14 / 30) * 30_000
const paths = [
  Float64Array.of(20_000, 30_000, 30_000 + atTarget),
  Float64Array.of(20_000, 30_000, 30_000 + atTarget + 1),
  Float64Array.of(36_000, 14_000, 0),
]

it('counts a path late from the first file beyond the target', () => {
  const risk = riskOf(team, capacity, paths)
  expect([...risk.monthly]).toEqual([1 / 3, 0, 1 / 3])
  expect(risk.joint).toBeCloseTo(1 / 3, 12)
  expect(promisedRisk(team, risk, 'monthly')).toBeCloseTo(1 / 3, 12)
  expect(promisedRisk(team, { monthly: Float64Array.of(0.9, 0.1, 0.2), joint: 0.25 }, 'monthly')).toBe(0.2)
})

it('says whether a promise is kept as the measured risk does, whatever the order of the paths', () => {
  const many = lognormalPaths({ ...ASSUMED, season: new Array<number>(12).fill(1) })(team.months, 200, 7).map(
    path => path.map(share => share * 30_500),
  )
  const ordered = hardestFirst(team, capacity, many)
  expect(new Set(ordered)).toEqual(new Set(many))
  const joint = riskOf(team, capacity, many).joint
  expect(joint).toBeGreaterThan(0.02)
  for (const promise of ['joint', 'monthly'] as const) {
    const risk = promisedRisk(team, riskOf(team, capacity, many), promise)
    for (const paths of [many, ordered]) {
      expect(keepsPromise(team, capacity, paths, promise, risk)).toBe(true)
      expect(keepsPromise(team, capacity, paths, promise, risk - 1 / 200)).toBe(false)
    }
  }
  // The first paths are the late ones.
  const late = ordered.slice(0, Math.round(joint * 200))
  expect(riskOf(team, capacity, late).joint).toBe(1)
})

it('scales relative paths as it would files', () => {
  const relative = paths.map(path => path.map(files => files / 30_000))
  expect(riskOf(team, capacity, relative, 30_000)).toEqual(riskOf(team, capacity, paths))
})

it('gives bands in order, and the delay of a path by hand', () => {
  const [band] = delayBands(team, capacity, paths.slice(0, 1))
  // 10,000 + 20,000 − 30,000 = 0 files on 31 January.
  expect(band).toMatchObject({ p05: 0, p50: 0, p95: 0, stock: 0 })
  const last = delayBands(team, capacity, paths.slice(0, 1))[2]!
  // April has 30 days: 14,000 files ÷ 30,000 × 30.
  expect(last.p50).toBeCloseTo(14, 9)
  const bands = delayBands(team, capacity, paths)
  for (const { p05, p25, p50, p75, p95 } of bands) {
    expect([p05, p25, p50, p75, p95]).toEqual([p05, p25, p50, p75, p95].sort((a, b) => a - b))
  }
  expect(delayBands(team, new Float64Array(team.days.length), paths)[2]!.p50).toBe(3_650)
})

it('measures what is beyond the target at the end', () => {
  expect(meanExcess(team, capacity, paths)).toBeCloseTo(1 / 3, 9)
})

it('guesses the factor whose plan is late on just the paths accepted', () => {
  const mean = Float64Array.of(100, 100, 100)
  const demands = Array.from({ length: 11 }, (_, i) => new Float64Array(3).fill(95 + i))
  expect(safetyGuess(team, mean, demands, 0.9)).toBeCloseTo(1.04, 12)
})
