import { describe, expect, it } from 'vitest'
import { licencePaths } from '../../../src/demand/engine/licence.ts'
import { type Month, monthsBetween } from '../../../src/pure/calendar/period.ts'
import { seededRandom } from '../../../src/pure/numerics/series/random.ts'

const months = monthsBetween('2027-01', '2034-12')
const inputs = { perYear: 1_200, spread: 0, population: 1_000 }
const [path = []] = licencePaths(inputs, months, 1, seededRandom(7))
const at = (month: Month) => path[months.indexOf(month)]!

describe('licences asked', () => {
  it('of fifteen years come back from the summer of 2028, and without end once they do', () => {
    // Three months early at most: nothing before June 2028.
    expect(at('2028-05').card).toBe(0)
    expect(at('2028-06').card).toBeGreaterThan(0)
    expect(at('2028-06').card).toBeLessThan(at('2028-09').card)
    // Two years after the first, lags are filled: every month brings back what one month issued.
    const filled = at('2030-10').card
    expect(at('2034-12').card).toBeCloseTo(filled, 9)
    // 100 a month, 80 to 95 % light, 60 to 90 % of them back.
    expect(filled).toBeGreaterThan(100 * 0.8 * 0.6)
    expect(filled).toBeLessThan(100 * 0.95 * 0.9)
  })

  it('of pink licences gather before 19 January 2033, and all come in the end', () => {
    const whole = path.reduce((sum, month) => sum + month.pink, 0)
    expect(at('2030-12').pink).toBe(0)
    const before = path.slice(0, months.indexOf('2033-01')).reduce((sum, month) => sum + month.pink, 0)
    expect(before / whole).toBeCloseTo(0.6, 2)
    expect(at('2033-01').pink).toBe(Math.max(...path.map(month => month.pink)))
  })

  it('keep the level of the volume known for the rest', () => {
    const year = path.slice(0, 12).reduce((sum, { other, medical }) => sum + other + medical, 0)
    expect(year / 1_200).toBeGreaterThan(0.85)
    expect(year / 1_200).toBeLessThan(1.15)
  })
})
