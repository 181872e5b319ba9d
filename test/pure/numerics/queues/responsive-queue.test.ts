import { expect, test } from 'vitest'
import {
  drawResponse,
  LONGEST_DAYS,
  leverEffect,
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
    const logs = queuePath(start, drawResponse(draw), growth, undefined, new Float64Array(60))
    expect(Math.min(...logs)).toBeGreaterThanOrEqual(Math.log(3))
    expect(Math.max(...logs)).toBeLessThanOrEqual(Math.log(LONGEST_DAYS))
  }
})

test('more slots never lengthen and fewer never shorten, in any month of any future', () => {
  const random = seededRandom(2)
  const draw = () => normal(random)
  for (let path = 0; path < 500; path++) {
    const growth = Float64Array.from({ length: 96 }, () => 0.05 * draw())
    const start = { days: Math.exp(3 + draw()), overload: 0.2 * draw() }
    const response = drawResponse(draw)
    const added = Float64Array.from({ length: 96 }, (_, m) =>
      m === 5 ? 0.2 : m === 30 && path % 2 ? -0.2 : 0,
    )
    expect(Math.max(...leverEffect(start, response, growth, { slots: added }, 96))).toBeLessThanOrEqual(0)
    const taken = added.map(value => -value)
    expect(Math.min(...leverEffect(start, response, growth, { slots: taken }, 96))).toBeGreaterThanOrEqual(0)
  }
})

test('more demand never shortens, in any month of any future', () => {
  const random = seededRandom(3)
  const draw = () => normal(random)
  for (let path = 0; path < 500; path++) {
    const response = drawResponse(draw)
    const start = { days: Math.exp(3 + draw()), overload: 0.1 * draw() }
    const effect = leverEffect(start, response, [], { demand: Float64Array.of(0.1, 0, 0, 0.05) }, 96)
    expect(Math.min(...effect)).toBeGreaterThanOrEqual(0)
  }
})

test('a lever works at once and fades as the others answer less', () => {
  const added = Float64Array.of(0.1)
  const effect = leverEffect({ days: 40, overload: 0.05 }, central, [], { slots: added }, 60)
  expect(effect[0]!).toBeLessThan(-0.05)
  expect(Math.min(...effect)).toBeLessThan(effect[59]!)
  expect(RESPONSE_PRIOR.kappa.mean).toBe(central.kappa)
})
