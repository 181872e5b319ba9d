import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backlogPath, cumulative } from '../../src/pure/numerics/queues/fluid-queue.ts'
import { sharedBacklogs } from '../../src/waits/shared-queue.ts'

const flat = (perDay: number, days: number) => new Array<number>(days).fill(perDay)
const slots = cumulative(flat(10, 60))

describe('halls that share', () => {
  it('are worked by hand: 12 and 8 for 10 slots, ten days', () => {
    const atEnd = (share: number) =>
      sharedBacklogs([0, 0], [flat(12, 10), flat(8, 10)], [slots, slots], share).map(path => path[10])
    expect(atEnd(0)).toEqual([20, 0])
    expect(atEnd(0.1)[0]).toBeCloseTo(8, 9)
    expect(atEnd(0.1)[1]).toBe(0)
    expect(atEnd(1)[0]).toBeCloseTo(0, 9)
  })

  it('send nobody to a closed hall, and keep those who find all closed', () => {
    const closed = cumulative(flat(0, 60))
    const one = sharedBacklogs([0, 0], [flat(5, 3), flat(5, 3)], [closed, slots], 1)
    expect(one.map(path => path[3])).toEqual([0, 0])
    const none = sharedBacklogs([1, 0], [flat(5, 3), flat(5, 3)], [closed, closed], 0.5)
    expect(none.map(path => path[3])).toEqual([16, 15])
  })

  it('never do worse than the pool allows, and without sharing are the halls alone', () => {
    const daily = fc.array(
      fc.nat(80).map(n => n / 4),
      { minLength: 20, maxLength: 20 },
    )
    fc.assert(
      fc.property(fc.tuple(daily, daily), fc.tuple(daily, daily), fc.nat(4), (demand, capacity, quarters) => {
        const reached = capacity.map(c => cumulative(c))
        const alone = sharedBacklogs([3, 7], demand, reached, 0)
        for (const h of [0, 1] as const)
          expect(Array.from(alone[h]!)).toEqual(Array.from(backlogPath([3, 7][h]!, demand[h], capacity[h])))
        const shared = sharedBacklogs([3, 7], demand, reached, quarters / 4)
        const pooled = backlogPath(
          10,
          demand[0].map((d, t) => d + demand[1][t]!),
          capacity[0].map((c, t) => c + capacity[1][t]!),
        )
        for (let t = 0; t <= 20; t++)
          expect(shared[0]![t]! + shared[1]![t]!).toBeGreaterThanOrEqual(pooled[t]! - 1e-9)
      }),
    )
  })
})
