import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pastForecasts } from '../../../../scripts/lab/backtest/competition.ts'
import { calibrate } from '../../../../src/pure/numerics/series/conformal.ts'
import {
  forecastSeries,
  type SeriesForecast,
  type SeriesOptions,
} from '../../../../src/pure/numerics/series/series-ensemble.ts'
import { AIR_PASSENGERS } from './air-passengers.ts'

const monthly: SeriesOptions = { period: 12, horizon: 12 }

function numbers({ mean, intervals, spread, members }: SeriesForecast): number[] {
  return [
    ...mean,
    ...spread,
    ...intervals.flatMap(({ lower, upper }) => [...lower, ...upper]),
    ...members.flatMap(member => member.mean),
  ]
}

function expectSane(forecast: SeriesForecast, horizon: number) {
  expect(numbers(forecast).every(Number.isFinite)).toBe(true)
  expect(forecast.mean).toHaveLength(horizon)
  for (const { lower, upper } of forecast.intervals)
    forecast.mean.forEach((value, h) => {
      expect(lower[h]).toBeLessThanOrEqual(value)
      expect(upper[h]).toBeGreaterThanOrEqual(value)
    })
}

test('a constant goes on, with no width and a warning', () => {
  const forecast = forecastSeries([7, 7, 7, 7, 7, 7], { period: 4, horizon: 3 })
  expect(forecast.mean).toEqual([7, 7, 7])
  expect(forecast.warnings).toContain('constant')
})

test('the last year of the airline passengers: mean within 4 %, truth inside the 95 % interval', () => {
  const forecast = forecastSeries(AIR_PASSENGERS.slice(0, 132), monthly)
  const truth = AIR_PASSENGERS.slice(132)
  const error = truth.reduce((sum, value, h) => sum + Math.abs(forecast.mean[h]! - value) / value / 12, 0)
  expect(error).toBeLessThan(0.04)
  expect(forecast.members.map(({ name }) => name)).toEqual(['ets', 'theta', 'stl'])
  const { lower, upper } = forecast.intervals[1]!
  truth.forEach((value, h) => {
    expect(value).toBeGreaterThan(lower[h]!)
    expect(value).toBeLessThan(upper[h]!)
  })
})

test('the mean is the plain mean of the members', () => {
  const { mean, members } = forecastSeries(AIR_PASSENGERS, monthly)
  mean.forEach((value, h) => {
    expect(value).toBeCloseTo(members.reduce((sum, member) => sum + member.mean[h]!, 0) / 3, 8)
  })
})

describe('from the first value on', () => {
  for (const n of [1, 2, 3, 4, 5, 8, 13, 24, 25, 36])
    test(`${n} months`, () => {
      const forecast = forecastSeries(AIR_PASSENGERS.slice(0, n), monthly)
      expectSane(forecast, 12)
      expect(Math.max(...forecast.mean)).toBeLessThan(600)
    })

  test('no value at all is refused', () => {
    expect(() => forecastSeries([undefined, Number.NaN], monthly)).toThrow(RangeError)
  })
})

test('a masked lockdown leaves no trace in the forecast', () => {
  const hurt = AIR_PASSENGERS.map((value, t) => (t >= 120 && t < 126 ? 3 : value))
  const masked = AIR_PASSENGERS.map((_, t) => t >= 120 && t < 126)
  const whole = forecastSeries(AIR_PASSENGERS, monthly).mean
  const repaired = forecastSeries(hurt, { ...monthly, masked })
  repaired.mean.forEach((value, h) => {
    expect(Math.abs(value / whole[h]! - 1)).toBeLessThan(0.06)
  })
  expect(repaired.residuals[122]).toBeNaN()
  expect(repaired.warnings).toContain('gaps')
})

test('below two periods no season is told', () => {
  expect(forecastSeries([50, 100, 150], { period: 4, horizon: 4 }).warnings).toContain('no-season')
})

test('rare demand is forecast at its rate, not at zero', () => {
  const forecast = forecastSeries(
    Array.from({ length: 48 }, (_, t) => (t % 6 === 0 ? 3 : 0)),
    monthly,
  )
  expect(forecast.warnings).toContain('intermittent')
  // The rate is .5 a month; five empty months at the end have made it fade a little.
  expect(forecast.mean[11]).toBeGreaterThan(0.35)
  expect(forecast.mean[11]).toBeLessThan(0.5)
})

test('one value among gaps is not certain', () => {
  const { intervals } = forecastSeries([undefined, 5, undefined], monthly)
  expect(intervals[1]!.upper[0]).toBeGreaterThan(7)
})

test('the unit does not matter', () => {
  const base = forecastSeries(AIR_PASSENGERS, monthly).mean
  for (const unit of [1e-9, 1e9]) {
    const scaled = forecastSeries(
      AIR_PASSENGERS.map(value => value * unit),
      monthly,
    ).mean
    scaled.forEach((value, h) => {
      expect(value / unit / base[h]!).toBeCloseTo(1, 4)
    })
  }
})

test('past forecasts look at nothing after their origin', () => {
  const options = { period: 12, horizon: 6 }
  const [first, second] = pastForecasts(AIR_PASSENGERS, options, 2)
  expect(first!.mean).toEqual(forecastSeries(AIR_PASSENGERS.slice(0, 138), options).mean)
  expect(second!.actual).toEqual(AIR_PASSENGERS.slice(132, 138))
  expect(pastForecasts(AIR_PASSENGERS.slice(0, 40), options, 2)).toEqual([])
  expect(calibrate([first!, second!], 6)[0]).toHaveLength(44)
})

const count = fc.oneof(fc.nat(5), fc.nat(1000), fc.constant(0))
const hostile = fc.oneof(
  fc.array(count, { minLength: 1, maxLength: 80 }),
  fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 60 }),
  fc.array(fc.double({ min: 0, max: 1e-9, noNaN: true }), { minLength: 1, maxLength: 60 }),
  fc.array(fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(9) }), {
    minLength: 1,
    maxLength: 80,
  }),
  fc
    .tuple(fc.array(fc.integer({ min: 90, max: 110 }), { minLength: 30, maxLength: 70 }), fc.nat(29))
    .map(([values, spike]) => values.map((value, t) => (t === spike ? value * 1e6 : value))),
  fc
    .tuple(fc.array(count, { minLength: 2, maxLength: 60 }), fc.array(fc.boolean(), { maxLength: 60 }))
    .map(([values, holes]) => [1, ...values.map((value, t) => (holes[t] ? undefined : value))]),
)

test('hostile series: finite, never negative, the same twice', () => {
  fc.assert(
    fc.property(
      hostile,
      fc.constantFrom(1, 4, 12),
      fc.integer({ min: 1, max: 18 }),
      (values, period, horizon) => {
        const options = { period, horizon }
        const forecast = forecastSeries(values, options)
        expectSane(forecast, horizon)
        expect(Math.min(...numbers(forecast))).toBeGreaterThanOrEqual(0)
        expect(forecastSeries(values, options)).toEqual(forecast)
      },
    ),
    { numRuns: 250, seed: 20261123 },
  )
})

test('values of any sign stay finite', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 }),
      fc.constantFrom(1, 4, 12),
      (values, period) => expectSane(forecastSeries(values, { period, horizon: 6 }), 6),
    ),
    { numRuns: 150, seed: 20261123 },
  )
})
