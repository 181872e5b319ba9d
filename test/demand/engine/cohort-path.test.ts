import { describe, expect, test } from 'vitest'
import { ASSUMPTIONS, type AssumptionName, type Draw } from '../../../src/demand/engine/assumption.ts'
import { type NationalModel, nationalModel, nationalPath } from '../../../src/demand/engine/cohort-path.ts'
import type { Contributions } from '../../../src/demand/engine/part-tally.ts'
import { monthIndex } from '../../../src/demand/engine/simulated-month.ts'

const central = Object.fromEntries(
  (Object.keys(ASSUMPTIONS) as AssumptionName[]).map(name => [name, ASSUMPTIONS[name].value]),
) as Draw
const flat = (volume: number) => [2004, 2019, 2022].map(year => ({ year, volume, spread: 0 }))
const volumes = { cni: flat(5e6), passport: flat(4e6) }
const model = nationalModel({ volumes, totals: [], suppressed: { cni: 0, passport: 0 } }, '16', '2033-12')
const demandOf = (of: NationalModel, draw: Draw, tally?: Contributions) => {
  const paths = nationalPath(of, draw, () => 0, tally)
  return { cni: paths.cni.demand, passport: paths.passport.demand }
}
const year = (values: Float64Array, of: number) => {
  const start = monthIndex(`${of}-01`)
  return values.slice(start, start + 12).reduce((sum, value) => sum + value, 0)
}

describe('one path of the nation', () => {
  test('published years are what was published, but for months in which the cohorts expect more', () => {
    const { cni, passport } = demandOf(model, central)
    expect(Math.abs(year(cni, 2019) / 5e6 - 1)).toBeLessThan(0.005)
    expect(Math.abs(year(passport, 2022) / 4e6 - 1)).toBeLessThan(0.005)
  })

  test('nothing returns and nothing grows: the future is the calm year', () => {
    const { passport } = demandOf(model, { ...central, returnRate: 0, passportGrowth: 1 })
    expect(year(passport, 2028)).toBeCloseTo(4e6, 3)
  })

  test('more holders who come back never make fewer renewals', () => {
    const renewals = (returnRate: number) => {
      let total = 0
      nationalPath(model, { ...central, returnRate }, () => 0, {
        add: (kind, _title, month, amount) => {
          if (kind < 3 && month >= monthIndex('2023-01')) total += amount
        },
      })
      return total
    }
    expect(renewals(0.7)).toBeGreaterThan(renewals(0.5))
  })

  test('all that is contributed to a month is its demand', () => {
    const sums = new Float64Array(model.months)
    const { cni } = demandOf(model, central, {
      add: (_kind, title, month, amount) => {
        if (title === 0) sums[month]! += amount
      },
    })
    for (let month = monthIndex('2023-01'); month < model.months; month++)
      expect(sums[month]).toBeCloseTo(cni[month] ?? 0, 3)
  })

  test('suppressed requests that have not come back yet come back once', () => {
    const upTo2019 = { cni: flat(5e6).slice(0, 2), passport: flat(4e6).slice(0, 2) }
    const waiting = nationalModel(
      { volumes: upTo2019, totals: [], suppressed: { cni: 1e6, passport: 0 } },
      '16',
      '2040-12',
    )
    let returned = 0
    nationalPath(waiting, central, () => 0, {
      add: (kind, _title, _month, amount) => {
        if (kind === 3) returned += amount
      },
    })
    expect(returned).toBeGreaterThan(0.98 * central.suppressedReturn * 1e6)
    expect(returned).toBeLessThanOrEqual(central.suppressedReturn * 1e6)
  })
})
