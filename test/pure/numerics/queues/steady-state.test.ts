import { describe, expect, it } from 'vitest'
import {
  load,
  pressure,
  reliefCapacity,
  reliefCapacityEstimated,
  steadyState,
  targetCapacityKingman,
  targetCapacityWhitePaper,
  targetListSize,
  targetMeanWait,
} from '../../../../src/pure/numerics/queues/steady-state.ts'

// Reference values: the tests of NHSRwaitinglist at 0d85b69 (MIT), and the white paper of Fong et al. 2022.
describe('steady-state rules', () => {
  it('give the load and the target list', () => {
    expect(load(30, 27)).toBeCloseTo(1.11111111, 8)
    expect([load(35, 27), load(30, 25), load(52, 42)].map(x => x.toFixed(7))).toEqual([
      '1.2962963',
      '1.2000000',
      '1.2380952',
    ])
    expect(targetMeanWait(52, 4)).toBe(13)
    expect([targetMeanWait(35, 4), targetMeanWait(30, 4), targetMeanWait(52, 6)]).toEqual([8.75, 7.5, 52 / 6])
    expect(targetListSize(30, 52)).toBe(390)
    const targetFactor = (shareUnderTarget: number) => -Math.log(1 - shareUnderTarget)
    expect(targetListSize(100, 18, targetFactor(0.92))).toBeCloseTo(712.6656, 4)
    expect(targetListSize(100, 18, targetFactor(0.95))).toBeCloseTo(600.8548, 4)
    expect(targetMeanWait(18, targetFactor(0.92))).toBeCloseTo(7.126656, 6)
    expect(targetMeanWait(18, targetFactor(0.95))).toBeCloseTo(6.008548, 6)
  })

  it('give the relief capacity, and its dimensionally right form for an estimated demand', () => {
    expect(reliefCapacity(30, 1_200, 390, 26)).toBeCloseTo(61.153846, 6)
    expect(reliefCapacityEstimated(30, 1_200, 390, 26, { referrals: 10_000, variation: 1 })).toBeCloseTo(
      61.77,
      2,
    )
    expect(() => reliefCapacityEstimated(30, 1, 1, 1, { referrals: 4, variation: 1 })).toThrow(
      'too few referrals',
    )
  })

  it('give the two target capacities under their own names', () => {
    const kingman = (demand: number, target: number, factor: number, d: number, c: number) =>
      targetCapacityKingman(demand, target, factor, { demand: d, capacity: c })
    expect(kingman(30, 52, 3, 1.1, 1.2)).toBeCloseTo(30.076442, 6)
    expect(kingman(30, 52, 3, 1.1, 1.4)).toBeCloseTo(30.0914423, 7)
    expect(kingman(42, 65, 2, 1.2, 1.5)).toBeCloseTo(42.0567692, 7)
    expect(kingman(35, 50, 1, 1.3, 1.6)).toBeCloseTo(35.0425, 9)
    expect(targetCapacityKingman(4, 52)).toBeCloseTo(4.0769231, 7)
    expect(targetCapacityKingman(30, 52, 1)).toBeCloseTo(30.01923, 5)
    expect(targetCapacityKingman(30, 52, 6.58)).toBeCloseTo(30.12654, 5)
    expect(targetCapacityWhitePaper(30, 52, 3)).toBe(30.5)
    expect(targetCapacityWhitePaper(42, 65, 2)).toBeCloseTo(42.276923, 6)
    expect(targetCapacityWhitePaper(35, 50, 1)).toBeCloseTo(35.2, 9)
  })

  it('gives the pressure in one unit', () => {
    expect(pressure(55, 50)).toBeCloseTo(2.2, 12)
    expect(pressure(24, 4)).toBe(12)
    const days = Array.from({ length: 70 }, (_, day) => day)
    const meanDays = days.reduce((a, b) => a + b, 0) / days.length
    expect(pressure(meanDays / 7, 10)).toBeCloseTo(0.986, 3)
  })

  it('gathers the rules for one list and refuses what is no number', () => {
    expect(steadyState({ demand: 30, capacity: 27, list: 1_200, target: 52, reliefTime: 26 })).toMatchObject({
      load: 30 / 27,
      targetList: 390,
      underControl: false,
      reliefCapacity: expect.closeTo(61.153846, 6),
      pressure: undefined,
    })
    expect(() => load(30, 0)).toThrow('capacity: 0')
    expect(() => reliefCapacity(Number.NaN, 1, 1, 1)).toThrow('demand: NaN')
  })
})
