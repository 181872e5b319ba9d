import { describe, expect, it } from 'vitest'
import { tickLabel, valueScale } from '../../../src/pure/charts/scale.ts'

describe('valueScale', () => {
  it('starts at zero and ends on a round value', () => {
    const scale = valueScale([22.4, 61.8], [300, 0], 6)
    expect(scale.ticks).toEqual([0, 10, 20, 30, 40, 50, 60, 70])
    expect([scale.low, scale.high]).toEqual([0, 70])
    expect(scale.at(0)).toBe(300)
    expect(scale.at(35)).toBe(150)
  })

  it('stands when there is no value', () => {
    expect(valueScale([], [300, 0], 5).ticks[0]).toBe(0)
  })

  it('writes ticks in French', () => {
    expect([0, 2.5, 14_000].map(tickLabel)).toEqual(['0', '2,5', '14\u202f000'])
  })
})
