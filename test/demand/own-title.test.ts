import { expect, it } from 'vitest'
import { carriedSpread, explainLicences, licencePoints } from '../../src/demand/own-title.ts'
import { quartersBetween } from '../../src/pure/calendar/period.ts'

it('doubts a volume more, the older it is', () => {
  expect(carriedSpread(0)).toBe(0.08)
  expect(carriedSpread(20)).toBeCloseTo(0.6, 9)
  expect(carriedSpread(60)).toBe(0.6)
})

it('tells the causes of both waves, with parts that add up and bands as wide as the volume is old', () => {
  const quarters = quartersBetween('2027-Q1', '2033-Q4')
  const pointsOf = (spread: number) => {
    const volume = { perYear: 12_000, spread, origin: 'essai', assumed: true }
    return { volume, points: licencePoints('16', volume, 350_000, quarters, 1) }
  }
  const { volume, points } = pointsOf(0.6)
  for (const { mean, parts, quantiles, assumed } of points) {
    expect(parts.renewals + parts.other).toBeCloseTo(mean, 6)
    expect(quantiles.p05).toBeLessThan(quantiles.p95)
    expect(assumed).toBe(true)
  }
  const of = (quarter: string) => points.find(point => point.quarter === quarter)!
  expect(of('2029-Q2').mean).toBeGreaterThan(1.3 * of('2027-Q2').mean)
  expect(of('2033-Q1').parts.travelEnd).toBeGreaterThan(of('2031-Q4').parts.travelEnd)
  const narrow = pointsOf(0.1).points[0]!.quantiles
  expect(narrow.p95 / narrow.p05).toBeLessThan(of('2027-Q1').quantiles.p95 / of('2027-Q1').quantiles.p05)
  const told = explainLicences(points, volume).map(line => `${line.title} ${line.text}`)
  expect(told.join()).toMatch(/2028–2029.*septembre 2028[\s\S]*2033.*19 janvier 2033[\s\S]*2025\/2205/)
})
