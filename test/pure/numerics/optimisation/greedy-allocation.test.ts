import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { greatestGain, worstFirst } from '../../../../src/pure/numerics/optimisation/greedy-allocation.ts'

/** Every way to give at most `units` to `places`. */
function allocations(units: number, places: number): number[][] {
  if (places === 0) return [[]]
  return Array.from({ length: units + 1 }, (_, first) =>
    allocations(units - first, places - 1).map(rest => [first, ...rest]),
  ).flat()
}

describe('greedy allocation', () => {
  it('is worked by hand', () => {
    const gains = [
      [5, 1],
      [3, 2],
    ]
    expect(greatestGain(3, 2, (place, n) => gains[place]![n - 1] ?? 0)).toEqual([1, 2])
    expect(greatestGain(9, 2, (place, n) => gains[place]![n - 1] ?? 0)).toEqual([2, 2])
    expect(greatestGain(3, 0, () => 1)).toEqual([])
    expect(worstFirst(3, 2, (place, n) => [12, 10][place]! / (n + 1))).toEqual([2, 1])
    expect(worstFirst(3, 0, () => 1)).toEqual([])
  })

  it('equals exhaustive search: decreasing gains, five places, four units', () => {
    const decreasing = fc
      .array(fc.nat(50), { minLength: 4, maxLength: 4 })
      .map(gains => gains.sort((a, b) => b - a))
    fc.assert(
      fc.property(fc.array(decreasing, { minLength: 5, maxLength: 5 }), gains => {
        const total = (given: number[]) =>
          given.reduce((sum, n, place) => sum + gains[place]!.slice(0, n).reduce((a, b) => a + b, 0), 0)
        const greedy = greatestGain(4, 5, (place, n) => gains[place]![n - 1] ?? 0)
        expect(total(greedy)).toBe(Math.max(...allocations(4, 5).map(total)))
      }),
    )
  })

  it('equals exhaustive search for the worst level', () => {
    const falling = fc
      .array(fc.nat(50), { minLength: 5, maxLength: 5 })
      .map(levels => levels.sort((a, b) => b - a))
    fc.assert(
      fc.property(fc.array(falling, { minLength: 5, maxLength: 5 }), levels => {
        const worst = (given: number[]) => Math.max(...given.map((n, place) => levels[place]![n]!))
        const greedy = worstFirst(4, 5, (place, n) => levels[place]![n]!)
        expect(worst(greedy)).toBe(Math.min(...allocations(4, 5).map(worst)))
      }),
    )
  })
})
