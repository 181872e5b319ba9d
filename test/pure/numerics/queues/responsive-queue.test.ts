import { expect, test } from 'vitest'
import {
  changeEffect,
  drawResponse,
  LONGEST_DAYS,
  nextMonth,
  queuePath,
  RESPONSE_PRIOR,
} from '../../../../src/pure/numerics/queues/responsive-queue.ts'
import { normal, seededRandom } from '../../../../src/pure/numerics/series/random.ts'

const central = { kappa: 0.3, lambda: 0.05, eta: 0.05, usualDays: 20 }

test('the worked example: 10 % more demand than slots from the usual wait', () => {
  const { days, overload } = nextMonth({ days: 20, overload: Math.log(1.1) }, central, 0)
  const growth = (1 - 0.7 ** (1 / 3)) * Math.log(1.1)
  expect(growth).toBeCloseTo(0.0107, 4)
  expect(days).toBeCloseTo((20 + (365.25 / 12) * 0.1) * Math.exp(-growth), 9)
  expect(days).toBeCloseTo(22.8, 1)
  expect(overload).toBeCloseTo(0.0846, 4)
})

test('a queue at its usual wait and in balance stays there', () => {
  const state = nextMonth({ days: 20, overload: 0 }, central, 0)
  expect(state).toEqual({ days: 20, overload: 0 })
})

test('10,000 futures of five years stay between three days and two years whatever is drawn', () => {
  const random = seededRandom(1)
  const draw = () => normal(random)
  for (let path = 0; path < 10_000; path++) {
    const growth = Float64Array.from({ length: 60 }, () => 0.1 * draw())
    const start = { days: Math.exp(3 + draw()), overload: 0.3 * draw() }
    const logs = queuePath(start, drawResponse(draw), growth, {}, new Float64Array(60))
    expect(Math.min(...logs)).toBeGreaterThanOrEqual(Math.log(3))
    expect(Math.max(...logs)).toBeLessThanOrEqual(Math.log(LONGEST_DAYS))
  }
})

const random = seededRandom(2)
const draw = () => normal(random)
const anyFuture = () => ({
  start: { days: Math.exp(3 + draw()), overload: 0.2 * draw() },
  response: drawResponse(draw),
  noise: Float64Array.from({ length: 96 }, () => 0.05 * draw()),
})

test('more slots never lengthen, the less so the more there are, in any month of any future', () => {
  for (let path = 0; path < 300; path++) {
    const { start, response, noise } = anyFuture()
    const slots = (size: number) =>
      Float64Array.from({ length: 96 }, (_, m) => (m === 5 ? size : m === 30 && path % 2 ? -size : 0))
    const demand = Float64Array.from({ length: 96 }, () => 0.02 * draw())
    const waits = [-0.2, 0, 0.2, 0.4].map(size =>
      queuePath(start, response, noise, { demand, slots: slots(size) }, new Float64Array(96)),
    )
    for (const [i, fewer] of waits.slice(0, -1).entries())
      for (let m = 0; m < 96; m++) expect(waits[i + 1]![m]).toBeLessThanOrEqual(fewer[m]! + 1e-12)
  }
})

test('more demand never shortens, in any month of any future', () => {
  for (let path = 0; path < 300; path++) {
    const { start, response, noise } = anyFuture()
    const demand = Float64Array.from({ length: 96 }, () => 0.03 * draw())
    const more = demand.map((step, m) => step + (m === 20 ? 0.1 : 0))
    const [less, then] = [demand, more].map(asked =>
      queuePath(start, response, noise, { demand: asked }, new Float64Array(96)),
    )
    for (let m = 0; m < 96; m++) expect(then![m]).toBeGreaterThanOrEqual(less![m]! - 1e-12)
  }
})

test('a lever works at once and fades as the others answer less', () => {
  const slots = Float64Array.of(0.1)
  const noise = new Float64Array(60)
  const effect = changeEffect({ days: 40, overload: 0.05 }, central, noise, { change: { slots } }, 60)
  expect(effect[0]!).toBeLessThan(-0.05)
  expect(Math.min(...effect)).toBeLessThan(effect[59]!)
  expect(RESPONSE_PRIOR.kappa.mean).toBe(central.kappa)
})
