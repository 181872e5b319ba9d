import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawResponse } from '../../src/pure/numerics/queues/responsive-queue.ts'
import { allocateMobileStations, type HallToHelp, helpedWaits } from '../../src/scenarios/mobile-stations.ts'

const queue = {
  days: 20,
  overload: 0.05,
  response: drawResponse(() => 0),
  noise: new Float64Array(18),
  demand: new Float64Array(18),
}
const hall = (name: string, days: number, slotsPerWeek: number): HallToHelp => ({
  insee: name,
  name,
  days,
  ratio: 1,
  requests: new Float64Array(18).fill(slotsPerWeek * 4.35),
  slotsPerWeek,
  perStationWeek: 90,
})
const asked = { stations: 1, weeks: 26 }

describe('mobile stations', () => {
  // A big town with 25 days of wait and many people, a small one with 60 days and few.
  const halls = [hall('Grande', 25, 600), hall('Petite', 60, 30)]

  it('go to the big town for person-weeks, to the small one for the longest wait', () => {
    const most = allocateMobileStations(halls, queue, asked, 'person-weeks')
    const longest = allocateMobileStations(halls, queue, asked, 'longest-wait')
    expect(most.map(h => [h.name, h.stations])).toEqual([
      ['Grande', 1],
      ['Petite', 0],
    ])
    expect(longest.map(h => [h.name, h.stations])).toEqual([
      ['Petite', 1],
      ['Grande', 0],
    ])
    expect(longest[0]!.longestWaitAfter).toBeLessThan(longest[0]!.longestWaitBefore)
  })

  it('shorten the wait the more, the more there are, and each saves no more than the one before', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 3, max: 300, noNaN: true }),
        fc.double({ min: 20, max: 2_000, noNaN: true }),
        (days, perWeek) => {
          const waits = [0, 1, 2, 3].map(n => helpedWaits(hall('a', days, perWeek), queue, n, 26))
          const sums = waits.map(wait => wait.reduce((sum, one) => sum + one, 0))
          for (let n = 1; n < sums.length; n++) expect(sums[n]).toBeLessThanOrEqual(sums[n - 1]! + 1e-9)
          expect(sums[1]! - sums[2]!).toBeLessThanOrEqual(sums[0]! - sums[1]! + 1e-9)
          expect(sums[2]! - sums[3]!).toBeLessThanOrEqual(sums[1]! - sums[2]! + 1e-9)
        },
      ),
    )
  })
})
