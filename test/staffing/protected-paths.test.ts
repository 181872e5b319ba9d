import { describe, expect, it } from 'vitest'
import { lognormalPaths, meanPath } from '../../src/staffing/demand-path.ts'
import {
  easiestPaths,
  missedWindows,
  mostUsualPaths,
  type Protected,
  windowMaxima,
} from '../../src/staffing/protected-paths.ts'
import { riskOf } from '../../src/staffing/risk.ts'
import { teamOf } from '../../src/staffing/team.ts'
import { question } from './synthetic.ts'

const asked = question({ months: 12, unpromisedMonths: 2 })
const team = teamOf(asked)
const paths = lognormalPaths(asked)(team.months, 500, 3).map(path => path.map(share => share * 30_000))
const capacities = [0.9, 1, 1.1, 1.2, 1.4].map(factor =>
  Float64Array.from(team.days, (_, t) => factor * meanPath(paths)[Math.min(t, 11)]!),
)
const kept = (flags: ArrayLike<number>): Protected => {
  const same = Uint8Array.from(flags)
  return team.months.map(() => same)
}
const count = (flags: Uint8Array) => flags.reduce((sum, flag) => sum + flag, 0)

it('sums what comes in over each window, the stock of the start with the first month', () => {
  const two = { ...teamOf(question({ months: 2, unpromisedMonths: 0 })), startStock: 3 }
  const maxima = windowMaxima(
    two,
    [Float64Array.of(10, 30), Float64Array.of(20, 5)],
    [Uint8Array.of(1, 1), Uint8Array.of(1, 1)],
  )
  expect([...maxima]).toEqual([23, 43, Number.NEGATIVE_INFINITY, 30])
})

describe('windows say exactly what the queue says', () => {
  it.each(paths.slice(0, 40).map((_, i) => i))('on path %i', i => {
    const alone = windowMaxima(team, paths, kept(paths.map((__, j) => (j === i ? 1 : 0))))
    for (const capacity of capacities) {
      const late = riskOf(team, capacity, [paths[i]!]).joint > 0
      expect(missedWindows(team, capacity, alone).length > 0).toBe(late)
    }
  })
})

it('drops so many paths and no more, those that a capacity does not hold first', () => {
  for (const capacity of capacities) {
    const [same] = easiestPaths(team, paths, capacity, 'joint', 0.1)
    expect(count(same!)).toBe(450)
    const late = paths.map(path => riskOf(team, capacity, [path]).joint > 0)
    const lateKept = late.filter((is, i) => is && same![i] === 1).length
    expect(lateKept).toBe(Math.max(0, late.filter(Boolean).length - 50))
  }
  expect(count(mostUsualPaths(team, paths, 0.1)[0]!)).toBe(450)
})

it('chooses for each month apart when each is promised alone', () => {
  const months = easiestPaths(team, paths, capacities[1]!, 'monthly', 0.1)
  expect(new Set(months.map(flags => flags.join(''))).size).toBeGreaterThan(1)
  for (const flags of months.slice(2)) expect(count(flags)).toBe(450)
})
