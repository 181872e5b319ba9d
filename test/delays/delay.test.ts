import { describe, expect, it } from 'vitest'
import {
  againstTarget,
  delayOfMonths,
  type MonthDelay,
  quartersOfMonths,
  yearDelay,
} from '../../src/delays/delay.ts'
import { monthsBetween } from '../../src/pure/calendar/period.ts'

const year2021 = monthsBetween('2021-01', '2021-12')
const months = (days: number[], decisions: number[]): MonthDelay[] =>
  year2021.map((month, i) => ({ month, days: days[i]!, decisions: decisions[i]! }))
const quarters = (...days: number[]) => days.map((d, i) => ({ quarter: `2021-Q${i + 1}`, days: d }))

const firstPermits = months(
  [124, 60, 66, 40, 31, 53, 82, 29, 46, 55, 34, 70],
  [60, 191, 272, 338, 234, 386, 332, 511, 419, 755, 826, 394],
)
const renewals = months(
  [29, 34, 31, 26, 18, 18, 44, 25, 23, 22, 32, 61],
  [82, 207, 183, 205, 126, 270, 210, 279, 299, 503, 270, 136],
)

describe('the year as the committee prints it', () => {
  it.each([
    ['CNI and passports', [6, 8, 14, 26], 13.5, '13,5'],
    ['vehicle registration', [4, 4, 4, 4], 4, '4'],
    ['driving licences', [14, 31, 48, 48], 35.25, '35,3'],
  ])('is the plain mean of quarters: %s', (_, days, mean, printed) => {
    expect(yearDelay(2021, quarters(...days))).toEqual({ method: 'mean-of-quarters', days: mean })
    expect(mean.toLocaleString('fr-FR', { maximumFractionDigits: 1 })).toBe(printed)
  })

  it('has no value when a quarter is missing', () => {
    expect(yearDelay(2021, quarters(6, 8, 14))).toMatchObject({ days: undefined, reason: 'missing-quarters' })
  })
})

describe('monthly delays', () => {
  it('give 57.5 plain and 50.1 weighted for first permits, 30.3 and 28.4 for renewals', () => {
    const [plain, weighted] = delayOfMonths(year2021, firstPermits)
    expect(plain.days).toBeCloseTo(690 / 12, 9)
    expect(weighted.days).toBeCloseTo(236_590 / 4_718, 9)
    expect(weighted.days!.toFixed(1)).toBe('50.1')
    const [plainRenewal, weightedRenewal] = delayOfMonths(year2021, renewals)
    expect(plainRenewal.days).toBe(30.25)
    expect(weightedRenewal.days!.toFixed(1)).toBe('28.4')
  })

  it('give each quarter both means', () => {
    const byQuarter = quartersOfMonths(firstPermits)
    expect(byQuarter.map(q => q.plain.days!.toFixed(1))).toEqual(['83.3', '41.3', '52.3', '53.0'])
    expect(byQuarter[0]!.weighted.days).toBeCloseTo((124 * 60 + 60 * 191 + 66 * 272) / 523, 9)
  })

  it('have no mean with a month missing, and no weighted mean without decisions', () => {
    expect(quartersOfMonths(firstPermits.slice(0, 2))[0]!.plain).toMatchObject({ reason: 'missing-months' })
    const [plain, weighted] = delayOfMonths(['2021-01'], [{ month: '2021-01', days: 8 }])
    expect(plain.days).toBe(8)
    expect(weighted).toMatchObject({ days: undefined, reason: 'missing-decisions' })
  })
})

it('a target of 14 days is met on the fourteenth', () => {
  expect(againstTarget(14, 14)).toEqual({ late: false, excessDays: 0 })
  expect(againstTarget(26, 14)).toEqual({ late: true, excessDays: 12 })
})
