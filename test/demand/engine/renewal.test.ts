import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coarserKernel } from '../../../scripts/lab/backtest/observed-returns.ts'
import { bridgedCounts, cohortsOf, dueTitles, projectDemand } from '../../../src/demand/engine/renewal.ts'
import { monthlyKernel } from '../../../src/pure/numerics/series/lag-kernel.ts'

const onTime = { first: 0, probabilities: [1] }
const yearly = coarserKernel(monthlyKernel(), 12)

it('bridges what is missing between counts and after them, not before, nor beyond eight years', () => {
  expect(bridgedCounts([undefined, 1, undefined, 3, undefined], 1)).toEqual([undefined, 1, 2, 3, 3])
  const lost = new Array<undefined>(9).fill(undefined)
  expect(bridgedCounts([1, ...lost], 1)).toEqual([1, ...lost])
})

describe('projectDemand', () => {
  it('recycles its own requests, as in the worked example', () => {
    const points = projectDemand({
      cohorts: [{ issued: 3, end: 5, titles: 100 }],
      kernel: onTime,
      returnRate: () => 0.6,
      start: 5,
      other: [10, 10, 10],
      validities: () => [{ share: 1, periods: 2 }],
    })
    expect(points.map(point => point.total)).toEqual([70, 10, 52])
    expect([...points[2]!.renewals]).toEqual([[5, 42]])
  })

  it('applies a change of validity from its date on', () => {
    const validities = (issued: number) => [{ share: 1, periods: issued < 1996 ? 5 : 10 }]
    const cohorts = cohortsOf(1994, [100, 200, 400], validities)
    expect(cohorts.map(cohort => cohort.end)).toEqual([1999, 2000, 2006])
    expect(dueTitles(cohorts, onTime, 1999, 8)).toEqual([100, 200, 0, 0, 0, 0, 0, 400])
  })

  it('names the cohorts that a projected year is made of', () => {
    const kernel = { first: -1, probabilities: [0.25, 0.75] }
    const [point] = projectDemand({
      cohorts: cohortsOf(2016, [1000, 2000], () => [{ share: 1, periods: 10 }]),
      kernel,
      returnRate: () => 0.8,
      start: 2026,
      other: [50],
      validities: () => [{ share: 1, periods: 10 }],
    })
    expect(point!.renewals.get(2016)).toBeCloseTo(0.8 * 0.75 * 1000, 9)
    expect(point!.renewals.get(2017)).toBeCloseTo(0.8 * 0.25 * 2000, 9)
    expect(point!.total).toBeCloseTo(1050, 9)
  })

  it('keeps rates apart by group', () => {
    const [point] = projectDemand({
      cohorts: [
        { issued: 0, end: 1, titles: 10, group: 'minor' },
        { issued: 0, end: 1, titles: 10, group: 'adult' },
      ],
      kernel: onTime,
      returnRate: group => (group === 'minor' ? 1 : 0.5),
      start: 1,
      other: [0],
      validities: () => [],
    })
    expect(point!.total).toBe(15)
  })

  it('adds up, stays finite and never goes below zero', () => {
    const counts = fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { minLength: 1, maxLength: 20 })
    const other = fc.array(fc.double({ min: -1e5, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 })
    const rate = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(counts, other, rate, (issued, rest, returning) => {
        const validities = () => [
          { share: 0.3, periods: 2 },
          { share: 0.7, periods: 10 },
        ]
        const points = projectDemand({
          cohorts: cohortsOf(0, issued, validities),
          kernel: yearly,
          returnRate: () => returning,
          start: issued.length,
          other: rest,
          validities,
        })
        for (const point of points) {
          const parts = [...point.renewals.values()].reduce((sum, part) => sum + part, point.other)
          expect(Math.abs(parts - point.total)).toBeLessThanOrEqual(1e-9 * Math.max(1, point.total))
          expect(point.total >= 0 && Number.isFinite(point.total)).toBe(true)
        }
      }),
    )
  })

  it('never renews less when a cohort is larger', () => {
    const counts = fc.array(fc.nat({ max: 10_000 }), { minLength: 3, maxLength: 15 })
    fc.assert(
      fc.property(counts, fc.nat({ max: 14 }), fc.nat({ max: 5000 }), (issued, index, more) => {
        const validities = () => [{ share: 1, periods: 3 }]
        const project = (values: number[]) =>
          projectDemand({
            cohorts: cohortsOf(0, values, validities),
            kernel: yearly,
            returnRate: () => 0.7,
            start: issued.length,
            other: new Array<number>(8).fill(10),
            validities,
          })
        const larger = issued.map((value, i) => (i === index % issued.length ? value + more : value))
        const before = project(issued)
        project(larger).forEach((point, h) => {
          expect(point.total).toBeGreaterThanOrEqual(before[h]!.total - 1e-9)
        })
      }),
    )
  })
})

it('leaves a gap where a count is missing', () => {
  expect(cohortsOf(2000, [5, undefined, 7], () => [{ share: 1, periods: 1 }])).toEqual([
    { issued: 2000, end: 2001, titles: 5 },
    { issued: 2002, end: 2003, titles: 7 },
  ])
})

it('weighs the titles due of a group by how its holders return', () => {
  const cohorts = [
    { issued: 0, end: 1, titles: 10, group: 'new' },
    { issued: 0, end: 1, titles: 20 },
  ]
  expect(dueTitles(cohorts, onTime, 1, 1, group => (group === 'new' ? 0.5 : 1))).toEqual([25])
})
