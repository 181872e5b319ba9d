import { describe, expect, it } from 'vitest'
import { daysFrom, filesPerWorkingDay } from '../../src/delays/cert-capacity.ts'
import { projectCert } from '../../src/delays/cert-projection.ts'
import { evenlyAged } from '../../src/delays/cert-queue.ts'
import { monthsBetween } from '../../src/pure/calendar/period.ts'
import { isWorkingDay } from '../../src/pure/calendar/working-days.ts'
import { normal, seededRandom } from '../../src/pure/numerics/series/random.ts'

const months = monthsBetween('2027-01', '2027-12')
const team = { fullTimeAgents: 4, filesPerAgentDay: 95, presence: 0.8 }
const capacity = Float64Array.from(daysFrom('2027-01-01', '2028-12-31'), day =>
  isWorkingDay(day) ? filesPerWorkingDay(team) : 0,
)
const yearly = capacity.slice(0, 365).reduce((a, b) => a + b, 0)
const forecast = (demand: number[][]) => ({
  months,
  demand,
  capacity,
  start: evenlyAged((10 * yearly) / 365, 10),
  targetDays: 14,
})

describe('the projection of a CERT', () => {
  it('holds its delay at load 1 and passes its target with 5 % more', () => {
    const level = (load: number) => months.map(() => (load * yearly) / 12)
    const { quarters, probabilityEverOver } = projectCert(forecast([level(1), level(1.05)]))
    expect(quarters.map(q => q.quarter)).toEqual(['2027-Q1', '2027-Q2', '2027-Q3', '2027-Q4'])
    expect(probabilityEverOver).toBe(0.5)
    expect(quarters[3]!.backward!.probabilityOver).toBe(0.5)
    expect(quarters[3]!.backward!.low95).toBeLessThan(14)
    expect(quarters[3]!.forward.high95).toBeGreaterThan(quarters[3]!.backward!.high95!)
  })

  it('gives bands over 2,000 paths, in order, with a joint risk above that of each quarter', () => {
    const random = seededRandom(7)
    const demand = Array.from({ length: 2_000 }, () => {
      const level = 1 + 0.06 * normal(random)
      return months.map(() => Math.max(0, (level * yearly) / 12) * (1 + 0.03 * normal(random)))
    })
    const projection = projectCert(forecast(demand))
    for (const { backward } of projection.quarters) {
      const { low95, low80, median, high80, high95 } = backward!
      expect([low95, low80, median, high80, high95]).toEqual(
        [low95!, low80!, median!, high80!, high95!].sort((a, b) => a - b),
      )
      expect(backward!.probabilityOver).toBeLessThanOrEqual(projection.probabilityEverOver)
    }
    expect(projection.quarters[3]!.backward!.probabilityOver).toBeGreaterThan(0.2)
  })

  it('refuses a path of another length', () => {
    expect(() => projectCert(forecast([[1, 2]]))).toThrow('path 0 has 2 months')
  })
})
